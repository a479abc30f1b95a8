import { slug } from '../describe.ts';
import type { Model, Segment } from '../model.ts';
import { overlayOf } from '../overlays/overlays.ts';
import type { Words } from '../overlays/words.ts';
import { takeNeutralName, writeTexts } from '../personas.ts';
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
  const lists = new Set(standing.segments.map(({ persona }) => persona.neutralName));
  const keys = new Set([...used, setAsideKey]);
  const { words } = overlayOf(candidate.recipe.overlay);
  const { currency } = candidate.population;
  const segments = candidate.segments.map((segment, i): Segment => {
    const before = carried[i];
    if (before) return renamed(segment, before);
    const fresh = withFreeName(segment, { names, lists }, currency, words);
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

/** On platforms of others too, where lists are found again by their names. */
function renamed(segment: Segment, { key, persona: { name, neutralName } }: Segment): Segment {
  return { ...segment, key, persona: { ...segment.persona, name, neutralName } };
}

/** Names that are taken, those for platforms of others apart. */
interface Taken {
  names: Set<string>;
  lists: Set<string>;
}

/** Where the name that the fit gave is another's, the traits of the segment name it. Adds the names to those taken. */
function withFreeName(
  segment: Segment,
  { names, lists }: Taken,
  currency: string | null,
  words: Words,
): Segment {
  const { persona } = segment;
  if (!names.has(persona.name)) {
    names.add(persona.name);
    return { ...segment, persona: { ...persona, neutralName: takeNeutralName(persona.neutralName, lists) } };
  }
  const template = nameByTraits(segment.features, names, words);
  const texts = writeTexts(segment, template, currency, words);
  return {
    ...segment,
    persona: {
      name: template.name,
      ...texts,
      action: template.action,
      avoid: template.avoid,
      neutralName: takeNeutralName(template.neutralName, lists),
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
