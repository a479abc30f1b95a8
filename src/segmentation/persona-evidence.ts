import type { Evidence, FeatureSummary } from './model.ts';
import { traits } from './traits.ts';
import { typical } from './typical.ts';
import { fence, formatValue } from './wording.ts';

const MOST = 6;
const LEAST = 3;
const LEAST_DIFFERENCE = 0.3;

/** A feature that can be shown: its difference survives rounding. */
export interface Shown {
  feature: FeatureSummary;
  evidence: Evidence;
}

/**
 * What bears a persona out, strongest first: at most six features that differ clearly, of different concepts as
 * long as there are others, at least three where as many can be shown. `wanted`: weights of the archetype, whose
 * features come first where they point the right way. `small`: the group is too small for its values to be written.
 */
export function gatherEvidence(
  features: readonly FeatureSummary[],
  wanted: Readonly<Record<string, number>>,
  currency: string | null,
  small: boolean,
): Shown[] {
  const ranked = features
    .filter(({ id }) => !traits[id]?.quiet)
    .map(feature => ({ feature, rank: rankOf(feature, wanted) }))
    .sort((a, b) => b.rank - a.rank || (a.feature.id < b.feature.id ? -1 : 1))
    .flatMap(({ feature }) => {
      const evidence = evidenceOf(feature, currency, small);
      return evidence ? [{ feature, evidence }] : [];
    });
  const byConcept = new Map<string, Shown>();
  for (const shown of ranked) {
    const concept = traits[shown.feature.id]?.concept ?? shown.feature.id;
    const held = byConcept.get(concept);
    if (!held || (isAbstract(held) && !isAbstract(shown) && isClear(shown))) byConcept.set(concept, shown);
  }
  const distinct = [...byConcept.values()];
  const clear = distinct.filter(isClear).slice(0, MOST);
  const rest = [...distinct, ...ranked].filter(shown => !clear.includes(shown));
  return [...clear, ...new Set(rest)].slice(0, Math.max(LEAST, clear.length));
}

const isClear = ({ feature }: Shown) => Math.abs(feature.difference) >= LEAST_DIFFERENCE;
const isAbstract = ({ feature }: Shown) => traits[feature.id]?.abstract === true;

function rankOf({ id, difference }: FeatureSummary, wanted: Readonly<Record<string, number>>): number {
  const fits = Math.max(0, Math.sign(wanted[id] ?? 0) * Math.sign(difference));
  return Math.abs(difference) * (1 + fits * Math.abs(wanted[id] ?? 0));
}

/** null where the figures as written do not show the difference. */
export function evidenceOf(
  feature: FeatureSummary,
  currency: string | null,
  small: boolean,
): Evidence | null {
  const written = typical(feature, currency);
  if (!written) return null;
  const direction = feature.difference > 0 ? 'above' : 'below';
  return {
    feature: feature.id,
    label: labelOf(feature),
    direction,
    value: small ? `${direction} average` : written.value,
    overall: small ? formatValue(feature.overallMean, feature.unit, currency) : written.overall,
  };
}

/** A feature that the texts do not know may be named after a category, so its label is data. */
function labelOf({ id, label }: FeatureSummary): string {
  return traits[id] ? label : fence(label);
}
