import { populationStabilityIndex, stabilityNoise, standardise } from '../../clustering/drift.ts';
import { featureById } from '../../features/catalogue.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import { formatValue, number } from '../wording.ts';
import type { BinnedFeature, Distribution } from './reference.ts';
import type { Suspect } from './suspect.ts';
import { shiftInWords } from './typical-shift.ts';
import { alertLevel, type DriftView } from './view.ts';

/** The usual levels of the index (Siddiqi, "Credit Risk Scorecards", 2006); the noise floor may lie above them. */
const watchFrom = 0.1;
const alertFrom = 0.25;
/** Within a band of tenure; the share of fewer says little. */
export const leastInBand = 20;
/** Where fewer of the training have counterparts of their age now, there is nothing to compare. */
export const leastCovered = 0.5;

/**
 * Features that change with the date, whatever customers do: tenure grows by a day a day; a month that has just begun
 * counts in the share of active months; which seasons and holidays lie behind a customer follows from the calendar; and
 * overdue is measured against the shop's usual gap, which grows with the history, as long gaps take long to be seen.
 * All others are compared among customers of the same age, which takes ageing out of waits and of shares of few orders.
 */
const ofTheDate: ReadonlySet<string> = new Set([
  'tenure',
  'active_month_share',
  'seasonal_concentration',
  'holiday_share',
  'overdue_ratio',
]);

/** Features that are distributed otherwise than in training, among customers of the same age. */
export function featureSuspects(view: DriftView): Suspect[] {
  const { model, scored } = view;
  return model.reference.features.flatMap(trained => {
    const now = distributionOf(scored, trained.feature);
    const feature = featureById(trained.feature);
    if (!now || !feature || ofTheDate.has(trained.feature)) return [];
    const { counts, covered } = standardise([trained.counts, now.counts], leastInBand);
    const [expected, actual] = [counts[0]!, counts[1]!];
    const index = populationStabilityIndex(expected, actual);
    const noise = noiseOf(counts);
    const watch = Math.max(watchFrom, noise);
    const alert = Math.max(alertLevel(alertFrom, view, 'feature', trained.feature), noise);
    if (covered < leastCovered || index < watch) return [];
    const severity = index >= alert ? 'alert' : 'watch';
    const threshold = severity === 'alert' ? alert : watch;
    const write = (value: number) => formatValue(value, feature.unit, model.population.currency);
    const shift = shiftInWords(trained.edges, expected, actual, write);
    return [
      {
        finding: {
          kind: 'feature',
          severity,
          subject: trained.feature,
          sentence: `A shift in ${feature.label}: ${shift} (population stability index ${number(index, 2)}, ${severity} from ${number(threshold, 2)}).`,
          measure: { name: 'population stability index', value: index, threshold },
        },
        compare: {
          from: model.asOf,
          usual: (before, after) => goesOn(trained, now, before, after),
        },
      },
    ];
  });
}

/**
 * Whether the shares changed as they did between two other dates: what is expected now are the shares of the training
 * times the ratio of those two, and what is left beyond that is below the level to watch.
 */
function goesOn(
  trained: BinnedFeature,
  now: Distribution,
  before: ScoredPopulation,
  after: ScoredPopulation,
): boolean {
  const [from, to] = [distributionOf(before, trained.feature), distributionOf(after, trained.feature)];
  if (!from || !to) return false;
  const { counts, covered } = standardise([trained.counts, now.counts, from.counts, to.counts], leastInBand);
  if (covered < leastCovered) return false;
  const [expected, actual, earlier, later] = counts.map(sharesOf) as [number[], number[], number[], number[]];
  const usual = expected.map((share, bin) => (share * later[bin]!) / earlier[bin]!);
  const index = populationStabilityIndex(sharesOf(usual), actual);
  return index < Math.max(watchFrom, noiseOf(counts));
}

function distributionOf({ features }: ScoredPopulation, feature: string): Distribution | undefined {
  return features.find(of => of.feature === feature);
}

/** Half an observation stands in for an empty bin, so that no ratio is infinite. */
function sharesOf(counts: ArrayLike<number>): number[] {
  const filled = Array.from(counts, count => count || 0.5);
  const size = filled.reduce((sum, count) => sum + count, 0);
  return filled.map(count => count / size);
}

function noiseOf(counts: readonly Float64Array[]): number {
  const used = counts[0]!.filter((_, bin) => counts.some(of => of[bin]! > 0)).length;
  return stabilityNoise(
    used,
    counts.map(of => of.reduce((sum, count) => sum + count, 0)),
  );
}
