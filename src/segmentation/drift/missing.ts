import { standardise } from '../../clustering/drift.ts';
import { featureById } from '../../features/catalogue.ts';
import type { Model } from '../model.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import { formatValue, number } from '../wording.ts';
import { leastCovered, leastInBand } from './features.ts';
import type { Distribution } from './reference.ts';
import type { Suspect } from './suspect.ts';

/** Rise of the share of customers without a value that is worth telling, and that somebody should look at today. */
const watchFrom = 0.05;
const alertFrom = 0.2;
/** Standard errors; one-sided, some thirty features a week for a year stay below it where nothing changed. */
const surely = 4;

/** What is missing of these are second and third orders: how often customers order is told by other features. */
const ofFewOrders: ReadonlySet<string> = new Set([
  'days_between_orders',
  'gap_variation',
  'order_value_variation',
  'seasonal_concentration',
  'value_trend',
]);

/**
 * Features that are missing more often than in training, among customers of the same age: of each class the one that
 * rose most, since its features are missing together.
 */
export function missingSuspects(model: Model, scored: ScoredPopulation): Suspect[] {
  const most = new Map<string, Suspect>();
  for (const suspect of risen(model, scored)) {
    const of = featureById(suspect.finding.subject)!.class;
    const before = most.get(of);
    if (!before || suspect.finding.measure.value > before.finding.measure.value) most.set(of, suspect);
  }
  return [...most.values()];
}

function risen(model: Model, scored: ScoredPopulation): Suspect[] {
  return model.reference.features.flatMap(trained => {
    const now = scored.features.find(({ feature }) => feature === trained.feature);
    const feature = featureById(trained.feature);
    if (!now || !feature || ofFewOrders.has(trained.feature)) return [];
    const { counts, covered } = standardise([knownAndMissing(trained), knownAndMissing(now)], leastInBand);
    const [before, after] = counts.map(rate) as [Rate, Rate];
    const pooled = (before.missing + after.missing) / (before.size + after.size);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.size + 1 / after.size));
    const rise = after.share - before.share;
    if (covered < leastCovered || rise < watchFrom || rise < surely * error) return [];
    const severity = rise >= alertFrom ? 'alert' : 'watch';
    const share = ({ share }: Rate) => formatValue(share, 'share', null);
    return [
      {
        finding: {
          kind: 'missing',
          severity,
          subject: trained.feature,
          sentence: `${share(after)} of customers have no value for ${feature.label}, ${share(before)} had none when the segments were made (${number(100 * rise, 0)} percentage points more).`,
          measure: {
            name: 'rise of the missing share',
            value: rise,
            threshold: severity === 'alert' ? alertFrom : watchFrom,
          },
        },
        compare: null,
      },
    ];
  });
}

interface Rate {
  size: number;
  missing: number;
  share: number;
}

function knownAndMissing({ counts, missing }: Distribution): number[][] {
  return counts.map((bins, band) => [bins.reduce((sum, count) => sum + count, 0), missing[band]!]);
}

function rate([known, missing]: Float64Array): Rate {
  const size = known! + missing!;
  return { size, missing: missing!, share: size > 0 ? missing! / size : 0 };
}
