import { nearestNames, plainName } from '../../../segmentation/audiences/filter/nearest-names.ts';

interface Named {
  key: string;
  name: string;
}

/** Which segment is meant; several where the words fit more than one, or none and these are near. */
export type Chosen<S extends Named> =
  | { kind: 'one'; segment: S }
  | { kind: 'several'; segments: S[] }
  | { kind: 'none'; near: S[] };

const MOST_NEAR = 5;

/** By name or key in whatever spelling, by the beginning of a name, by words of it, or by what is written like it. */
export function chooseSegment<S extends Named>(segments: readonly S[], words: string): Chosen<S> {
  const wanted = plainName(words);
  if (wanted === '') return { kind: 'none', near: [] };
  const spelled = segments.map(segment => ({
    segment,
    names: [plainName(segment.name), plainName(segment.key)],
  }));
  const exact = spelled.filter(({ names }) => names.includes(wanted));
  if (exact.length > 0) return chosen(exact.map(({ segment }) => segment));
  const held = wanted.split(' ');
  const fitting = spelled.filter(({ names }) =>
    names.some(name => held.every(word => name.split(' ').some(part => part.startsWith(word)))),
  );
  if (fitting.length > 0) return chosen(fitting.map(({ segment }) => segment));
  const near = nearestNames(
    words,
    segments.map(({ name }) => name),
    MOST_NEAR,
  );
  const found = near.flatMap(name => segments.filter(segment => segment.name === name));
  return { kind: 'none', near: found.slice(0, MOST_NEAR) };
}

function chosen<S>(segments: S[]): { kind: 'one'; segment: S } | { kind: 'several'; segments: S[] } {
  const [first, ...others] = segments;
  return first && others.length === 0 ? { kind: 'one', segment: first } : { kind: 'several', segments };
}
