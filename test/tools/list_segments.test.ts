import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listSegmentsTool } from '../../src/tools/list_segments.ts';
import { few } from '../../src/tools/results/values.ts';
import { hostileName, reportModel } from '../report/fixture.ts';
import { call, madeShop, recordOf, withSizes } from './made-shop.ts';

interface Listed {
  customers: number | string;
  revenue: number;
  segments: Record<string, unknown>[];
  setAside: Record<string, unknown> | null;
}

const list = (context = madeShop()) => call<Listed>(listSegmentsTool, context);

it('tells of every segment how many, how much and where it is going', async () => {
  const model = reportModel(4);
  const before = { ...recordOf(model), asOf: '2026-10-25', kind: 'fit' as const };
  const grown = recordOf(withSizes(model, [6000, ...model.segments.slice(1).map(({ size }) => size)]));
  const { segments, ...shop } = await list(madeShop({ model, records: [before, grown] }));
  expect(shop).toMatchObject({
    asOf: '2026-11-01',
    currency: 'GBP',
    customers: 12_345,
    revenue: 2_345_678,
    kind: 'clusters',
    setAside: { customers: 17, revenueShare: 0.031, why: 'bulk buyers' },
  });
  expect(segments[0]).toMatchObject({
    key: 'segment-a',
    name: 'Price-driven occasional buyers',
    customers: 4938,
    share: 0.4,
    revenue: 234_567.8,
    revenueShare: 0.1,
    revenuePerCustomer: 47.5,
    trend: 'growing',
    valueAtRisk: null,
    sentence: expect.stringContaining('come back again'),
  });
  expect(segments.slice(1).map(({ trend }) => trend)).toEqual(['steady', 'steady', 'steady']);
});

it('tells what is expected of them where there are predictions', async () => {
  const model = reportModel(2);
  const expected = model.segments.map(({ key, size }) => ({
    key,
    customers: size,
    expectedOrders90: 1234.5678,
    lifetimeValue: 100,
    valueAtRisk: 4567.891,
    churn: 0.123456,
    alive: 0.5,
    overdue: 0.25,
  }));
  const predictions = { kind: 'scored' as const, segments: expected };
  const record = recordOf(model, { predictions: predictions as never });
  const { segments } = await list(madeShop({ model, records: [record] }));
  expect(segments[0]).toMatchObject({ valueAtRisk: 4567.89, churn: 0.1235 });
});

it('takes marks out of names, which may come from data', async () => {
  const { segments } = await list();
  expect(hostileName).toContain('<script>');
  expect(segments[1]!.name).toBe("Evening shoppers scriptalert('x')/script & friends");
});

it('withholds all but the name of a segment of fewer than ten', async () => {
  const { segments } = await list(madeShop({ model: withSizes(reportModel(3), [900, 500, 7]) }));
  expect(segments[2]).toEqual({
    key: 'segment-c',
    name: 'Single-category loyalists',
    customers: few,
    share: null,
    revenue: null,
    revenueShare: null,
    revenuePerCustomer: null,
    trend: null,
    valueAtRisk: null,
    churn: null,
    sentence: null,
  });
});

it('lets no small group follow from the whole and the others, in numbers, shares or money', async () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 13, max: 5000 })), {
    minLength: 3,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 0, max: 15 }), async (parts, aside) => {
      const { customers, segments, setAside } = await list(
        madeShop({ model: withSizes(reportModel(3), parts, aside) }),
      );
      const shown = [...segments, ...(setAside ? [setAside] : [])].map(part => part.customers);
      const told = shown.filter(size => typeof size === 'number').reduce((sum, size) => sum + size, 0);
      for (const size of shown) expect(typeof size === 'number' ? size >= 10 : size === few).toBe(true);
      if (!shown.includes(few)) {
        expect(customers).toBe(told);
        return;
      }
      // Each of the ten sizes that rounding leaves open is possible: none is told.
      if (typeof customers === 'number') expect(customers % 10).toBe(0);
      for (const { share } of segments)
        if (share !== null) expect(Number(((share as number) * 100).toFixed(6)) % 1).toBe(0);
    }),
  );
});

it('says what to do where nothing was segmented yet', async () => {
  await expect(list(madeShop({ model: null }))).rejects.toMatchObject({
    message: 'There are no segments yet.',
    next: expect.stringContaining('kindred segment'),
  });
});
