import type { KnownBlock } from '@slack/types';
import { counted, dayText, shareText } from '../../markdown/figures.ts';
import { capitalised, formatMoney } from '../../segmentation/wording.ts';
import { context, fields } from '../blocks/layout.ts';
import { facts, filledTable } from './figures.ts';
import type { ShownLift } from './results.ts';

/** What a campaign did: its verdict, each measure with its interval, and the segments in which something is proven. */
export function liftBlocks(lift: ShownLift): KnownBlock[] {
  const { asOf, answered, verdict, treated, heldOut, metrics, segments } = lift;
  const proven = segments
    .filter(segment => segment.verdict === 'works' || segment.verdict === 'does harm')
    .map(({ name, verdict, ordered, revenue }) => ({
      metric: name,
      verdict,
      ...(revenue === null ? { rate: ordered, money: null } : { rate: null, money: revenue }),
    }));
  return [
    ...fields(
      facts([
        ['Answer', capitalised(verdict)],
        ['Sent it', counted(treated, 'customer')],
        ['Held out', counted(heldOut, 'customer')],
      ]),
    ),
    ...filledTable({
      caption: `What it did, as of ${dayText(answered ?? asOf)}`,
      columns: ['Measure', 'Sent it', 'Held out', 'Difference', '95 % interval', 'Answer'],
      rows: [...metrics, ...proven]
        .filter(({ rate, money }) => rate !== null || money !== null)
        .map(row => [row.metric, ...figuresOf(row, lift.currency), capitalised(row.verdict)]),
    }),
    context('Answers go by p-values corrected for all that was compared, not by each interval.'),
  ];
}

function figuresOf(
  { rate, money }: Pick<ShownLift['metrics'][number], 'rate' | 'money'>,
  currency: string | null,
): string[] {
  const signed = (value: number, text: (size: number) => string) =>
    `${value < 0 ? '-' : '+'}${text(Math.abs(value))}`;
  const interval = (low: number, high: number, text: (size: number) => string) =>
    `${signed(low, text)} to ${signed(high, text)}`;
  if (rate !== null) {
    const points = (size: number) => size.toFixed(1);
    const { treated, heldOut, low, high } = rate;
    return [
      shareText(treated),
      shareText(heldOut),
      `${signed(rate.points, points)} points`,
      interval(low, high, points),
    ];
  }
  const { treated, heldOut, difference, low, high } = money!;
  const amount = (size: number) => formatMoney(size, currency);
  return [amount(treated), amount(heldOut), signed(difference, amount), interval(low, high, amount)];
}
