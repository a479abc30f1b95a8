import { type Amounts, estimateOf, sumsOf } from '../../experiments/amounts.ts';
import { bootstrapDifference } from '../../experiments/bootstrap.ts';
import { shuffledP } from '../../experiments/permutation.ts';
import { exactRateP, newcombe, type Rate } from '../../experiments/rates.ts';
import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import type { Arm } from './arms.ts';
import { CONFIDENCE } from './family.ts';
import { type Figures, type Metric, metrics } from './report.ts';

/**
 * Where fewer customers with an order can be expected in an arm, intervals over them cover the truth more or less often
 * than they say. It goes by the orders of both arms and not by those that fell to one, as otherwise what is told would be
 * chosen by how it came out.
 */
const FEWEST_EXPECTED = 40;

function enoughOrders(treated: Arm, holdout: Arm, orderers: readonly [number, number]): boolean {
  const smaller = Math.min(treated.customers, holdout.customers) / (treated.customers + holdout.customers);
  const [one, other] = orderers;
  return (one + other) * smaller >= FEWEST_EXPECTED && Math.min(one, other) >= SMALLEST_REPORTED;
}

/** A comparison of two arms before it is corrected for the others. */
export interface Comparison {
  metric: Metric;
  /** Of exact numbers; what of them is told is decided later. */
  figures: Figures | null;
  /** 1 where nothing can be compared. */
  p: number;
  /** Whether numbers of it would tell of fewer than ten customers. */
  ofFew: boolean;
  /** Why nothing is compared, or the window is not over; blank where something is. */
  why: 'early' | 'few customers' | 'few orders' | '';
}

/** All that is asked of a group, in the order of `metrics`. */
export function compareArms(treated: Arm, holdout: Arm): Comparison[] {
  const enough = enoughOrders(treated, holdout, [treated.ordered.successes, holdout.ordered.successes]);
  const enoughBack = enoughOrders(treated, holdout, [treated.returned.of, holdout.returned.of]);
  const compare = {
    revenue: () =>
      enough ? ofMoney('revenue', treated.perCustomer, holdout.perCustomer) : fewOrders('revenue'),
    conversion: () => ofRates('conversion', treated.ordered, holdout.ordered),
    'order-value': () =>
      enough ? ofMoney('order-value', treated.perOrder, holdout.perOrder) : fewOrders('order-value'),
    returns: () =>
      treated.returned.of + holdout.returned.of === 0 || enoughBack
        ? ofRates('returns', treated.returned, holdout.returned)
        : fewOrders('returns'),
    retention: () => ofRates('retention', treated.retained, holdout.retained),
  } as const satisfies Record<Metric, () => Comparison>;
  return metrics.map(metric => compare[metric]());
}

function ofRates(metric: Metric, treated: Rate, holdout: Rate): Comparison {
  const none = { metric, figures: null, p: 1, ofFew: false };
  if (treated.of === 0 && holdout.of === 0) return { ...none, why: 'early' };
  if (Math.min(treated.of, holdout.of) < SMALLEST_REPORTED) return { ...none, why: 'few customers' };
  const [one, other] = [treated.successes / treated.of, holdout.successes / holdout.of];
  return {
    metric,
    figures: {
      treated: one,
      holdout: other,
      difference: one - other,
      ...newcombe(treated, holdout, CONFIDENCE),
    },
    p: exactRateP(treated, holdout),
    ofFew: [treated, holdout].some(({ successes, of }) => isFew(successes) || isFew(of - successes)),
    why: '',
  };
}

const fewOrders = (metric: Metric): Comparison => ({
  metric,
  figures: null,
  p: 1,
  ofFew: false,
  why: 'few orders',
});

const isFew = (customers: number) => customers > 0 && customers < SMALLEST_REPORTED;

function ofMoney(metric: Metric, treated: Amounts, holdout: Amounts): Comparison {
  const [one, other] = [mean(treated), mean(holdout)];
  const { low, high } = bootstrapDifference(treated, holdout, CONFIDENCE);
  return {
    metric,
    figures: {
      treated: one / 100,
      holdout: other / 100,
      difference: (one - other) / 100,
      low: low / 100,
      high: high / 100,
    },
    p: shuffledP(treated, holdout),
    ofFew: false,
    why: '',
  };
}

const mean = (of: Amounts) => estimateOf(sumsOf(of, of.customers, null, of.amounts.length)).ratio;
