import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/features/catalogue.ts';
import { computeFeatures } from '../../src/features/compute.ts';
import { behaviourCases } from './behaviour-cases.ts';
import { asOf } from './cases.ts';
import { purchaseCases } from './purchase-cases.ts';
import { sectorCases } from './sector-cases.ts';
import { joined, withShop } from './shop.ts';

const cases = [...purchaseCases, ...behaviourCases, ...sectorCases];
// All customers shop in one shop: what one does must not show in another's numbers.
const table = await withShop(joined(cases.map(({ rows }) => rows)), shop =>
  computeFeatures(shop, asOf, { sectors: ['stays', 'plans', 'usage', 'accounts'] }),
);

function value(name: string, feature: string): number {
  const row = table.profileIds.indexOf(`shop/${name}`);
  const column = table.features.findIndex(({ id }) => id === feature);
  return table.values[column]![row]!;
}

describe.each(cases)('$name', ({ name, expect: expected }) => {
  test.each(Object.entries(expected))('%s is %d', (feature, right) => {
    expect(value(name, feature)).toBe(Number.isNaN(right) ? Number.NaN : Number(right.toPrecision(9)));
  });
});

test('every feature has a customer whose number was worked out by hand', () => {
  const tried = new Set(
    cases.flatMap(({ expect: expected }) =>
      Object.keys(expected).filter(id => Number.isFinite(expected[id])),
    ),
  );
  const untried = catalogue.map(({ id }) => id).filter(id => !tried.has(id));
  expect(untried).toEqual(['overdue_ratio']);
});

describe('overdue_ratio', () => {
  const day = (days: number) => new Date(Date.UTC(2024, 6, 1) - days * 86_400_000).toISOString().slice(0, 10);
  const orders = (name: string, ...daysAgo: number[]) =>
    daysAgo.map((days, i) => ({
      source: 'shop',
      order_id: `${name} ${i}`,
      profile_id: name,
      ordered_at: `${day(days)} 00:00:00`,
      total: 1,
    }));
  const overdue = async (...rows: ReturnType<typeof orders>[]) =>
    withShop({ orders: rows.flat() }, async shop => {
      const { features, values } = await computeFeatures(shop, asOf);
      return Array.from(values[features.findIndex(({ id }) => id === 'overdue_ratio')]!);
    });

  test("sets the wait against the customer's own gaps and one of the shop's usual length", async () => {
    // Mean gaps of 10, 20 and 60 days: the usual gap is 20.
    const found = await overdue(
      orders('a', 40, 30),
      orders('b', 25, 5),
      orders('c', 200, 140, 80),
      orders('d', 50),
    );
    expect(found).toEqual([2, 0.25, Number((80 / (140 / 3)).toPrecision(9)), 2.5]);
  });

  test('says nothing where nobody came back', async () => {
    expect(await overdue(orders('a', 40), orders('b', 3))).toEqual([Number.NaN, Number.NaN]);
  });
});
