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
  const keys = new Set([...used, setAsideKey]);
  const segments = namedBy(standing, candidate, carried).map((segment, i): Segment => {
    if (carried[i]) return { ...segment, key: carried[i].key };
    const key = freeKey(slug(segment.persona.name), keys);
    keys.add(key);
    return { ...segment, key };
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

/**
 * The candidate once more with the names that the standing segments bear by now: its keys tell which they are, and one of
 * them may have been given the name of a new one since.
 */
export function carryNamesOfNow(standing: Model, candidate: Model): Model {
  const byKey = new Map(standing.segments.map(segment => [segment.key, segment]));
  const carried = candidate.segments.map(({ key }) => byKey.get(key) ?? null);
  return { ...candidate, segments: namedBy(standing, candidate, carried) };
}

/** Each by the segment that it continues, or else by a name that is free; keys stay. */
function namedBy(standing: Model, candidate: Model, carried: readonly (Segment | null)[]): Segment[] {
  const names = new Set(standing.segments.map(({ persona }) => persona.name));
  const lists = new Set(standing.segments.map(({ persona }) => persona.neutralName));
  const { words } = overlayOf(candidate.recipe.overlay);
  const { currency } = candidate.population;
  return candidate.segments.map((segment, i) => {
    const before = carried[i];
    return before ? renamed(segment, before) : withFreeName(segment, { names, lists }, currency, words);
  });
}

/** On platforms of others too, where lists are found again by their names. */
function renamed(segment: Segment, { persona: { name, neutralName } }: Segment): Segment {
  return { ...segment, persona: { ...segment.persona, name, neutralName } };
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
