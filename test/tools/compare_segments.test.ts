import { describe, expect, it } from 'vitest';
import { compareSegmentsTool } from '../../src/tools/compare_segments.ts';
import { reportModel } from '../report/fixture.ts';
import { call, madeShop, withSizes } from './made-shop.ts';

interface Compared {
  segments: { key: string; customers: unknown }[];
  apart: { feature: string; label: string; values: string[]; all: string; gap: number }[];
  more: number;
  withheld: string[];
}

const compare = (segments: string[], context = madeShop()) =>
  call<Compared>(compareSegmentsTool, context, { segments });

describe('compare_segments', () => {
  it('says how many segments it takes, in words', async () => {
    await expect(compare(['segment-c'])).rejects.toThrow('"segments" takes 2 at least.');
  });

  it('sets figures side by side, in the order asked for', async () => {
    const { segments } = await compare(['segment-c', 'Price-driven occasional buyers']);
    expect(segments.map(({ key, customers }) => [key, customers])).toEqual([
      ['segment-c', 2469],
      ['segment-a', 4938],
    ]);
  });

  it('tells the features that differ most between them, not from all', async () => {
    const model = reportModel(2);
    const [one, other] = model.segments;
    const features = [one!, other!].map(segment =>
      segment.features.map(feature => ({ ...feature, difference: 2 })),
    );
    Object.assign(features[0]![3]!, { difference: 0.5, mean: 20, median: 20 });
    const alike = {
      ...model,
      segments: model.segments.map((segment, i) => ({ ...segment, features: features[i]! })),
    };
    const { apart } = await compare(['segment-a', 'segment-b'], madeShop({ model: alike }));
    expect(apart).toEqual([
      expect.objectContaining({ feature: 'order_value', label: 'order value', all: '£42.21', gap: 1.5 }),
    ]);
    expect(apart[0]!.values[0]).toBe('£20.00');
  });

  it('compares three', async () => {
    const { segments, apart } = await compare(['segment-a', 'segment-b', 'segment-d']);
    expect(segments).toHaveLength(3);
    for (const { values } of apart) expect(values).toHaveLength(3);
  });

  it('tells of fewer than ten customers nothing that they are like, nor by how much others differ from them', async () => {
    const model = withSizes(reportModel(3), [900, 500, 4]);
    const { apart, withheld } = await compare(['segment-a', 'segment-c'], madeShop({ model }));
    expect(apart).toEqual([]);
    expect(withheld).toEqual(['Single-category loyalists']);
  });

  it.each([
    [['segment-a']],
    [['segment-a', 'segment-b', 'segment-c', 'segment-d']],
    [['segment-a', 'segment-a']],
  ])('refuses %j', async segments => {
    await expect(compare(segments)).rejects.toMatchObject({
      message: expect.stringContaining('compare_segments'),
    });
  });
});
