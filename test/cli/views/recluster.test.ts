import { describe, expect, test } from 'vitest';
import { comparisonView } from '../../../src/cli/views/recluster.ts';
import type { Comparison, SegmentFate } from '../../../src/segmentation/recluster/comparison.ts';
import { fateWords } from '../../../src/segmentation/recluster/fate-words.ts';
import { summaryOf } from '../../../src/segmentation/recluster/summary-of.ts';

describe('what becomes of a segment, in words', () => {
  const part = (name: string, share: number) => ({ key: name.toLowerCase(), name, share });
  const fate = (change: Partial<SegmentFate>): SegmentFate => ({
    key: 'loyal',
    name: 'Loyal',
    fate: 'survived',
    into: [part('Loyal', 0.9)],
    continuedBy: part('Loyal', 0.9),
    before: 100,
    after: 100,
    revenueLastYear: 5000,
    moved: 0.1,
    ...change,
  });
  const gone = { continuedBy: null, after: null, moved: null };

  test.each<[string, Partial<SegmentFate>]>([
    ['stays, about as large', { after: 104 }],
    ['stays, 12 % larger', { after: 112 }],
    ['stays, 40 % smaller', { after: 60, moved: null }],
    ['stays, 12 % larger, and its customers buy somewhat differently', { after: 112, moved: 0.3 }],
    ['stays, about as large, and its customers buy clearly differently', { moved: 0.5 }],
    ['goes on as Fans, 40 % smaller', { after: 60, into: [part('Fans', 0.8)], continuedBy: null }],
    [
      'splits into Fans (40 %) and Guests (35 %)',
      { ...gone, fate: 'split', into: [part('Fans', 0.4), part('Guests', 0.35)] },
    ],
    [
      'splits into itself (55 %) and Guests (40 %)',
      { fate: 'split', into: [part('Loyal', 0.55), part('Guests', 0.4)] },
    ],
    ['joins Guests', { ...gone, fate: 'absorbed', into: [part('Guests', 0.8)] }],
    ['dissolves into several others', { ...gone, fate: 'disappeared', into: [] }],
    [
      'dissolves: goes into Guests (41 %), the rest to several others',
      { ...gone, fate: 'disappeared', into: [part('Guests', 0.41)] },
    ],
    [
      'stays, but loses 38 % of its customers to several others',
      { fate: 'disappeared', continuedBy: part('Loyal', 0.62) },
    ],
  ])('%s', (words, change) => {
    expect(fateWords(fate(change))).toBe(words);
  });

  const side = (certain: number, groups: number) => ({
    modelId: 'm-1',
    kind: 'clusters' as const,
    groups,
    setAside: 3,
    certain,
    fitted: { asOf: '2026-06-01', delta: 0.158, jaccard: 0.94, silhouette: 0.3 },
  });
  const comparison: Comparison = {
    asOf: '2026-10-19',
    currency: 'GBP',
    customers: 2425,
    standing: side(0.71, 4),
    candidate: side(0.76, 4),
    choice: null,
    common: { customers: 2300, ofStanding: 1, ofCandidate: 0.95 },
    matchedBy: 'customers',
    agreement: 0.634,
    fates: [
      fate({ name: 'High-frequency loyalists', before: 374, after: 418 }),
      fate({
        ...gone,
        name: 'Bargain seekers',
        fate: 'split',
        into: [part('Sale shoppers', 0.48), part('Coupon collectors', 0.41)],
        before: 870,
      }),
      fate({
        ...gone,
        name: 'Lapsed one-time buyers',
        fate: 'absorbed',
        into: [part('Genuine churn risks', 0.93)],
        before: 290,
      }),
      fate({ ...gone, name: 'Gift buyers', fate: 'disappeared', into: [], before: 160 }),
    ],
    proposed: [
      {
        key: 'sale',
        name: 'Sale shoppers',
        isNew: true,
        origin: 'piece',
        from: ['Bargain seekers'],
        size: 440,
        share: 0.2,
        revenueShare: 0.1,
        sentence: 'Customers who wait for the sale: they take 90 % of orders with a discount.',
      },
    ],
    changing: { customers: 533, share: 0.22, revenueLastYear: 65_290 },
    same: false,
  };

  test.each([80, 120])('at %i columns all of it can be read', width => {
    const text = comparisonView(comparison, width);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    const flat = text.replace(/\s+/g, ' ');
    for (const words of [
      'High-frequency loyalists 374 418 stays, 12 % larger',
      '533 of them (22 %) would change segment; they spent £65,290 in the last 365 days.',
      'adjusted Rand index',
      '71 % 76 %',
    ])
      expect(flat).toContain(words);
    expect(flat).not.toMatch(/NaN|undefined|null/);
  });

  test('a line for lists says the same', () => {
    expect(summaryOf(comparison)).toBe(
      '1 of 4 segments stays, “Bargain seekers” splits into Sale shoppers (48 %) and Coupon collectors (41 %), “Lapsed one-time buyers” joins Genuine churn risks, “Gift buyers” dissolves into several others and 1 is new; 533 customers (22 %) would change segment.',
    );
    expect(summaryOf({ ...comparison, same: true })).toContain('nothing needs to be decided');
  });
});
