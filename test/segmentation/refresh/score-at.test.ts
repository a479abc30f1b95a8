import { expect, test } from 'vitest';
import { currentModel } from '../../../src/segmentation/current.ts';
import { scoreAt } from '../../../src/segmentation/refresh/score-at.ts';
import { livedShop } from './lived-shop.ts';

test('a part of the customers shows the shares and means that all of them have', async () => {
  const shop = await livedShop({ customers: 1200, ahead: 4 });
  try {
    const { warehouse, state } = shop.context;
    const model = await currentModel(state);
    const all = (await scoreAt(warehouse, model, shop.asOf(4)))!;
    const part = (await scoreAt(warehouse, model, shop.asOf(4), 0.5))!;
    expect(part.customers).toBeLessThan(0.6 * all.customers);
    expect(part.customers).toBeGreaterThan(0.4 * all.customers);
    for (const [s, segment] of all.segments.entries()) {
      const share = segment.size / all.customers;
      const sampled = part.segments[s]!;
      expect(Math.abs(sampled.size / part.customers - share)).toBeLessThan(0.05);
      const length = Math.hypot(...segment.mean);
      const apart = Math.hypot(...segment.mean.map((value, j) => value - sampled.mean[j]!));
      expect(apart).toBeLessThan(0.25 * length);
    }
    for (const [f, { counts }] of all.features.entries()) {
      const [whole, some] = [counts, part.features[f]!.counts].map(of => {
        const bins = of[0]!.map((_, bin) => of.reduce((sum, band) => sum + band[bin]!, 0));
        const size = bins.reduce((sum, count) => sum + count, 0);
        return bins.map(count => count / size);
      }) as [number[], number[]];
      for (const [bin, share] of whole.entries()) expect(Math.abs(some[bin]! - share)).toBeLessThan(0.06);
    }
    expect(await scoreAt(warehouse, model, shop.asOf(4), 0.5)).toEqual(part);
  } finally {
    await shop.close();
  }
});
