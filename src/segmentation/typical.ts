import type { Unit } from '../features/feature.ts';
import type { FeatureSummary } from './model.ts';
import { formatValue } from './wording.ts';

/** Long tails pull the mean of these; the customer in the middle says more. */
const byMedian: readonly Unit[] = ['days', 'money', 'count', 'per month', 'times', 'ratio'];

/** Whether the median of a unit may be shown; of others it need not be known. */
export const mayShowMedian = (unit: Unit) => byMedian.includes(unit);

/** A segment's value of a feature and that of all customers, as written. */
export interface Typical {
  value: string;
  overall: string;
}

/**
 * Median for amounts with a long tail, mean for shares and rates and where the shop's median is zero. Chosen by what
 * holds for all customers, so that every segment is set against the same figure.
 */
export function sideBySide(feature: FeatureSummary, currency: string | null): Typical {
  const { value, overall } = measured(feature);
  return {
    value: formatValue(value, feature.unit, currency),
    overall: formatValue(overall, feature.unit, currency),
  };
}

/** null where the figures as written do not show the difference: a text must not call "0 %" more than "0 %". */
export function typical(feature: FeatureSummary, currency: string | null): Typical | null {
  const { value, overall } = measured(feature);
  const written = sideBySide(feature, currency);
  return (value - overall) * feature.difference > 0 && written.value !== written.overall ? written : null;
}

function measured({ unit, mean, median, overallMean, overallMedian }: FeatureSummary) {
  return mayShowMedian(unit) && overallMedian !== 0
    ? { value: median, overall: overallMedian }
    : { value: mean, overall: overallMean };
}
