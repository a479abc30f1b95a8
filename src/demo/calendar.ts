/** Whole days are counted from 1970-01-01, moments in seconds from there, all in UTC. */
const secondsPerDay = 86_400;

const clock = Array.from({ length: secondsPerDay }, (_, second) => {
  const part = (value: number) => String(value).padStart(2, '0');
  return `T${part(Math.floor(second / 3600))}:${part(Math.floor(second / 60) % 60)}:${part(second % 60)}Z`;
});
const dates = new Map<number, string>();

/** 'YYYY-MM-DDThh:mm:ssZ'. Written millions of times, so its two halves are looked up. */
export function timestamp(moment: number): string {
  const day = Math.floor(moment / secondsPerDay);
  return dateOf(day) + clock[moment - day * secondsPerDay]!;
}

/** 'YYYY-MM-DD'. */
export function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * secondsPerDay * 1000).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000 / secondsPerDay;

export const momentOf = (day: number, hour: number, second: number): number =>
  day * secondsPerDay + hour * 3600 + second;

/** Monday is 0. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** From mid-November to the last day of post before Christmas. */
export const beforeChristmas = (day: number): boolean => isBetween(day, '11-12', '12-21');

const sales: readonly (readonly [from: string, to: string, code: string])[] = [
  ['01-02', '01-14', 'JANUARY'],
  ['06-20', '07-05', 'SUMMER20'],
  ['11-23', '11-30', 'BLACKFRIDAY'],
];

/** The code of the sale that is on. */
export function saleOn(day: number): string | undefined {
  return sales.find(([from, to]) => isBetween(day, from, to))?.[2];
}

function isBetween(day: number, from: string, to: string): boolean {
  const date = dateOf(day).slice(5);
  return date >= from && date <= to;
}
