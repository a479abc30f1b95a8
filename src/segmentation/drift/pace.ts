import type { RefreshRecord, SegmentStats } from '../refresh/record.ts';
import { formatSize, number } from '../wording.ts';
import type { Suspect } from './suspect.ts';
import { median } from './usual.ts';
import { alertLevel, type DriftView, recordBefore, statsOf } from './view.ts';

/** Below this many orders in ninety days chance rules. */
export const leastOrders = 40;
/** Orders per member in the ninety days: those who hardly order cannot order less in a way that anybody should hear of. */
export const leastEach = 0.05;

const days = { lately: 14, before: 90 };
/**
 * Fall of the logarithm of the orders of a fortnight that is worth telling, and that calls somebody. In a large shop any
 * fall is sure, and whoever was put together for having ordered lately orders somewhat less afterwards.
 */
const least = { watch: 0.25, alert: 0.4 };
/** Standard errors of it to be watched, and to call somebody. */
const sure = { watch: 2.2, alert: 2.8 };
/** Orders that a fortnight should have brought; of fewer, a few are no sign. */
const leastExpected = 20;
/** Orders come at random, and some more so as members come and go; as in the sums of ninety days. */
const dispersion = 1.3;
const refreshes = 2;
/** Records that say what is usual. */
const remembered = 8;

type Population = Pick<RefreshRecord, 'segments'>;

/**
 * A segment whose members, within two refreshes, place fewer orders in a fortnight than they used to, against the rest of
 * the shop. Where customers change at once, this shows it weeks before their sums of ninety days do.
 */
export function paceSuspects(view: DriftView, now: SegmentStats): Suspect[] {
  const base = recordBefore(view, refreshes);
  const before = base && statsOf(base, now.key);
  if (!before || now.size === 0) return [];
  if (before.ordersLast90Days < Math.max(leastOrders, leastEach * before.size)) return [];
  const expected = (before.ordersLast90Days * days.lately) / days.before;
  if (expected < leastExpected) return [];
  const usual = usualPace(view, base, now.key);
  const fall = fallOf(usual, base, before, view.scored, now);
  const rest = ordersOfRest(view.scored, now.key, 'ordersLast14Days');
  // What is usual is known from some fortnights, not from one.
  const chance = 1 / Math.max(1, now.ordersLast14Days) + 1 / Math.max(1, rest) + 0.6 / expected;
  const error = Math.sqrt(dispersion * chance);
  const certainty = fall / error;
  if (!(fall >= least.watch && certainty >= sure.watch)) return [];
  const alert = alertLevel(sure.alert, view, 'hollowing', now.key);
  const severity = fall >= least.alert && certainty >= alert ? 'alert' : 'watch';
  const orders = (each: number) => `${number(each, each < 0.1 ? 3 : 2)} orders`;
  const each = now.ordersLast14Days / now.size;
  return [
    {
      finding: {
        kind: 'hollowing',
        severity,
        subject: now.key,
        sentence: `${now.name} place fewer orders: ${orders(each)} per customer in the last ${days.lately} days, where ${orders(each * Math.exp(fall))} were to be expected from the weeks before and from the rest of the shop (${formatSize(now.size)} customers).`,
        measure: {
          name: 'standard errors by which the orders of a fortnight fell',
          value: certainty,
          threshold: severity === 'alert' ? alert : sure.watch,
        },
      },
      compare: {
        from: base.asOf,
        usual: (earlier, later) => {
          const [from, to] = [statsOf(earlier, now.key), statsOf(later, now.key)];
          if (!from || !to || from.ordersLast90Days < leastOrders || to.size === 0) return false;
          return fallOf(paceOf(earlier, from, earlier, from), earlier, from, later, to) >= fall - least.watch;
        },
      },
    },
  ];
}

/**
 * By how much the logarithm of the pace fell. Both the orders and those of each member have to fall: a segment that grows
 * by newcomers, or that others leave for a better one, is not hollowing out.
 */
function fallOf(
  usual: number,
  base: Population,
  before: SegmentStats,
  population: Population,
  now: SegmentStats,
): number {
  const sum = usual - paceOf(base, before, population, now);
  return Math.min(sum, sum - Math.log(before.size / now.size));
}

/**
 * Logarithm of a segment's orders of the last fortnight over those of ninety days at a base, beyond the same of the rest
 * of the shop.
 */
function paceOf(base: Population, before: SegmentStats, population: Population, now: SegmentStats): number {
  const ratio = (lately: number, earlier: number) => Math.log(Math.max(0.5, lately) / Math.max(0.5, earlier));
  return (
    ratio(now.ordersLast14Days, before.ordersLast90Days) -
    ratio(
      ordersOfRest(population, now.key, 'ordersLast14Days'),
      ordersOfRest(base, now.key, 'ordersLast90Days'),
    )
  );
}

function ordersOfRest(
  { segments }: Population,
  key: string,
  figure: 'ordersLast14Days' | 'ordersLast90Days',
): number {
  return segments.reduce((sum, segment) => sum + (segment.key === key ? 0 : segment[figure]), 0);
}

/** The usual pace until a record: of those of the weeks up to it, the one in the middle. */
function usualPace({ past }: DriftView, base: RefreshRecord, key: string): number {
  const until = past.indexOf(base) + 1;
  const paces = past.slice(Math.max(0, until - remembered), until).flatMap(record => {
    const stats = statsOf(record, key);
    return stats ? [paceOf(record, stats, record, stats)] : [];
  });
  return median(paces);
}
