import type { FeatureSummary, Segment } from './model.ts';
import { traits } from './traits.ts';

const LEAST_DIFFERENCE = 0.2;
const LEAST_GAP = 0.3;

/** What sets a segment apart from all customers, strongest first; one feature of each concept. */
export function standsOut({ features }: Pick<Segment, 'features'>): FeatureSummary[] {
  const ranked = features
    .filter(({ id, difference }) => !traits[id]?.quiet && Math.abs(difference) >= LEAST_DIFFERENCE)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || byId(a, b));
  return onePerConcept(ranked, ({ id }) => id);
}

/** A feature by which segments differ, with each segment's summary of it in the order given. */
export interface FeatureApart {
  each: FeatureSummary[];
  /** Widest gap between two of them, in standard deviations of all customers. */
  gap: number;
}

/** What tells segments apart from each other, widest gap first; one feature of each concept. */
export function apartOf(segments: readonly Pick<Segment, 'features'>[]): FeatureApart[] {
  const [first, ...others] = segments.map(({ features }) => features);
  const ranked = (first ?? [])
    .flatMap(feature => {
      const rest = others.map(features => features.find(({ id }) => id === feature.id));
      const each = [feature, ...rest.filter(other => other !== undefined)];
      if (each.length < segments.length || traits[feature.id]?.quiet) return [];
      const differences = each.map(({ difference }) => difference);
      return [{ each, gap: Math.max(...differences) - Math.min(...differences) }];
    })
    .filter(({ gap }) => gap >= LEAST_GAP)
    .sort((a, b) => b.gap - a.gap || byId(a.each[0]!, b.each[0]!));
  return onePerConcept(ranked, ({ each }) => each[0]!.id);
}

const byId = (a: FeatureSummary, b: FeatureSummary) => (a.id < b.id ? -1 : 1);

/** Features of one concept say the same thing: the first of each. */
function onePerConcept<Of>(ranked: readonly Of[], idOf: (of: Of) => string): Of[] {
  const concepts = new Set<string>();
  return ranked.filter(each => {
    const concept = traits[idOf(each)]?.concept ?? idOf(each);
    return concepts.has(concept) ? false : concepts.add(concept);
  });
}
