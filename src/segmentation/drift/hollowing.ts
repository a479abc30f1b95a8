import { daysBetween } from '../../features/as-of.ts';
import type { RefreshRecord, SegmentStats } from '../refresh/record.ts';
import { formatMoney, formatSize, formatValue, number } from '../wording.ts';
import { dayInWords } from './feeds-told.ts';
import { leastEach, leastOrders, paceSuspects } from './pace.ts';
import { type Suspect, strength } from './suspect.ts';
import { usualChange, usualError } from './usual.ts';
import { alertLevel, type DriftView, recordBefore, statsOf } from './view.ts';

/** What members bring in over the last 90 days. */
const days = 90;
const figures = [
  {
    of: 'ordersLast90Days',
    is: 'place fewer orders',
    // They come at random: as many as expected, give or take the root of it, and some more as members come and go.
    dispersion: 1.3,
    sure: 3,
    gravest: 'alert',
    write: (each: number, _currency: string | null) => {
      const text = number(each, 2);
      return text === '1' ? '1 order' : `${text} orders`;
    },
  },
  {
    of: 'revenueLast90Days',
    is: 'bring in less',
    // A few large orders that come into the ninety days and leave them make much of it, in some shops most: so it is held
    // against its own history, of which there has to be some, and is no alert by itself.
    dispersion: 2,
    sure: 4,
    gravest: 'watch',
    write: formatMoney,
  },
] as const;

/**
 * How far back it is looked, and the least fall per member worth telling. A segment that stops buying from one day to the
 * next falls by 10 / 90 in ten days, so the short look is told from little, where it is sure; a slow fall has to be larger,
 * since a segment also falls by gathering members who stopped long ago.
 */
const looks = [
  { refreshes: 2, fall: 0.07, alert: 0.07 },
  { refreshes: 8, fall: 0.25, alert: 0.4 },
] as const;
/** Standard errors from which on a fall is sure. Segments looked at every week for half a year make hundreds of looks. */
const quiteSure = 4;
/**
 * Segments whose members order less or bring in less, and not because the whole shop does; at most one each. Not of RFM
 * cells, which are cut by how much and how lately members order: there it is a cell's size that tells.
 */
export function hollowingSuspects(view: DriftView): Suspect[] {
  if (view.model.kind === 'rfm') return [];
  return view.scored.segments.flatMap(now => {
    const found = [
      ...looks.flatMap(look => figures.flatMap(figure => suspectOf(view, now, look, figure))),
      ...paceSuspects(view, now),
    ];
    return found.sort((a, b) => rank(b) - rank(a)).slice(0, 1);
  });
}

const rank = ({ finding }: Suspect) => (finding.severity === 'alert' ? 1000 : 0) + strength(finding);

function suspectOf(
  view: DriftView,
  now: SegmentStats,
  look: (typeof looks)[number],
  figure: (typeof figures)[number],
): Suspect[] {
  const base = recordBefore(view, look.refreshes);
  const before = base && statsOf(base, now.key);
  if (!before || (look.refreshes > 2 && view.past.length < look.refreshes)) return [];
  if (before.ordersLast90Days < Math.max(leastOrders, leastEach * before.size) || now.size === 0) return [];

  const fall = fallOf(figure.of, base, before, view.scored, now);
  // Only the orders of the days between, and of as many days ninety days earlier, differ between the two sums.
  const replaced = Math.min(daysBetween(base.asOf, view.scored.asOf), days) / days;
  const chance =
    figure.dispersion * replaced * (1 / before.ordersLast90Days + 1 / Math.max(1, now.ordersLast90Days));
  // What was usual before the fall began.
  const series = view.past.slice(0, view.past.indexOf(base) + 1).flatMap(record => {
    const stats = statsOf(record, now.key);
    return stats && stats.size > 0 && stats[figure.of] > 0 ? [Math.log(stats[figure.of] / stats.size)] : [];
  });
  const own = usualChange(series, look.refreshes);
  if (figure.gravest === 'watch' && own === 0) return [];
  const byChance = Math.sqrt(chance);
  const error = figure.gravest === 'alert' ? usualError(byChance, own) : Math.max(byChance, own);
  const certainty = fall / error;
  if (!(fall >= look.fall && certainty >= figure.sure)) return [];
  const alert =
    figure.gravest === 'alert' &&
    fall >= look.alert &&
    certainty >= alertLevel(quiteSure, view, 'hollowing', now.key);

  const currency = view.model.population.currency;
  const each = (stats: SegmentStats) => figure.write(stats[figure.of] / stats.size, currency);
  if (each(now) === each(before)) return [];
  const threshold = alert ? look.alert : look.fall;
  return [
    {
      finding: {
        kind: 'hollowing',
        severity: alert ? 'alert' : 'watch',
        subject: now.key,
        sentence: `${now.name} ${figure.is}: ${each(now)} per customer in the last ${days} days, ${each(before)} on ${dayInWords(base.asOf, view.scored.asOf)}, while the rest of the shop ${restOf(figure.of, base, view.scored, now.key)} (${formatSize(now.size)} customers).`,
        measure: { name: `fall of ${figure.of}`, value: fall, threshold },
      },
      compare: {
        from: base.asOf,
        usual: (earlier, later) => {
          const [from, to] = [statsOf(earlier, now.key), statsOf(later, now.key)];
          if (!from || !to || from.ordersLast90Days < leastOrders || to.size === 0) return false;
          return fallOf(figure.of, earlier, from, later, to) >= fall - look.fall;
        },
      },
    },
  ];
}

type Population = Pick<RefreshRecord, 'segments'>;
type Figure = (typeof figures)[number]['of'];

/**
 * By how much the logarithm of a figure fell, beyond what the rest of the shop fell by. Both the sum and what each member
 * brings have to fall: a segment that grows by newcomers, or that others leave for a better one, is not hollowing out.
 */
function fallOf(
  figure: Figure,
  base: Population,
  before: SegmentStats,
  now: Population,
  after: SegmentStats,
): number {
  const sum = Math.log(before[figure] / Math.max(after[figure], 0.5));
  const each = sum - Math.log(before.size / after.size);
  return Math.min(sum, each) - Math.max(0, -Math.log(rest(figure, base, now, after.key)));
}

/** What the other segments bring now, over what they brought before; 1 where there are too few orders to tell. */
function rest(figure: Figure, base: Population, now: Population, key: string): number {
  const [before, after] = [base, now].map(({ segments }) =>
    segments.reduce((sum, segment) => sum + (segment.key === key ? 0 : segment[figure]), 0),
  ) as [number, number];
  const orders = base.segments.reduce((sum, of) => sum + (of.key === key ? 0 : of.ordersLast90Days), 0);
  return orders < leastOrders || !(before > 0 && after > 0) ? 1 : after / before;
}

function restOf(figure: Figure, base: Population, now: Population, key: string): string {
  const change = rest(figure, base, now, key) - 1;
  if (Math.abs(change) < 0.02) return 'stayed level';
  return `${change > 0 ? 'rose' : 'fell'} by ${formatValue(Math.abs(change), 'share', null)}`;
}
