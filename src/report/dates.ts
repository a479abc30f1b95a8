/** "2 Nov 2026", or "2 November 2026". */
export function dateText(date: string, month: 'short' | 'long'): string {
  const format = { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${date.slice(0, 10)}T00:00:00Z`).toLocaleDateString('en-GB', format);
}
