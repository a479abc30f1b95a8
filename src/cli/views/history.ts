import { type SizesOverTime, sizesOverTime } from '../../segmentation/history/sizes.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import { formatCount } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { sizeCell, wrap } from './text.ts';

/** Sizes over time: as many of the dates as there is room for, the first and the last among them. */
export function historyView(records: readonly RefreshRecord[], width: number): string {
  if (records.length === 0) return 'Nothing was segmented yet.\n';
  const series = sizesOverTime(records);
  const { dates } = series;
  const table = sizesTable(series, width);
  const notes = [
    table.shown < dates.length
      ? `${formatCount(table.shown)} of ${formatCount(dates.length)} dates from ${dates[0]} to ${dates.at(-1)} are shown; --json has them all.`
      : '',
    ...series.replaced.map(replacedText),
    series.segments.some(({ stands }) => !stands) ? 'Segments in brackets stand no more.' : '',
  ].filter(note => note !== '');
  return `${table.text}${notes.map(note => `${wrap(note, width)}\n`).join('')}`;
}

const took = {
  fit: 'the shop was segmented anew',
  promotion: 'another model was promoted',
  rollback: 'a promotion was taken back',
} as const;

/** "On 2026-03-02 another model was promoted: …" */
export function replacedText({ asOf, kind }: SizesOverTime['replaced'][number]): string {
  return `On ${asOf} ${took[kind]}: changes of segment at that date are not moves.`;
}

const NAME = 30;

function sizesTable(series: SizesOverTime, width: number): { text: string; shown: number } {
  const { dates, segments, customers, setAside } = series;
  const names = segments.map(({ name, stands }) => (stands ? name : `(${name})`));
  const longest = Math.max(...names.map(({ length }) => length), 'All customers'.length);
  const widest = Math.max(6, ...customers.map(count => formatCount(count).length));
  const years = new Set(dates.map(date => date.slice(0, 4))).size > 1;
  const column = Math.max(widest, years ? 9 : 6) + 2;
  const room = Math.max(2, Math.floor((width - Math.min(longest, NAME) - 2) / column));
  const shown = evenly(dates.length, room);
  const rows = [
    ...segments.map(({ sizes }, s) => [names[s]!, ...shown.map(i => count(sizes[i]!))]),
    ['Set aside', ...shown.map(i => count(setAside[i]!))],
    ['All customers', ...shown.map(i => count(customers[i]!))],
  ];
  const text = textTable(
    [
      { head: 'Segment', grows: true },
      ...shown.map(i => ({ head: shortDate(dates[i]!, years), align: 'right' as const })),
    ],
    rows,
    width,
  );
  return { text, shown: shown.length };
}

const count = (size: number | null) => (size === null ? '' : sizeCell(size));

/** At most `most` of the positions 0 .. length - 1, evenly, with the first and the last. */
function evenly(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)));
}

/** "5 Jan", or "5 Jan 26" where there are several years. */
function shortDate(date: string, year: boolean): string {
  const format = {
    day: 'numeric',
    month: 'short',
    ...(year ? { year: '2-digit' as const } : {}),
    timeZone: 'UTC',
  } as const;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', format).replace('Sept', 'Sep');
}
