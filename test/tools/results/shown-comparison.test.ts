import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison, SegmentFate } from '../../../src/segmentation/recluster/comparison.ts';
import {
  changingPeople,
  shownChanges,
  shownComparison,
  shownSummary,
} from '../../../src/tools/results/shown-comparison.ts';

const side = {
  modelId: 'm-1',
  kind: 'clusters',
  groups: 2,
  setAside: 0,
  certain: 0.7,
  fitted: null,
} as const;

const fateOf = (change: Partial<SegmentFate> = {}): SegmentFate => ({
  key: 'loyal',
  name: 'Loyal regulars',
  fate: 'survived',
  into: [{ key: 'loyal', name: 'Loyal regulars', share: 0.9 }],
  continuedBy: { key: 'loyal', name: 'Loyal regulars', share: 0.9 },
  before: 400,
  after: 480,
  revenueLastYear: 1234.5,
  moved: 0.1,
  ...change,
});

const split = (before: number, shares: readonly number[]) =>
  fateOf({
    fate: 'split',
    before,
    after: null,
    continuedBy: null,
    into: shares.map((share, i) => ({ key: `p${i}`, name: `Part ${'ABC'[i]}`, share })),
  });

function comparisonOf(fates: SegmentFate[], changing: number, customers = 1000): Comparison {
  return {
    asOf: '2026-11-01',
    currency: 'GBP',
    customers,
    standing: side,
    candidate: { ...side, modelId: 'm-2' },
    choice: null,
    common: { customers, ofStanding: 1, ofCandidate: 1 },
    matchedBy: 'customers',
    agreement: 0.87654321,
    fates,
    proposed: [],
    changing: { customers: changing, share: changing / customers, revenueLastYear: 43_219.87 },
    same: false,
  };
}

describe('what another model would change', () => {
  test('is told in figures to the nearest ten', () => {
    const comparison = comparisonOf([fateOf()], 123);
    expect(shownComparison(comparison)).toMatchObject({
      agreement: 0.8765,
      changing: { customers: 120, share: 0.12, revenueLastYear: 43_000 },
      segments: [{ becomes: 'stays, 20 % larger', customersNow: 400, customersProposed: 480 }],
    });
    expect(shownSummary(comparison)).toBe('All 1 segments stay; 120 customers (12 %) would change segment.');
  });

  test('tells of a few neither how many nor what they spent', () => {
    const comparison = comparisonOf([fateOf()], 4);
    expect(shownComparison(comparison).changing).toEqual({
      customers: 'fewer than 10',
      share: null,
      revenueLastYear: null,
    });
    expect(shownSummary(comparison)).toBe(
      'All 1 segments stay; fewer than 10 customers would change segment.',
    );
  });

  test('tells of all but a few not how many those are', () => {
    const comparison = comparisonOf([fateOf()], 995);
    expect(changingPeople(comparison)).toBeNull();
    expect(shownComparison(comparison).changing).toMatchObject({ share: null, revenueLastYear: null });
    expect(shownSummary(comparison)).not.toContain('995');
  });

  test.each([
    ['small now', fateOf({ before: 7, after: 40 }), 'stays'],
    ['small then', fateOf({ before: 40, after: 7 }), 'stays'],
    ['a part of a few', split(60, [0.5, 0.1]), 'splits into Part A and Part B'],
    ['a rest of a few', split(60, [0.5, 0.4]), 'splits into Part A and Part B'],
    ['parts of many', split(600, [0.5, 0.4]), 'splits into Part A (50 %) and Part B (40 %)'],
    ['few who split', split(8, [0.5, 0.5]), 'splits'],
  ])('of a segment with %s it says no more than that it "%s"', (_, fate, becomes) => {
    const told = shownComparison(comparisonOf([fate], 100)).segments[0]!;
    expect(told.becomes).toBe(becomes);
    expect(shownChanges(comparisonOf([fate], 100))[0]).toBe(`Loyal regulars: ${becomes}.`);
  });

  test('never tells two sizes from which a few follow', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.nat({ max: 300 }), (before, after) => {
        const [told] = shownComparison(comparisonOf([fateOf({ before, after })], 100)).segments;
        const { customersNow, customersProposed } = told!;
        expect(customersNow).toBe(before < 10 ? 'fewer than 10' : before);
        if (typeof customersProposed === 'number') {
          expect(customersProposed % 10).toBe(0);
          expect(customersProposed).toBeGreaterThanOrEqual(10);
        } else expect(after).toBeLessThan(10);
        if (before < 10 || after < 10) expect(told!.becomes).toBe('stays');
      }),
    );
  });
});
