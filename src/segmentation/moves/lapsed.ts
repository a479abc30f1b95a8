import { leaving } from '../archetypes-leaving.ts';
import type { Model } from '../model.ts';

/** RFM cells of those who have been away. */
const lapsedCells: readonly string[] = ['about_to_sleep', 'at_risk', 'cannot_lose', 'hibernating', 'lost'];

/** Keys of the segments whose archetype says that their members stay away. */
export function lapsedKeys({ kind, segments }: Pick<Model, 'kind' | 'segments'>): Set<string> {
  const ids = kind === 'rfm' ? lapsedCells : leaving.map(({ id }) => id);
  return new Set(
    segments
      .filter(({ persona }) => persona.archetype !== null && ids.includes(persona.archetype))
      .map(({ key }) => key),
  );
}
