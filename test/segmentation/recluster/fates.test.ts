import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/segmentation/recluster/fates.ts';

const of = (rows: number[][]) => fates(rows.flat(), rows.length, rows[0]!.length);
const kinds = (rows: number[][]) => of(rows).fates.map(({ kind }) => kind);

describe('the fate of a segment', () => {
  test('survived: at least 0.7 of it is in one new segment, which is mostly it', () => {
    expect(of([[70, 30]]).fates).toEqual([{ kind: 'survived', pieces: [{ into: 0, overlap: 0.7 }] }]);
    expect(
      kinds([
        [70, 30],
        [60, 0],
      ]),
    ).toEqual(['survived', 'absorbed']);
  });

  test('absorbed: as much of it is in a new segment that is mostly others', () => {
    expect(
      kinds([
        [80, 0],
        [80, 0],
        [0, 50],
      ]),
    ).toEqual(['absorbed', 'absorbed', 'survived']);
  });

  test('split: pieces of at least 0.3 that are 0.7 together', () => {
    expect(of([[35, 40, 25]]).fates).toEqual([
      {
        kind: 'split',
        pieces: [
          { into: 1, overlap: 0.4 },
          { into: 0, overlap: 0.35 },
        ],
      },
    ]);
    expect(kinds([[40, 30, 30]])).toEqual(['split']);
  });

  test('disappeared: neither as a whole nor in pieces', () => {
    expect(kinds([[39, 29, 29, 3]])).toEqual(['disappeared']);
    expect(kinds([[69, 29, 2]])).toEqual(['disappeared']);
    expect(
      kinds([
        [0, 0],
        [3, 1],
      ]),
    ).toEqual(['disappeared', 'survived']);
  });
});

describe('the origin of a new segment', () => {
  test('is what continues as it, else what it is a piece of, else what joined in it, else nothing', () => {
    const { origins } = of([
      [100, 0, 0, 0, 0],
      [0, 50, 50, 0, 0],
      [0, 0, 0, 80, 0],
      [0, 0, 0, 80, 9],
    ]);
    expect(origins).toEqual([
      { kind: 'continues', from: [0] },
      { kind: 'piece', from: [1] },
      { kind: 'piece', from: [1] },
      { kind: 'union', from: [2, 3] },
      { kind: 'appeared', from: [] },
    ]);
  });
});

const table = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([standing, fresh]) =>
    fc.array(fc.array(fc.oneof(fc.constant(0), fc.nat(200)), { minLength: fresh, maxLength: fresh }), {
      minLength: standing,
      maxLength: standing,
    }),
  );

describe('for any two groupings', () => {
  test('each fate holds what its definition asks, and no new segment is the survival of two', () => {
    fc.assert(
      fc.property(table, rows => {
        const found = of(rows);
        expect(found.fates).toHaveLength(rows.length);
        expect(found.origins).toHaveLength(rows[0]!.length);
        found.fates.forEach(({ kind, pieces }, i) => {
          const size = rows[i]!.reduce((sum, count) => sum + count, 0);
          for (const { into, overlap } of pieces) {
            expect(overlap).toBeCloseTo(rows[i]![into]! / size, 12);
            expect(overlap).toBeGreaterThanOrEqual(0.3);
          }
          const together = pieces.reduce((sum, { overlap }) => sum + overlap, 0);
          const most = Math.max(0, ...rows[i]!.map(count => (size === 0 ? 0 : count / size)));
          if (most >= 0.7) {
            const into = pieces[0]!.into;
            const others = rows.reduce((sum, row, other) => sum + (other === i ? 0 : row[into]!), 0);
            expect(kind).toBe(rows[i]![into]! > others ? 'survived' : 'absorbed');
          } else expect(kind === 'split').toBe(pieces.length > 1 && together >= 0.7 - 1e-9);
        });
        const survivors = found.fates
          .filter(({ kind }) => kind === 'survived')
          .map(({ pieces }) => pieces[0]!.into);
        expect(new Set(survivors).size).toBe(survivors.length);
      }),
    );
  });

  test('every new segment has one origin, which names the fates that lead to it', () => {
    fc.assert(
      fc.property(table, rows => {
        const found = of(rows);
        found.origins.forEach(({ kind, from }, j) => {
          const leading = { continues: 'survived', piece: 'split', union: 'absorbed' };
          const led = found.fates.map(
            fate => fate.kind !== 'disappeared' && fate.pieces.some(({ into }) => into === j),
          );
          if (kind === 'appeared') expect(led).not.toContain(true);
          else for (const i of from) expect([led[i], found.fates[i]!.kind]).toEqual([true, leading[kind]]);
        });
      }),
    );
  });

  test('the order of segments changes nothing', () => {
    fc.assert(
      fc.property(table, rows => {
        const turned = of([...rows].reverse().map(row => [...row].reverse()));
        const back = (index: number) => rows[0]!.length - 1 - index;
        const plain = of(rows);
        expect(turned.fates.map(({ kind }) => kind).reverse()).toEqual(plain.fates.map(({ kind }) => kind));
        expect(turned.origins.map(({ kind }) => kind).reverse()).toEqual(
          plain.origins.map(({ kind }) => kind),
        );
        const targets = plain.fates.map(({ pieces }) => new Set(pieces.map(({ into }) => into)));
        expect(
          turned.fates.map(({ pieces }) => new Set(pieces.map(({ into }) => back(into)))).reverse(),
        ).toEqual(targets);
      }),
    );
  });

  test('the same grouping again is survival all over, under whatever names', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }), sizes => {
        const rows = sizes.map((size, i) => sizes.map((_, j) => (sizes.length - 1 - j === i ? size : 0)));
        const found = of(rows);
        expect(new Set(found.fates.map(({ kind }) => kind))).toEqual(new Set(['survived']));
        expect(new Set(found.origins.map(({ kind }) => kind))).toEqual(new Set(['continues']));
      }),
    );
  });
});
