/** Lets so many through in any stretch of so many milliseconds, by the clock that is handed in. */
export function createAllowance(most: number, perMs: number, now: () => Date): () => boolean {
  let times: number[] = [];
  return () => {
    const at = now().getTime();
    times = times.filter(time => at - time < perMs);
    if (times.length >= most) return false;
    times.push(at);
    return true;
  };
}
