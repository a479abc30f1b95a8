import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestAssignment, nearness } from '../../src/clustering/matching.ts';
import { matrixOf } from '../../src/clustering/matrix.ts';
import { contingency, jaccardTable } from '../../src/clustering/metrics.ts';

describe('bestAssignment', () => {
  test('has the greatest total of all assignments without repeats', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([rows, cols]) =>
        fc.array(fc.array(fc.integer({ min: -2, max: 9 }), { minLength: cols, maxLength: cols }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(table, fits => {
        const assigned = bestAssignment(fits);
        const used = assigned.filter(column => column !== null);
        expect(new Set(used).size).toBe(used.length);
        const total = assigned.reduce<number>(
          (sum, column, row) => sum + (column === null ? 0 : fits[row]![column]!),
          0,
        );
        expect(total).toBe(greatest(fits, 0, new Set()));
      }),
    );
  });

  function greatest(fits: number[][], row: number, taken: Set<number>): number {
    if (row === fits.length) return 0;
    let best = greatest(fits, row + 1, taken);
    fits[row]!.forEach((value, column) => {
      if (taken.has(column) || value <= 0) return;
      best = Math.max(best, value + greatest(fits, row + 1, new Set([...taken, column])));
    });
    return best;
  }

  test('uses no fit of 0 or less, and takes no column away from nobody', () => {
    expect(bestAssignment([[0, -1]])).toEqual([null]);
    expect(bestAssignment([[], []])).toEqual([null, null]);
    expect(bestAssignment([])).toEqual([]);
  });

  test('finds groups again under any order of their names', () => {
    fc.assert(
      fc.property(grouping, fc.nat(), ([labels, k], seed) => {
        const renamed = shuffled(k, seed);
        const other = labels.map(label => renamed[label]!);
        const fits = jaccardTable(contingency(labels, other, k, k), k, k);
        const present = new Set(labels);
        expect(bestAssignment(fits)).toEqual(renamed.map((to, from) => (present.has(from) ? to : null)));
      }),
    );
  });
});

describe('jaccardTable', () => {
  test('is rows in both over rows in either', () => {
    fc.assert(
      fc.property(twoGroupings, ([a, b, k]) => {
        const table = jaccardTable(contingency(a, b, k, k), k, k);
        for (let i = 0; i < k; i++)
          for (let j = 0; j < k; j++) {
            const both = a.filter((label, row) => label === i && b[row] === j).length;
            const either = a.filter((label, row) => label === i || b[row] === j).length;
            expect(table[i]![j]).toBeCloseTo(either === 0 ? 0 : both / either, 12);
          }
      }),
    );
  });

  test('is above a half for one partner at most, on either side', () => {
    fc.assert(
      fc.property(twoGroupings, ([a, b, k]) => {
        const table = jaccardTable(contingency(a, b, k, k), k, k);
        for (const row of table) expect(row.filter(fit => fit > 0.5).length).toBeLessThanOrEqual(1);
        for (let j = 0; j < k; j++) expect(table.filter(row => row[j]! > 0.5).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('nearness', () => {
  const corners = matrixOf([
    [0, 0],
    [4, 0],
    [0, 10],
  ]);

  test('is 1 at the centroid, a half on the way to its nearest neighbour, 0 or less beyond that', () => {
    const fits = nearness(
      corners,
      matrixOf([
        [0, 0],
        [2, 0],
        [4, 0],
        [0, 8],
      ]),
    );
    expect(fits[0]).toEqual([1, 0.5, 0, -1]);
    expect(fits[1]).toEqual([0, 0.5, 1, expect.closeTo(1 - Math.sqrt(80) / 4, 12)]);
    expect(fits[2]![3]).toBeCloseTo(0.8, 12);
  });

  test('is 1 everywhere where there is only one centroid to be near to', () => {
    expect(nearness(matrixOf([[1, 1]]), corners)).toEqual([[1, 1, 1]]);
  });

  test('refuses another space', () => {
    expect(() => nearness(corners, matrixOf([[1, 2, 3]]))).toThrow(RangeError);
  });
});

const grouping = fc
  .integer({ min: 1, max: 5 })
  .chain(k => fc.tuple(fc.array(fc.nat(k - 1), { minLength: 1, maxLength: 40 }), fc.constant(k)));

const twoGroupings = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
  .chain(([k, n]) => {
    const labels = fc.array(fc.nat(k - 1), { minLength: n, maxLength: n });
    return fc.tuple(labels, labels, fc.constant(k));
  });

/** 0..k-1 in an order that follows from the seed. */
function shuffled(k: number, seed: number): number[] {
  return Array.from({ length: k }, (_, i) => i).sort(
    (a, b) => (((a + 1) * (seed + 7919)) % 101) - (((b + 1) * (seed + 7919)) % 101) || a - b,
  );
}
