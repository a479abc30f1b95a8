/** How long a vendor asks to wait, in milliseconds: `Retry-After` in seconds or as a date; null where it does not say. */
export function askedToWait(headers: Headers, now: Date): number | null {
  const text = headers.get('retry-after')?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * How long to wait before a try, from the second (`tries` is 1) on: twice as long each time up to half a minute, and a part
 * of it off that differs from request to request (`count`), so that many that failed together do not come back together.
 */
export function backOff(tries: number, count: number): number {
  const longest = Math.min(30_000, 500 * 2 ** (tries - 1));
  const share = (count * 0.618_033_988_749_895) % 1;
  return Math.round(longest * (1 - share / 2));
}
