import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, groupsByRank, rmse, totalError } from '../../src/forecasting/accuracy.ts';

const coarse = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), {
  minLength: 1,
  maxLength: 60,
});

describe('auc', () => {
  it('is the share of pairs ranked right, ties counting half', () => {
    fc.assert(
      fc.property(coarse, rows => {
        const score = Float64Array.from(rows, ([value]) => value / 6);
        const positive = rows.map(([, came]) => Number(came));
        expect(auc(score, positive)).toEqual(byPairs(score, positive));
      }),
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(coarse, rows => {
        const of = (some: typeof rows) =>
          auc(
            Float64Array.from(some, ([value]) => value),
            some.map(([, came]) => Number(came)),
          );
        expect(of([...rows].reverse())).toEqual(of(rows));
      }),
    );
  });

  it('tells nothing apart by one score for all, and has no answer without both kinds', () => {
    expect(auc(Float64Array.of(1, 1, 1), [1, 0, 1])).toBe(0.5);
    expect(auc(Float64Array.of(1, 2), [1, 1])).toBeNull();
    expect(auc(Float64Array.of(1, 2), [0, 0])).toBeNull();
    expect(auc(new Float64Array(0), [])).toBeNull();
  });

  it('gives the textbook example', () => {
    expect(auc(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1])).toBe(0.75);
  });

  it('stays exact where ranks add up to more than 32 bits hold', () => {
    const n = 200_000;
    const score = Float64Array.from({ length: n }, (_, i) => i);
    expect(
      auc(
        score,
        score.map(value => value % 2),
      ),
    ).toBe(0.5 + 1 / n);
  });
});

describe('groupsByRank', () => {
  it('cuts into groups of nearly the same size, lowest first', () => {
    fc.assert(
      fc.property(coarse, fc.integer({ min: 1, max: 12 }), (rows, groups) => {
        const predicted = Float64Array.from(rows, ([value]) => value);
        const group = groupsByRank(predicted, groups);
        const sizes = Array.from({ length: groups }, (_, g) => group.filter(other => other === g).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (let i = 0; i < rows.length; i++)
          for (let j = 0; j < i; j++)
            if (predicted[i]! > predicted[j]!) expect(group[i]).toBeGreaterThanOrEqual(group[j]!);
            else if (predicted[i] === predicted[j]) expect(group[i]).toBeGreaterThanOrEqual(group[j]!);
      }),
    );
  });

  it('keeps the order of rows among equals', () => {
    expect([...groupsByRank(Float64Array.of(5, 5, 1, 5), 2)]).toEqual([0, 1, 0, 1]);
  });
});

describe('errors', () => {
  it('are those of the definition', () => {
    expect(totalError(Float64Array.of(1, 2), Float64Array.of(2, 2))).toBe(-0.25);
    expect(totalError(Float64Array.of(1), Float64Array.of(0))).toBeNaN();
    expect(rmse(Float64Array.of(1, 5), Float64Array.of(4, 1))).toBe(Math.sqrt(12.5));
    expect(rmse(new Float64Array(0), new Float64Array(0))).toBeNaN();
  });
});

function byPairs(score: Float64Array, positive: readonly number[]): number | null {
  let pairs = 0;
  let won = 0;
  for (let i = 0; i < score.length; i++)
    for (let j = 0; j < score.length; j++) {
      if (!positive[i] || positive[j]) continue;
      pairs++;
      won += score[i]! > score[j]! ? 1 : score[i] === score[j] ? 0.5 : 0;
    }
  return pairs === 0 ? null : won / pairs;
}
