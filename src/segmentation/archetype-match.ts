import { bestAssignment } from '../clustering/matching.ts';
import type { Archetype, Gate } from './archetype.ts';
import type { FeatureSummary } from './model.ts';
import { traits } from './traits.ts';

/** A difference beyond this counts no more: one extreme feature must not make a name. */
const CLIP = 2;
/** Below this a fit is weak, and the segment is better named by its own traits. */
const LEAST_FIT = 0.8;
/** An archetype must speak of what stands out: of a difference at least this part of the segment's greatest. */
const LEAST_SALIENCE = 0.4;
/** Share of an archetype's weight whose features must be there to judge by. */
const LEAST_KNOWN = 0.5;

/** For each segment the archetype that it gets, or null; no archetype twice, total fit greatest. */
export function matchArchetypes(
  segments: readonly { features: readonly FeatureSummary[] }[],
  archetypes: readonly Archetype[],
): (Archetype | null)[] {
  const fits = segments.map(({ features }) => {
    const byId = new Map(features.map(feature => [feature.id, feature]));
    return archetypes.map(archetype => fitOf(archetype, byId));
  });
  return bestAssignment(fits).map((column, segment) =>
    column !== null && fits[segment]![column]! >= LEAST_FIT ? archetypes[column]! : null,
  );
}

/**
 * Length of the segment's standardised differences along the archetype's direction; 0 where a gate does not hold,
 * too little of it is known, the fit is weak, or what stands out most is something else.
 */
export function fitOf(archetype: Archetype, features: ReadonlyMap<string, FeatureSummary>): number {
  if (!archetype.gates.every(group => group.some(gate => holds(gate, features)))) return 0;
  let wanted = 0;
  let known = 0;
  let squares = 0;
  let along = 0;
  let greatest = 0;
  for (const [id, weight] of Object.entries(archetype.wants)) {
    wanted += Math.abs(weight);
    const feature = features.get(id);
    if (!feature) continue;
    known += Math.abs(weight);
    squares += weight * weight;
    along += weight * Math.max(-CLIP, Math.min(CLIP, feature.difference));
    greatest = Math.max(greatest, Math.sign(weight) * feature.difference);
  }
  if (known < LEAST_KNOWN * wanted || greatest < LEAST_SALIENCE * strongest(features)) return 0;
  const length = along / Math.sqrt(squares);
  return length >= LEAST_FIT ? length : 0;
}

/** The greatest difference that words exist for. */
function strongest(features: ReadonlyMap<string, FeatureSummary>): number {
  let greatest = 0;
  for (const { id, difference } of features.values()) {
    const trait = difference > 0 ? traits[id]?.high : traits[id]?.low;
    if (trait) greatest = Math.max(greatest, Math.abs(difference));
  }
  return greatest;
}

function holds(
  { feature, of, atLeast, atMost }: Gate,
  features: ReadonlyMap<string, FeatureSummary>,
): boolean {
  const value = features.get(feature)?.[of];
  if (value === undefined) return false;
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}
