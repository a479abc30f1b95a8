import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex, contingency, jaccard } from '../../src/clustering/metrics.ts';

const labelled = fc
  .integer({ min: 2, max: 60 })
  .chain(n =>
    fc.tuple(
      fc.array(fc.nat(4), { minLength: n, maxLength: n }),
      fc.array(fc.nat(4), { minLength: n, maxLength: n }),
    ),
  );

describe('adjustedRandIndex', () => {
  it('equals the definition over pairs of rows', () => {
    fc.assert(
      fc.property(labelled, ([a, b]) => {
        let [both, onlyA, onlyB, neither] = [0, 0, 0, 0];
        for (let i = 0; i < a.length; i++) {
          for (let j = 0; j < i; j++) {
            if (a[i] === a[j] && b[i] === b[j]) both++;
            else if (a[i] === a[j]) onlyA++;
            else if (b[i] === b[j]) onlyB++;
            else neither++;
          }
        }
        const below = (both + onlyA) * (onlyA + neither) + (both + onlyB) * (onlyB + neither);
        const expected = below === 0 ? 1 : (2 * (both * neither - onlyA * onlyB)) / below;
        expect(adjustedRandIndex(a, b)).toBeCloseTo(expected, 10);
      }),
    );
  });

  it('does not see the names of groups, nor which partition comes first', () => {
    fc.assert(
      fc.property(labelled, ([a, b]) => {
        const renamed = a.map(label => 4 - label);
        expect(adjustedRandIndex(renamed, b)).toBeCloseTo(adjustedRandIndex(b, a), 12);
        expect(adjustedRandIndex(a, renamed)).toBe(1);
      }),
    );
  });

  it('refuses partitions of different rows', () => {
    expect(() => adjustedRandIndex([0, 1], [0])).toThrow(RangeError);
  });
});

describe('contingency and jaccard', () => {
  const a = [0, 0, 0, 1, 1, 2];
  const b = [0, 0, 1, 1, 1, 1];

  it('counts rows by both labels', () => {
    expect([...contingency(a, b, 3, 2)]).toEqual([2, 1, 0, 2, 0, 1]);
  });

  it('gives each cluster its best match', () => {
    expect([...jaccard(a, b, 3, 2)]).toEqual([2 / 3, 2 / 4, 1 / 4]);
  });

  it('gives a cluster without rows 0', () => {
    expect([...jaccard([0, 0], [0, 0], 2, 1)]).toEqual([1, 0]);
  });
});
