import type { Unit } from '../features/feature.ts';
import type { FeatureSummary } from './model.ts';
import { formatValue } from './wording.ts';

/** Long tails pull the mean of these; the customer in the middle says more. */
const byMedian: readonly Unit[] = ['days', 'money', 'count', 'per month', 'ratio'];

/** A segment's value of a feature and that of all customers, as written. */
export interface Typical {
  value: string;
  overall: string;
}

/**
 * Median for amounts with a long tail, mean for shares and rates; the mean also where the medians do not show the
 * difference. null where neither shows it as written: a text must not call "0 %" more than "0 %".
 */
export function typical(feature: FeatureSummary, currency: string | null): Typical | null {
  const { unit, difference } = feature;
  const pairs: [number, number][] = [[feature.mean, feature.overallMean]];
  if (byMedian.includes(unit)) pairs.unshift([feature.median, feature.overallMedian]);
  for (const [value, overall] of pairs) {
    const written = {
      value: formatValue(value, unit, currency),
      overall: formatValue(overall, unit, currency),
    };
    if ((value - overall) * difference > 0 && written.value !== written.overall) return written;
  }
  return null;
}

/** The same where a difference need not show: both values by the measure that suits the unit. */
export function sideBySide(feature: FeatureSummary, currency: string | null): Typical {
  const middle = byMedian.includes(feature.unit);
  const written = (value: number) => formatValue(value, feature.unit, currency);
  return (
    typical(feature, currency) ?? {
      value: written(middle ? feature.median : feature.mean),
      overall: written(middle ? feature.overallMedian : feature.overallMean),
    }
  );
}
