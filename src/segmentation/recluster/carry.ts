import { slug } from '../describe.ts';
import type { Model, Segment } from '../model.ts';
import { overlayOf } from '../overlays/overlays.ts';
import type { Words } from '../overlays/words.ts';
import { writeTexts } from '../personas.ts';
import { setAsideKey } from '../refresh/record.ts';
import { nameByTraits } from '../trait-names.ts';

/**
 * The candidate with the keys and names of the standing segments that it continues. All else of a persona (texts,
 * archetype, action) is what the new fit says. A new segment gets a name that no other has, nor a standing one had: what
 * people know by a name stays what they know. Its key is one that no segment of the history ever had.
 *
 * @param partners index of the standing segment that each segment of the candidate continues, or null
 * @param used keys of all segments of the history
 */
export function carryNames(
  standing: Model,
  candidate: Model,
  partners: readonly (number | null)[],
  used: ReadonlySet<string>,
): Model {
  const carried = partners.map(partner => (partner === null ? null : standing.segments[partner]!));
  const names = new Set(standing.segments.map(({ persona }) => persona.name));
  const keys = new Set([...used, setAsideKey]);
  const { words } = overlayOf(candidate.recipe.overlay);
  const { currency } = candidate.population;
  const segments = candidate.segments.map((segment, i): Segment => {
    const before = carried[i];
    if (before) return renamed(segment, before.key, before.persona.name);
    const fresh = withFreeName(segment, names, currency, words);
    const key = freeKey(slug(fresh.persona.name), keys);
    keys.add(key);
    return { ...fresh, key };
  });
  const keyOf = new Map(candidate.segments.map(({ key }, i) => [key, segments[i]!.key]));
  return {
    ...candidate,
    segments: segments.map(segment => ({
      ...segment,
      neighbours: segment.neighbours.map(({ key, distance }) => ({ key: keyOf.get(key)!, distance })),
    })),
  };
}

function renamed(segment: Segment, key: string, name: string): Segment {
  return { ...segment, key, persona: { ...segment.persona, name } };
}

/** Where the name that the fit gave is another's, the traits of the segment name it. Adds the name to `taken`. */
function withFreeName(segment: Segment, taken: Set<string>, currency: string | null, words: Words): Segment {
  if (!taken.has(segment.persona.name)) {
    taken.add(segment.persona.name);
    return segment;
  }
  const template = nameByTraits(segment.features, taken, words);
  const texts = writeTexts(segment, template, currency, words);
  return {
    ...segment,
    persona: {
      name: template.name,
      ...texts,
      action: template.action,
      archetype: null,
      author: 'deterministic',
    },
  };
}

/** "loyalists", or "loyalists-2" where a segment was known by it. */
function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}
