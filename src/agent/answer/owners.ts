/** Names and keys of segments, in lower case; each with the key that facts are marked with. */
export type Owners = Map<string, string>;

/** Objects of a result that are about a segment say its key, and mostly its name, which is another word for it. */
export function addOwners(owners: Owners, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const { key, segment, name } = value as Record<string, unknown>;
    const labels = [key ?? segment, name].flatMap(label =>
      typeof label === 'string' && label.length > 2 ? [label.toLowerCase()] : [],
    );
    if (typeof (key ?? segment) === 'string' && labels.length > 0) {
      const owner = labels.map(label => owners.get(label)).find(known => known !== undefined) ?? labels[0]!;
      for (const label of labels) if (!owners.has(label)) owners.set(label, owner);
    }
  }
  for (const item of Object.values(value)) addOwners(owners, item);
}

/** The segments that a line names. A name within a longer one that the line names does not count. */
export function ownersIn(line: string, owners: Owners): Set<string> {
  let left = ` ${wordsOf(line.toLowerCase())} `;
  const named = new Set<string>();
  for (const [label, owner] of longestFirst(owners)) {
    const words = ` ${wordsOf(label)} `;
    if (!left.includes(words)) continue;
    named.add(owner);
    left = left.replaceAll(words, ' ');
  }
  return named;
}

/** The segment that a sentence begins with and that alone it names: "Champions grew by 38 %". Else null. */
export function subjectOf(sentence: string, owners: Owners): string | null {
  const [only, ...others] = ownersIn(sentence, owners);
  if (only === undefined || others.length > 0) return null;
  const begins = [...owners].some(
    ([label, owner]) => owner === only && patternOf(label).exec(sentence)?.index === 0,
  );
  return begins ? only : null;
}

/** Blanks the names of segments, so that places stay. */
export function withoutOwners(text: string, owners: Owners): string {
  return longestFirst(owners).reduce(
    (left, [label]) => left.replaceAll(patternOf(label), found => ' '.repeat(found.length)),
    text,
  );
}

const longestFirst = (owners: Owners) => [...owners].sort(([a], [b]) => b.length - a.length);

const wordsOf = (text: string) => text.replaceAll(/[^\p{L}\p{N}-]+/gu, ' ').trim();

const patternOf = (label: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'giu',
  );
