import type { RefreshRecord } from '../refresh/record.ts';

/** Customers of each segment at each date of a history. */
export interface SizesOverTime {
  dates: string[];
  /** Buyers at each date, those set aside included. */
  customers: number[];
  setAside: number[];
  /** Dates after the first at which other segments took the place of those before. */
  replaced: { asOf: string; kind: 'fit' | 'promotion' | 'rollback' }[];
  /** In the order of the segments at the last date, then those that stand no more. */
  segments: SizeSeries[];
}

export interface SizeSeries {
  key: string;
  /** As it was last. */
  name: string;
  stands: boolean;
  /** One a date; null where no segment of this key stood. */
  sizes: (number | null)[];
}

/** @param records oldest first */
export function sizesOverTime(records: readonly RefreshRecord[]): SizesOverTime {
  const last = records.at(-1);
  const names = new Map<string, string>();
  for (const { segments } of records.toReversed()) {
    for (const { key, name } of segments) if (!names.has(key)) names.set(key, name);
  }
  const sizes = records.map(({ segments }) => new Map(segments.map(({ key, size }) => [key, size])));
  return {
    dates: records.map(({ asOf }) => asOf),
    customers: records.map(({ customers }) => customers),
    setAside: records.map(({ setAside }) => setAside),
    replaced: records.slice(1).flatMap(({ asOf, kind }) => (kind === 'refresh' ? [] : [{ asOf, kind }])),
    segments: [...names].map(([key, name]) => ({
      key,
      name,
      stands: last!.segments.some(segment => segment.key === key),
      sizes: sizes.map(at => at.get(key) ?? null),
    })),
  };
}

export type Trend = 'growing' | 'steady' | 'shrinking';

const BEFORE = 4;
const STEADY = 0.02;

/** The last size against the mean of up to four before; null where there is none before. */
export function trendOf(sizes: readonly (number | null)[]): Trend | null {
  const last = sizes.at(-1);
  const before = sizes
    .slice(0, -1)
    .filter(size => size !== null)
    .slice(-BEFORE);
  if (last == null || before.length === 0) return null;
  const usual = before.reduce((sum, size) => sum + size, 0) / before.length;
  if (Math.abs(last - usual) <= STEADY * usual) return 'steady';
  return last > usual ? 'growing' : 'shrinking';
}
