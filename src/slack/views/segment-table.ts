import type { KnownBlock } from '@slack/types';
import { dayText, peopleText, shareText } from '../../markdown/figures.ts';
import type { SegmentList } from '../../markdown/results.ts';
import { capitalised } from '../../segmentation/wording.ts';
import { context } from '../blocks/layout.ts';
import { filledTable, moneyCell, peopleCell, sentence, shareCell, trendText } from './figures.ts';
import type { ComparedSegments, ListedSegment } from './results.ts';

type Row = Pick<ListedSegment, 'name' | 'customers' | 'share' | 'revenueShare' | 'trend' | 'valueAtRisk'>;

/** Segments side by side. */
export function segmentTable(
  { asOf, currency, segments }: { asOf: string; currency: string | null; segments: readonly Row[] },
  caption = 'Segments',
): KnownBlock[] {
  return filledTable({
    caption: `${caption}, as of ${dayText(asOf)}`,
    columns: ['Segment', 'Customers', 'Share', 'Share of revenue', 'Trend', 'Value at risk'],
    rows: segments.map(({ name, customers, share, revenueShare, trend, valueAtRisk }) => [
      name,
      peopleCell(customers),
      shareCell(share),
      shareCell(revenueShare),
      trendText(trend),
      moneyCell(valueAtRisk, currency),
    ]),
    pageSize: 15,
  });
}

/** All segments, and who stands in none. */
export function segmentListBlocks(list: SegmentList): KnownBlock[] {
  const { setAside, kind } = list;
  const notes = [
    kind === 'rfm'
      ? 'These are classical cells of recency, frequency and money: the data carries no groups of its own yet.'
      : '',
    setAside === null
      ? ''
      : `${capitalised(peopleText(setAside.customers))} customers stand in no segment${
          setAside.revenueShare === null ? '' : `, with ${shareText(setAside.revenueShare)} of revenue`
        }: ${sentence(setAside.why)}.`,
  ].filter(note => note !== '');
  return [...segmentTable(list), ...(notes.length > 0 ? [context(...notes)] : [])];
}

/** Where two or three segments differ most, feature by feature. */
export function comparisonTable({ asOf, segments, apart }: ComparedSegments): KnownBlock[] {
  return filledTable({
    caption: `Where they differ most, as of ${dayText(asOf)}`,
    columns: ['Figure', ...segments.map(({ name }) => name), 'All customers'],
    rows: apart.map(({ label, values, all }) => [label, ...values, all]),
  });
}
