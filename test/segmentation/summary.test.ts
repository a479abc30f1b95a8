import { describe, expect, test } from 'vitest';
import { createMatrix } from '../../src/clustering/matrix.ts';
import { catalogue } from '../../src/features/catalogue.ts';
import { summarise } from '../../src/segmentation/summary.ts';
import { inputOf, madeShop } from './made-table.ts';

const feature = (id: string) => catalogue.find(known => known.id === id)!;
const columns = (...values: number[][]) => values.map(column => Float64Array.from(column));

describe('summary of segments', () => {
  test('counts, shares, means and medians', () => {
    const input = inputOf(
      [feature('revenue'), feature('order_value'), feature('recency')],
      columns([10, 20, 30, 140], [10, 20, 30, 60], [5, 5, 90, 110]),
      Int32Array.of(0, 0, 1, 1),
      2,
    );
    const { segments } = summarise(input);
    expect(segments[1]).toMatchObject({
      size: 2,
      share: 0.5,
      revenue: 170,
      revenueShare: 0.85,
      confidence: 0.6,
    });
    const value = segments[1]!.features.find(({ id }) => id === 'order_value')!;
    expect(value).toMatchObject({ mean: 45, median: 45, overallMean: 30, overallMedian: 25, unit: 'money' });
    expect(value.difference).toBeGreaterThan(0);
    expect(segments[0]!.features[1]!.difference).toBeCloseTo(-value.difference, 9);
  });

  test('customers set aside count in the whole, not in a segment', () => {
    const input = inputOf([feature('recency')], columns([1, 2, 50, 60]), Int32Array.of(0, 0, 1, 1), 2);
    const without = {
      ...input,
      rowOf: Int32Array.of(0, 1, 2),
      labels: Int32Array.of(0, 0, 1),
      matrix: { ...input.matrix, rows: 3, data: input.matrix.data.slice(0, 3 * input.matrix.cols) },
      revenue: Float64Array.of(10, 10, 10, 70),
    };
    const { segments } = summarise(without);
    expect(segments.map(({ share }) => share)).toEqual([0.5, 0.25]);
    expect(segments.map(({ revenueShare }) => revenueShare)).toEqual([0.2, 0.1]);
    expect(segments[0]!.features[0]!.overallMean).toBeCloseTo(53 / 3, 9);
  });

  test('explained is one where groups are the whole difference, none where they are alike', () => {
    const input = inputOf(
      [feature('evening_share'), feature('weekend_share')],
      columns([0.1, 0.1, 0.9, 0.9], [0.2, 0.4, 0.2, 0.4]),
      Int32Array.of(0, 0, 1, 1),
      2,
    );
    const [evening, weekend] = summarise(input).segments[0]!.features;
    expect(evening).toMatchObject({ explained: expect.closeTo(1, 9), difference: expect.closeTo(-1, 9) });
    expect(weekend).toMatchObject({ explained: expect.closeTo(0, 9), difference: expect.closeTo(0, 9) });
  });

  test('the features that were planted carry the segmentation', () => {
    const input = madeShop([
      { size: 200, traits: { order_value: 200, evening_share: 0.9 } },
      { size: 200, traits: { recency: 300, evening_share: 0.9 } },
      { size: 300 },
    ]);
    const { carrying, segments } = summarise(input);
    expect(carrying.slice(0, 3).toSorted()).toEqual(['evening_share', 'order_value', 'recency']);
    expect(carrying.length).toBeGreaterThanOrEqual(5);
    expect(carrying.length).toBeLessThanOrEqual(7);
    expect(segments[2]!.neighbours.map(({ segment }) => segment).toSorted()).toEqual([0, 1]);
    expect(segments[2]!.neighbours[0]!.distance).toBeLessThanOrEqual(segments[2]!.neighbours[1]!.distance);
  });

  test('missing values: zero and the longest wait count, "not known" does not', () => {
    const nan = Number.NaN;
    const input = inputOf(
      [feature('sessions'), feature('days_since_visit'), feature('satisfaction'), feature('complaint_share')],
      columns([nan, 4, 2, 6], [nan, 10, 100, 20], [nan, 2, 4, 5], [nan, nan, nan, nan]),
      Int32Array.of(0, 0, 1, 1),
      2,
    );
    const found = summarise(input).segments[0]!.features;
    expect(found.map(({ id, mean }) => [id, mean])).toEqual([
      ['sessions', 2],
      ['days_since_visit', 55],
      ['satisfaction', 2],
    ]);
    expect(JSON.stringify(summarise(input))).not.toContain('null');
  });

  test('a feature known of few of a segment is not told of it', () => {
    const known = Array.from({ length: 100 }, (_, i) => (i < 50 ? (i < 5 ? 5 : Number.NaN) : 1));
    const input = inputOf(
      [feature('satisfaction')],
      columns(known),
      Int32Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : 1)),
      2,
    );
    const [satisfaction] = summarise(input).segments[0]!.features;
    expect(satisfaction).toMatchObject({ mean: satisfaction!.overallMean, difference: 0 });
  });

  test('a sensitive feature appears only if the recipe used it', () => {
    const input = madeShop([{ size: 50 }, { size: 50, traits: { recency: 200 } }]);
    const features = input.table.features.map(known =>
      ['recency', 'revenue'].includes(known.id) ? { ...known, sensitivity: 'special' as const } : known,
    );
    const ids = summarise({ ...input, table: { ...input.table, features } }).segments[0]!.features.map(
      ({ id }) => id,
    );
    expect(ids).toContain('recency');
    expect(ids).not.toContain('revenue');
  });

  test('no transformed space (RFM) still gives neighbours and carrying features', () => {
    const input = madeShop([
      { size: 50 },
      { size: 50, traits: { recency: 60 } },
      { size: 50, traits: { recency: 500 } },
    ]);
    const { segments, carrying } = summarise({ ...input, matrix: createMatrix(150, 0), transforms: [] });
    expect(segments[0]!.neighbours[0]!.segment).toBe(1);
    expect(carrying[0]).toBe('recency');
  });
});

describe('rules', () => {
  test('tell a planted segment in words, with thresholds of the unit', () => {
    const input = madeShop([
      { size: 300, traits: { orders_per_month: 3, discounted_order_share: 0.05 } },
      { size: 300, traits: { orders_per_month: 3, discounted_order_share: 0.8 } },
      { size: 300 },
    ]);
    const { rule } = summarise(input).segments[0]!;
    expect(rule.text).toMatch(
      /^(Orders more than [\d.]+ times a month and uses a discount on at most \d+ % of orders|Uses a discount on at most \d+ % of orders.*)\.$/,
    );
    expect(rule.precision).toBeGreaterThan(0.95);
    expect(rule.recall).toBeGreaterThan(0.95);
  });
});
