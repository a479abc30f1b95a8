import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/features/catalogue.ts';
import type { FeatureTable } from '../../src/features/feature.ts';
import { assignRfm, quintiles, type RfmMeasures, rfmSegments } from '../../src/segmentation/rfm.ts';

type Customer = [recency: number, orders: number, revenue: number];

function tableOf(customers: readonly Customer[]): FeatureTable {
  return {
    asOf: '2026-01-01',
    profileIds: customers.map((_, i) => `shop/${i}`),
    features: ['recency', 'orders', 'revenue'].map(id => catalogue.find(feature => feature.id === id)!),
    values: [0, 1, 2].map(j => Float64Array.from(customers, customer => customer[j]!)),
  };
}

function cellsOf(customers: readonly Customer[]): string[] {
  const { labels, cells } = rfmSegments(tableOf(customers));
  return Array.from(labels, label => cells[label]!.id);
}

const customer = fc.tuple(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 0, max: 500 }),
);

describe('quintiles', () => {
  test('a fifth each, ties together at their middle rank', () => {
    expect([...quintiles(Float64Array.from({ length: 10 }, (_, i) => i))]).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ]);
    expect([...quintiles(Float64Array.of(1, 1, 1, 1, 1, 1, 1, 1, 2, 3))]).toEqual([
      2, 2, 2, 2, 2, 2, 2, 2, 5, 5,
    ]);
    expect([...quintiles(Float64Array.of(7))]).toEqual([3]);
    expect([...quintiles(Float64Array.of(Number.NaN, 1, 2, 3, 4))]).toEqual([1, 2, 3, 4, 5]);
  });

  test('never fall as values rise', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), values => {
        const scores = quintiles(Float64Array.from(values));
        const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
        for (let i = 1; i < order.length; i++) {
          const [before, after] = [order[i - 1]!, order[i]!];
          expect(scores[after]).toBeGreaterThanOrEqual(scores[before]!);
          if (values[before] === values[after]) expect(scores[after]).toBe(scores[before]);
        }
      }),
    );
  });
});

describe('RFM cells', () => {
  /** Ten in each of the ways in which customers come and go. */
  const shop: Customer[] = Array.from({ length: 10 }, (_, i) => i).flatMap((i): Customer[] => [
    [2 + i, 12 + i, 900 + i],
    [3 + i, 1, 20 + i],
    [120 + i, 5, 200 + i],
    [400 + i, 14 + i, 950 + i],
    [340 + i, 1, 15 + i],
  ]);

  test('put the extremes where everyone expects them', () => {
    expect(cellsOf(shop).slice(20, 25)).toEqual([
      'champions',
      'promising',
      'need_attention',
      'cannot_lose',
      'hibernating',
    ]);
  });

  test('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 40 }), customers => {
        const forward = cellsOf(customers);
        const backward = cellsOf(customers.toReversed()).reverse();
        expect(backward).toEqual(forward);
      }),
    );
  });

  test('every customer is in one, no cell is empty, and names are true of orders and recency', () => {
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 60 }), customers => {
        const { labels, cells, k } = rfmSegments(tableOf(customers));
        expect(new Set(labels)).toEqual(new Set(cells.keys()));
        expect(k).toBe(cells.length);
        customers.forEach(([recency, orders], i) => {
          const { id } = cells[labels[i]!]!;
          if (id === 'new' || id === 'promising') expect(orders).toBe(1);
          if (id === 'loyal' || id === 'champions') expect(orders).toBeGreaterThan(1);
          if (['lost', 'hibernating', 'at_risk', 'cannot_lose'].includes(id))
            expect(recency).toBeGreaterThan(30);
        });
      }),
    );
  });

  test.each<[string, Customer[], string[]]>([
    ['nobody', [], []],
    ['one customer', [[5, 1, 20]], ['alike']],
    ['all alike', Array.from({ length: 40 }, (): Customer => [5, 2, 20]), new Array(40).fill('alike')],
  ])('%s', (_, customers, expected) => {
    expect(cellsOf(customers)).toEqual(expected);
  });

  test('two and five customers get cells', () => {
    expect(
      cellsOf([
        [5, 8, 400],
        [200, 1, 10],
      ]),
    ).toEqual(['loyal', 'hibernating']);
    expect(
      new Set(
        cellsOf([
          [1, 9, 90],
          [20, 4, 40],
          [60, 3, 30],
          [150, 2, 20],
          [400, 1, 10],
        ]),
      ).size,
    ).toBeGreaterThan(2);
  });
});

describe('customers scored by frozen cuts', () => {
  const measuresOf = (customers: readonly Customer[]): RfmMeasures => ({
    recency: Float64Array.from(customers, ([recency]) => recency),
    orders: Float64Array.from(customers, ([, orders]) => orders),
    revenue: Float64Array.from(customers, ([, , revenue]) => revenue),
  });
  const customers = fc.array(customer, { minLength: 1, maxLength: 60 });

  test('those of the fit fall into the cells that they were put into', () => {
    fc.assert(
      fc.property(customers, fitted => {
        const { labels, cells, cuts } = rfmSegments(tableOf(fitted));
        const ids = cells.map(({ id }) => id);
        expect(assignRfm(measuresOf(fitted), cuts, ids)).toEqual(labels);
      }),
    );
  });

  test('others fall into a cell that the model has, each by itself, and cuts are plain numbers', () => {
    fc.assert(
      fc.property(customers, customers, (fitted, others) => {
        const { cells, cuts } = rfmSegments(tableOf(fitted));
        expect(JSON.parse(JSON.stringify(cuts))).toEqual(cuts);
        const ids = cells.map(({ id }) => id);
        const together = assignRfm(measuresOf(others), cuts, ids);
        others.forEach((other, i) => {
          expect(together[i]).toBeLessThan(cells.length);
          expect(assignRfm(measuresOf([other]), cuts, ids)[0]).toBe(together[i]);
        });
      }),
    );
  });

  test('who falls into a cell that is missing goes to its neighbour in the grid', () => {
    const cuts = { recency: [-300, -200, -100, -40], orders: [2, 3, 4, 5], revenue: [20, 40, 60, 80] };
    const champion: Customer = [5, 9, 100];
    const place = (cells: string[]) => cells[assignRfm(measuresOf([champion]), cuts, cells)[0]!];
    expect(place(['lost', 'champions'])).toBe('champions');
    expect(place(['lost', 'loyal', 'new'])).toBe('loyal');
    expect(place(['lost', 'cannot_lose'])).toBe('cannot_lose');
    expect(place(['alike'])).toBe('alike');
  });
});
