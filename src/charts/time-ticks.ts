const millisecondsPerDay = 86_400_000;

/** Days since 1970 of a date YYYY-MM-DD. */
export const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;

/** "5 Jan 2026" */
export function dayWords(day: number): string {
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(day * millisecondsPerDay).toLocaleDateString('en-GB', format);
}

/** The first and the last of ascending days, and those between them that lie `between` days from each other at least. */
export function dayTicks(days: readonly number[], between: number): number[] {
  const [first, last] = [days[0]!, days.at(-1)!];
  if (first === last) return [last];
  const step = (last - first) / Math.max(1, Math.floor((last - first) / between));
  const ticks = [first];
  for (let wanted = first + step; wanted < last; wanted += step) {
    const day = days.reduce((a, b) => (Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a));
    if (day - ticks.at(-1)! >= between && last - day >= between) ticks.push(day);
  }
  return [...ticks, last];
}

/** The same of a date YYYY-MM-DD. */
export const dateWords = (date: string) => dayWords(dayNumber(date));
