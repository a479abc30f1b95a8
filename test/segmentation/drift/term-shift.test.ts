import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/demo/random.ts';
import { gainOf, termShifts } from '../../../src/segmentation/drift/term-shift.ts';

const weeks = 14;
/** Counts of 14 weeks, the last one first, out of a total that is the same every week. */
const counts = (total: number, terms: Record<string, (week: number) => number>) => ({
  total: new Float64Array(weeks).fill(total),
  terms: Object.entries(terms).map(([term, rows]) => ({
    term,
    weekly: Float64Array.from({ length: weeks }, (_, week) => rows(week)),
  })),
});

describe('termShifts', () => {
  test('a word that was never there is new, for its first weeks', () => {
    const since = (age: number) => termShifts(counts(400, { plants: week => (week < age ? 60 : 0) }));
    expect(since(1)).toMatchObject([
      { term: 'plants', rows: 60, of: 400, now: 0.15, before: 0, isNew: true },
    ]);
    expect(since(5)).toMatchObject([{ isNew: true }]);
    expect(since(6)).toEqual([]);
  });

  test('a known word must double, beyond what its weeks differ by', () => {
    const tea = (now: number, usual: (week: number) => number) =>
      termShifts(counts(1000, { tea: week => (week === 0 ? now : usual(week)) }));
    expect(tea(250, () => 100)).toMatchObject([{ now: 0.25, before: 0.1, isNew: false }]);
    expect(tea(190, () => 100)).toEqual([]);
    expect(tea(250, week => (week % 2 ? 20 : 180))).toEqual([]);
  });

  test('few rows, a small share, or little to compare with say nothing', () => {
    expect(termShifts(counts(100, { plants: week => (week === 0 ? 19 : 0) }))).toEqual([]);
    expect(termShifts(counts(10_000, { plants: week => (week === 0 ? 290 : 0) }))).toEqual([]);
    const young = counts(400, { plants: week => (week === 0 ? 60 : 0) });
    young.total.fill(0, 4);
    expect(termShifts(young)).toEqual([]);
  });

  test('the greatest gain comes first', () => {
    const found = termShifts(counts(1000, { a: w => (w === 0 ? 50 : 0), b: w => (w === 0 ? 90 : 0) }));
    expect(found.map(({ term }) => term)).toEqual(['b', 'a']);
  });

  test('chance alone makes no word new', () => {
    const random = createRandom(1);
    let found = 0;
    for (let run = 0; run < 1000; run++) {
      const share = random.between(0.005, 0.3);
      // Rows come by the order, several at once.
      const rows = () => 3 * random.poisson((200 * share) / 3);
      found += termShifts(counts(200, { a: rows })).length;
    }
    expect(found).toBe(0);
  });
});

test('gainOf needs no surprise, and is 0 where nothing is known', () => {
  const known = counts(1000, { tea: week => (week === 0 ? 150 : 100) });
  expect(gainOf(known, 'tea')).toBeCloseTo(0.05, 12);
  expect(gainOf(known, 'coffee')).toBe(0);
  expect(gainOf({ total: new Float64Array(weeks), terms: [] }, 'tea')).toBe(0);
});
