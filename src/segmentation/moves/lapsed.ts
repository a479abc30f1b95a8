import { leaving } from '../archetypes-leaving.ts';
import type { Model } from '../model.ts';

/** Archetypes of those who stay away: those of every shop, and those of the sectors. */
export const lapsedArchetypes: readonly string[] = [
  ...leaving.map(({ id }) => id),
  'lapsed_guests',
  'lapsed_subscribers',
  'out_of_contract',
];

/** RFM cells of those who have been away. */
export const lapsedCells: readonly string[] = [
  'about_to_sleep',
  'at_risk',
  'cannot_lose',
  'hibernating',
  'lost',
];

/** Keys of the segments whose archetype says that their members stay away. */
export function lapsedKeys({ kind, segments }: Pick<Model, 'kind' | 'segments'>): Set<string> {
  const ids = kind === 'rfm' ? lapsedCells : lapsedArchetypes;
  return new Set(
    segments
      .filter(({ persona }) => persona.archetype !== null && ids.includes(persona.archetype))
      .map(({ key }) => key),
  );
}
