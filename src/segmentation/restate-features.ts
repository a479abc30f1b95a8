import type { FeatureSummary } from './model.ts';
import type { FeatureMeasures, FeatureSums, Measures } from './refresh/measures.ts';
import { LEAST_KNOWN } from './summary-features.ts';

/**
 * summaries[segment][feature], as `summariseFeatures` gives them from rows, here from sums. Features that are known of
 * nobody do not appear.
 */
export function restateFeatures({ segments, features }: Measures): FeatureSummary[][] {
  const known = features.filter(({ segments: sums }) => sums.some(({ raw }) => raw.known > 0));
  const told = known.map(measured => ({ measured, ...overall(measured.segments), ...spread(measured) }));
  return segments.map(({ size }, s) =>
    told.map(({ measured, mean, differences, explained }) => {
      const { raw } = measured.segments[s]!;
      const enough = raw.known > 0 && raw.known >= LEAST_KNOWN * size;
      return {
        id: measured.feature.id,
        label: measured.feature.label,
        unit: measured.feature.unit,
        class: measured.feature.class,
        mean: enough ? raw.sum / raw.known : mean,
        median: enough ? raw.median : measured.median,
        overallMean: mean,
        overallMedian: measured.median,
        difference: enough ? differences[s]! : 0,
        explained,
      };
    }),
  );
}

function overall(segments: readonly FeatureSums[]): { mean: number } {
  const known = total(segments, ({ raw }) => raw.known);
  return { mean: total(segments, ({ raw }) => raw.sum) / known };
}

/** What is left of a sum of squares after taking the mean out of it, when all values are equal: rounding. */
const FLAT = 1e-12;

/** Standardised difference of each segment's mean, and the share of variance between segments (eta squared). */
function spread({ segments }: FeatureMeasures): { differences: number[]; explained: number } {
  const known = total(segments, ({ standard }) => standard.known);
  const squares = total(segments, ({ standard }) => standard.squares);
  const centre = total(segments, ({ standard }) => standard.sum) / Math.max(1, known);
  const variation = squares - known * centre ** 2;
  if (!(variation > FLAT * squares)) return { differences: segments.map(() => 0), explained: 0 };
  const deviation = Math.sqrt(variation / known);
  const shifts = segments.map(({ standard: { known: own, sum } }) => (own > 0 ? sum / own - centre : 0));
  const between = segments.reduce((sum, { standard }, s) => sum + standard.known * shifts[s]! ** 2, 0);
  return { differences: shifts.map(shift => shift / deviation), explained: Math.min(1, between / variation) };
}

function total(segments: readonly FeatureSums[], pick: (sums: FeatureSums) => number): number {
  return segments.reduce((sum, each) => sum + pick(each), 0);
}
