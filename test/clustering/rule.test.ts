import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { learnRules } from '../../src/clustering/rule.ts';
import type { Condition } from '../../src/clustering/rule-search.ts';

function noise(rows: number, seed: number): Float64Array {
  const random = xoroshiro128plus(seed);
  return Float64Array.from({ length: rows }, () => uniformFloat64(random) * 100);
}

const holds = (columns: Float64Array[], conditions: Condition[], row: number) =>
  conditions.every(({ column, op, threshold }) => {
    const value = columns[column]![row]!;
    return op === 'at most' ? value <= threshold : value > threshold;
  });

const learnRule = (columns: Float64Array[], member: Uint8Array) =>
  learnRules(columns, Int32Array.from(member), 2)[1]!;

describe('rule of a group', () => {
  const columns = [noise(4000, 1), noise(4000, 2), noise(4000, 3)];
  const member = Uint8Array.from(columns[0]!, (x, i) => (x > 60.3 && columns[2]![i]! <= 25.2 ? 1 : 0));

  test('finds the planted conjunction, with round thresholds', () => {
    const { conditions, precision, recall } = learnRule(columns, member);
    expect(conditions.toSorted((a, b) => a.column - b.column)).toEqual([
      { column: 0, op: 'more than', threshold: 60 },
      { column: 2, op: 'at most', threshold: 25 },
    ]);
    expect(precision).toBeGreaterThan(0.97);
    expect(recall).toBeGreaterThan(0.97);
  });

  test('precision and recall are those of the rounded rule on all rows', () => {
    const blurred = member.map((one, i) => (columns[1]![i]! > 90 ? 1 - one : one));
    const rule = learnRule(columns, blurred);
    const met = [...blurred.keys()].filter(row => holds(columns, rule.conditions, row));
    const caught = met.filter(row => blurred[row] === 1).length;
    expect(rule.precision).toBeCloseTo(caught / met.length, 12);
    expect(rule.recall).toBeCloseTo(caught / blurred.reduce((a, b) => a + b, 0), 12);
    expect(rule.recall).toBeLessThan(0.95);
  });

  test('an interval takes two conditions on one column', () => {
    const middle = Uint8Array.from(columns[1]!, x => (x > 40 && x <= 55 ? 1 : 0));
    const { conditions, precision } = learnRule(columns, middle);
    expect(conditions.map(({ column }) => column)).toEqual([1, 1]);
    expect(conditions.map(({ op }) => op).toSorted()).toEqual(['at most', 'more than']);
    expect(precision).toBeGreaterThan(0.95);
  });

  test('rows with a missing value meet no condition on it', () => {
    const gappy = columns.map(column => column.map((value, i) => (i % 4 === 0 ? Number.NaN : value)));
    const rule = learnRule(gappy, member);
    const reach = member.filter((one, i) => one === 1 && i % 4 !== 0).length / member.filter(Boolean).length;
    expect(rule.conditions).not.toHaveLength(0);
    expect(rule.recall).toBeLessThanOrEqual(reach);
    expect(rule.precision).toBeGreaterThan(0.95);
  });

  test('every label gets its own rule, whatever the number of rows', () => {
    const x = noise(40_000, 5);
    const labels = Int32Array.from(x, value => (value <= 30 ? 0 : value <= 80 ? 1 : 2));
    const rules = learnRules([noise(40_000, 6), x], labels, 3);
    expect(rules[0]!.conditions).toEqual([{ column: 1, op: 'at most', threshold: 30 }]);
    expect(rules[1]!.conditions).toHaveLength(2);
    expect(rules[2]!.conditions).toEqual([{ column: 1, op: 'more than', threshold: 80 }]);
    for (const { precision, recall } of rules) expect(precision + recall).toBeGreaterThan(1.95);
  });

  test('each condition earns its words: without it the rule would be worse by more than a hair', () => {
    const value = fc.oneof(
      fc.nat(30),
      fc.nat(1000).map(x => x / 1000),
    );
    const row = fc.tuple(value, value, value, fc.nat(2));
    fc.assert(
      fc.property(fc.array(row, { minLength: 20, maxLength: 120 }), rows => {
        const made = [0, 1, 2].map(c => Float64Array.from(rows, each => each[c]!));
        const labels = Int32Array.from(rows, each => each[3]);
        learnRules(made, labels, 3).forEach(({ conditions }, label) => {
          const f1 = (kept: Condition[]) => {
            const met = [...labels.keys()].filter(i => holds(made, kept, i));
            const caught = met.filter(i => labels[i] === label).length;
            return caught === 0 ? 0 : (2 * caught) / (met.length + labels.filter(l => l === label).length);
          };
          for (const gone of conditions)
            expect(f1(conditions.filter(one => one !== gone))).toBeLessThan(f1(conditions) - 0.01);
        });
      }),
    );
  });

  test('a group that is everyone, or no one, has no conditions', () => {
    expect(
      learnRule(
        columns,
        member.map(() => 1),
      ),
    ).toEqual({ conditions: [], precision: 1, recall: 1 });
    expect(
      learnRule(
        columns,
        member.map(() => 0),
      ),
    ).toEqual({ conditions: [], precision: 0, recall: 0 });
  });
});
