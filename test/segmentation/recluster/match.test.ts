import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../src/segmentation/model.ts';
import { carryNames } from '../../../src/segmentation/recluster/carry.ts';
import { type MatchInput, matchSegments } from '../../../src/segmentation/recluster/match.ts';
import { aside } from '../../../src/segmentation/refresh/sticky.ts';
import { exampleModel } from '../../state/example-model.ts';

/** A model with a segment for each name, under the names in lower case as keys. */
function named(names: string[], change: Parameters<typeof exampleModel>[0] = {}) {
  const [pattern] = exampleModel().segments;
  const segments = names.map(
    (name): Segment => ({
      ...pattern!,
      key: name.toLowerCase(),
      neighbours: names
        .filter(other => other !== name)
        .map(other => ({ key: other.toLowerCase(), distance: 1 })),
      persona: { ...pattern!.persona, name },
    }),
  );
  return exampleModel({ segments, ...change });
}

/** Added to where somebody is, of whom nobody knew at the latest record. */
const since = 100;

/** Rows by where they are and where they would be, as [before, after, how many]. */
function rows(...groups: [number, number, number][]) {
  const flat = (tell: (before: number, after: number) => number) =>
    groups.flatMap(([before, after, many]) => new Array<number>(many).fill(tell(before, after)));
  return {
    before: Int32Array.from(flat(before => before % since)),
    known: Uint8Array.from(flat(before => (before < since ? 1 : 0))),
    after: Int32Array.from(flat((_, after) => after)),
  };
}

const input = (change: Partial<MatchInput>): MatchInput => ({
  standing: named(['A', 'B']),
  candidate: named(['X', 'Y']),
  ...rows([0, 1, 60], [1, 0, 60]),
  placed: 160,
  places: null,
  ...change,
});

describe('segments are matched', () => {
  test('by their customers; who was set aside or not there yet says nothing', () => {
    const match = matchSegments(
      input(rows([0, 1, 60], [0, 0, 30], [1, 0, 60], [aside, 0, 50], [since + 1, 1, 50], [1, aside, 5])),
    );
    expect(match).toMatchObject({
      by: 'customers',
      partners: [1, 0],
      common: { customers: 150, ofCandidate: 150 / 250, ofStanding: 150 / 160 },
    });
    expect(match.overlaps).toEqual([
      [1 / 3, 2 / 3],
      [1, 0],
    ]);
    expect(match.agreement).toBeGreaterThan(0);
    expect(match.agreement).toBeLessThan(1);
  });

  test('keeps a name only where most customers are the same', () => {
    const half = matchSegments(input(rows([0, 0, 50], [0, 1, 50], [1, 1, 100])));
    expect(half.partners).toEqual([null, 1]);
    const most = matchSegments(input(rows([0, 0, 51], [0, 1, 49], [1, 1, 100])));
    expect(most.partners).toEqual([0, 1]);
  });

  test('by where they lie where few customers are in both', () => {
    const standing = named(['A', 'B', 'C'], {
      centroids: [
        [0, 0],
        [10, 0],
        [0, 10],
      ],
    });
    const places = [
      [9, 0],
      [1, 2],
      [5, 5],
    ];
    const candidate = named(['X', 'Y', 'Z']);
    const few = rows([0, 0, 10], [since, 0, 100], [since + 1, 1, 100], [since, 2, 100]);
    const match = matchSegments(input({ standing, candidate, places, ...few, placed: 10 }));
    expect(match).toMatchObject({ by: 'place', agreement: null, partners: [1, 0, null] });
    expect(match.fates.map(({ kind }) => kind)).toEqual(['survived', 'survived', 'disappeared']);
    expect(match.origins.map(({ kind }) => kind)).toEqual(['continues', 'continues', 'appeared']);
    const enough = rows([0, 0, 100], [since, 0, 100]);
    expect(matchSegments(input({ standing, candidate, places, ...enough, placed: 100 })).by).toBe(
      'customers',
    );
  });

  test('by their cells where both are RFM, whoever is in them', () => {
    const cells = (...ids: string[]) => {
      const model = named(ids, { kind: 'rfm', centroids: [] });
      for (const { persona } of model.segments) persona.archetype = persona.name;
      return model;
    };
    const match = matchSegments(
      input({
        standing: cells('new', 'lost'),
        candidate: cells('lost', 'loyal', 'new'),
        ...rows([0, 0, 9], [1, 2, 9]),
      }),
    );
    expect(match.partners).toEqual([1, null, 0]);
  });
});

describe('keys and names', () => {
  const standing = named(['Loyalists', 'Bargain hunters', 'Gift buyers']);

  test('carry over to what continues a segment, with the texts of the new fit', () => {
    const candidate = named(['Gift buyers', 'Evening buyers', 'Loyalists']);
    const carried = carryNames(standing, candidate, [2, 0, null], new Set(['loyalists', 'bargain hunters']));
    expect(carried.segments.slice(0, 2).map(({ key, persona }) => [key, persona.name])).toEqual([
      ['gift buyers', 'Gift buyers'],
      ['loyalists', 'Loyalists'],
    ]);
    expect(carried.segments[1]!.persona.sentence).toBe(candidate.segments[1]!.persona.sentence);
    expect(candidate.segments[1]!.key).toBe('evening buyers');
  });

  test('are new and free for a new segment, also of names that are carried and keys that once were', () => {
    const candidate = named(['Loyalists', 'Evening buyers', 'Set aside']);
    const used = new Set(['loyalists', 'evening-buyers', 'evening-buyers-2']);
    const { segments } = carryNames(standing, candidate, [null, 0, null], new Set(used));
    const names = segments.map(({ persona }) => persona.name);
    const keys = segments.map(({ key }) => key);
    expect(names[1]).toBe('Loyalists');
    expect(new Set(names).size).toBe(3);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('set-aside-2');
    expect(carryNames(standing, named(['Evening buyers']), [null], used).segments[0]!.key).toBe(
      'evening-buyers-3',
    );
  });

  test('for platforms of others are those of the segment that is continued, and no other has them', () => {
    const listed = (names: string[], lists: string[]) => {
      const model = named(names);
      const segments = model.segments.map((segment, i) => ({
        ...segment,
        persona: { ...segment.persona, neutralName: lists[i]! },
      }));
      return { ...model, segments };
    };
    const before = listed(['Loyalists', 'Gift buyers'], ['Thank-you list', 'Gift guide']);
    const after = listed(['Evening buyers', 'Regulars', 'Gifts'], ['Gift guide', 'Open late', 'Occasions']);
    const { segments } = carryNames(before, after, [null, 0, null], new Set());
    expect(segments.map(({ persona }) => persona.neutralName)).toEqual([
      'Gift guide 2',
      'Thank-you list',
      'Occasions',
    ]);
  });

  test('are followed by the neighbours', () => {
    const { segments } = carryNames(standing, named(['X', 'Y']), [1, null], new Set());
    expect(segments.map(({ neighbours }) => neighbours.map(({ key }) => key))).toEqual([
      ['y'],
      ['bargain hunters'],
    ]);
  });
});
