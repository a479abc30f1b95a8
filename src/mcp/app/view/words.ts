import type { ChartData, Customers } from '../../../charts/chart-data.ts';

/** 12345 as "12,345"; a few stay in words. */
export function countOf(customers: Customers): string {
  return typeof customers === 'number' ? customers.toLocaleString('en-GB') : customers;
}

/** 2026-06-01 as "1 June 2026". */
export function dateWords(date: string): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', format);
}

/**
 * A question about a segment as if the person had typed it. A name comes from data, so in what reads as the person's
 * own words it is letters and figures only, and short.
 */
export function askAbout({ key, name }: { key: string; name: string }): string {
  const plain = name.replace(/[^\p{L}\p{N}&'’,.-]+/gu, ' ').trim();
  const short = plain.length > 60 ? `${plain.slice(0, 59).trimEnd()}…` : plain;
  return `Tell me more about the segment “${short}” (key ${key}): who they are, what sets them apart, and what to do for them next.`;
}

/** For the model: what the person looks at, in figures that it may read. */
export function lookingAt({ title, asOf, alt }: ChartData, opened: string | null): string {
  const beside = opened === null ? '' : ` The segment with the key ${opened} is open beside it.`;
  return `The person is looking at Kindred's chart "${title}" as of ${asOf}. ${alt}${beside}`;
}
