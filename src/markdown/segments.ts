import { code, plain } from '../segmentation/markdown.ts';
import { capitalised } from '../segmentation/wording.ts';
import { counted, dayText, moneyText, peopleText, sentenceText, shareText } from './figures.ts';
import { bullets, filledTable, page, section } from './page.ts';
import type { SegmentList, SetAside } from './results.ts';

/** All segments side by side, and who they are in a sentence each. `uriOf` says where more of one is read. */
export function segmentsMarkdown(list: SegmentList, uriOf: (key: string) => string): string {
  const { asOf, currency, customers, revenue, kind, segments, setAside } = list;
  const money = (amount: number | null) => moneyText(amount, currency);
  return page(
    'Segments',
    `${counted(customers, 'customer')} with ${money(revenue)} of revenue after returns, as of ${dayText(asOf)}.`,
    kind === 'rfm'
      ? 'These are classical cells of recency, frequency and money: the data carries no groups of its own yet.'
      : '',
    filledTable(
      [
        { head: 'Segment' },
        { head: 'Customers', right: true },
        { head: 'Share', right: true },
        { head: 'Revenue', right: true },
        { head: 'Share of revenue', right: true },
        { head: 'Per customer', right: true },
        { head: 'Trend' },
        { head: 'Value at risk', right: true },
        { head: 'Chance of no order in 90 days', right: true },
      ],
      segments.map(segment => [
        plain(segment.name),
        peopleText(segment.customers),
        shareText(segment.share),
        money(segment.revenue),
        shareText(segment.revenueShare),
        money(segment.revenuePerCustomer),
        segment.trend ?? '',
        money(segment.valueAtRisk),
        shareText(segment.churn),
      ]),
    ),
    setAsideText(setAside),
    section(
      'Who they are',
      bullets(
        segments.map(({ key, name, sentence }) => {
          const told = sentence === null ? tooFew : sentenceText(sentence);
          return `**${plain(name)}**: ${told} More: ${code(uriOf(key))}`;
        }),
      ),
    ),
  );
}

export const tooFew = 'Fewer than ten customers, so no more is told of them.';

export function setAsideText(setAside: SetAside): string {
  if (setAside === null) return '';
  const { customers, revenueShare, why } = setAside;
  const share = revenueShare === null ? '' : `, with ${shareText(revenueShare)} of revenue`;
  return `${capitalised(counted(customers, 'customer'))} in no segment${share}: ${sentenceText(why)}.`;
}
