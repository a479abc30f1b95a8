import { describe, expect, test } from 'vitest';
import { catalogue, featureById } from '../../src/features/catalogue.ts';
import { defaultRecipe } from '../../src/features/defaults.ts';
import type { Feature, FeatureTable } from '../../src/features/feature.ts';
import { informativeness } from '../../src/features/informativeness.ts';
import { defaultAsOf, orderSpan } from '../../src/features/span.ts';
import type { Decision } from '../../src/governance/decisions.ts';
import { ordersAt } from './cases.ts';
import { withShop } from './shop.ts';

const customers = 2000;
const repeat = (value: (i: number) => number) => Float64Array.from({ length: customers }, (_, i) => value(i));

function tableOf(columns: readonly [Feature, Float64Array][]): FeatureTable {
  return {
    asOf: '2024-07-01',
    profileIds: Array.from({ length: customers }, (_, i) => `c${i}`),
    features: columns.map(([feature]) => feature),
    values: columns.map(([, values]) => values),
  };
}

const orders: [Feature, Float64Array] = [featureById('orders')!, repeat(() => 10)];
const weekend = featureById('weekend_share')!;
/** Ten draws of chance p for each customer, in the proportions that chance gives. */
const binomial = (p: number) => {
  const spread: number[] = [];
  for (let k = 0, share = (1 - p) ** 10; k <= 10; share *= (p / (1 - p)) * ((10 - k) / (k + 1)), k++)
    for (let n = Math.round(share * customers); n > 0; n--) spread.push(k / 10);
  return repeat(i => spread[i % spread.length]!);
};

describe('informativeness', () => {
  test('of a share that chance alone spreads is none', () => {
    expect(informativeness(tableOf([orders, [weekend, binomial(0.3)]]), 1)).toBeLessThan(0.02);
  });

  test('of a share that customers have for good is nearly full', () => {
    expect(informativeness(tableOf([orders, [weekend, repeat(i => i % 2)]]), 1)).toBeCloseTo(0.9, 5);
  });

  test('of a rate of events that come by chance alone is none', () => {
    // Binomial with a small chance is nearly Poisson: its variance is 0.95 of its mean.
    const rate = binomial(0.05);
    expect(informativeness(tableOf([orders, [featureById('tickets_per_order')!, rate]]), 1)).toBeLessThan(
      0.02,
    );
  });

  test('of a feature that a quarter of customers have is a quarter', () => {
    const satisfaction = featureById('satisfaction')!;
    const values = repeat(i => (i % 4 === 0 ? i % 5 : Number.NaN));
    expect(informativeness(tableOf([[satisfaction, values]]), 0)).toBe(0.25);
  });

  test('of one that is the same for all, or of nobody, is none', () => {
    expect(informativeness(tableOf([orders, [weekend, repeat(() => 0.5)]]), 1)).toBe(0);
    expect(informativeness(tableOf([orders, [weekend, repeat(() => Number.NaN)]]), 1)).toBe(0);
    expect(
      informativeness(
        { ...tableOf([]), features: [weekend], profileIds: [], values: [new Float64Array(0)] },
        0,
      ),
    ).toBe(0);
  });
});

describe('the default recipe', () => {
  const everything = tableOf(
    catalogue.map(feature => [feature, repeat(i => (feature.unit === 'count' ? 10 : (i % 7) / 7))]),
  );

  test('groups by the features that are made for it, searches 2 to 12 groups and starts from seed 1', () => {
    const recipe = defaultRecipe(everything);
    const ids = recipe.features.map(({ id }) => id);
    expect(ids).toContain('recency');
    expect(ids).not.toContain('revenue');
    expect(ids.every(id => featureById(id)!.clusters)).toBe(true);
    expect(recipe).toMatchObject({ k: { min: 2, max: 12 }, seed: 1 });
  });

  test('lets opens weigh less than clicks', () => {
    const weights = new Map(defaultRecipe(everything).features.map(({ id, weight }) => [id, weight]));
    expect(weights.get('open_rate')).toBeLessThan(weights.get('click_rate')!);
  });

  test('leaves out what chance spreads and what nobody has', () => {
    const table = tableOf([
      orders,
      [weekend, binomial(0.4)],
      [featureById('satisfaction')!, repeat(() => Number.NaN)],
      [featureById('recency')!, repeat(i => i)],
    ]);
    expect(defaultRecipe(table).features).toEqual([{ id: 'recency', weight: 1 }]);
  });

  test('takes a sensitive feature only where a recorded decision allows it', () => {
    const faith: Feature = { ...featureById('recency')!, id: 'observes_sabbath', sensitivity: 'proxy' };
    const table = tableOf([[faith, repeat(i => i)]]);
    const decision: Decision = {
      feature: faith.id,
      effect: 'allow',
      lawfulBasis: 'consent',
      decidedBy: 'A. Person',
      at: '2024-01-01T00:00:00Z',
      reason: 'they asked us to',
    };
    expect(defaultRecipe(table).features).toEqual([]);
    expect(defaultRecipe(table, [{ ...decision, feature: 'recency' }]).features).toEqual([]);
    expect(defaultRecipe(table, [decision]).features).toEqual([{ id: faith.id, weight: 1 }]);
    const block: Decision = { ...decision, effect: 'block', lawfulBasis: null };
    expect(defaultRecipe(table, [decision, block]).features).toEqual([]);
  });

  test('leaves out whatever is blocked, sensitive or not', () => {
    const table = tableOf([
      [featureById('recency')!, repeat(i => i)],
      [featureById('tenure')!, repeat(i => 2 * i)],
    ]);
    const block: Decision = {
      feature: 'recency',
      effect: 'block',
      lawfulBasis: null,
      decidedBy: 'A. Person',
      at: '2024-01-01T00:00:00Z',
      reason: 'not asked for',
    };
    expect(defaultRecipe(table, [block]).features.map(({ id }) => id)).toEqual(['tenure']);
  });
});

describe('the default as-of date', () => {
  const dayAfterOrders = (...times: string[]) =>
    withShop({ orders: ordersAt({ profile_id: 'a', customer_id: 'a' }, times) }, defaultAsOf);

  test('is the day after the last order', async () => {
    expect(await dayAfterOrders('2024-02-01 10:00:00', '2024-02-28 23:59:59')).toBe('2024-02-29');
    expect(await dayAfterOrders('2024-02-29 00:00:00')).toBe('2024-03-01');
  });

  test('is none where there are no orders, or only cancelled ones', async () => {
    expect(await dayAfterOrders()).toBeNull();
    const cancelled = ordersAt({ profile_id: 'a', customer_id: 'a' }, ['2024-02-01 10:00:00'], 1, {
      status: 'cancelled',
    });
    expect(await withShop({ orders: cancelled }, defaultAsOf)).toBeNull();
  });

  test('passes over an order dated years after all others', async () => {
    const days = ['2024-02-01 10:00:00', '2024-02-02 10:00:00', '2024-03-03 10:00:00'];
    expect(await dayAfterOrders(...days, '2090-01-01 00:00:00')).toBe('2024-03-04');
    // Of two orders, neither is the odd one.
    expect(await dayAfterOrders('2024-02-01 10:00:00', '2090-01-01 00:00:00')).toBe('2090-01-02');
    // A shop that paused for three years and then came back has a history.
    expect(
      await dayAfterOrders(
        '2020-02-01 10:00:00',
        '2020-02-02 10:00:00',
        '2024-03-03 10:00:00',
        '2024-03-04 10:00:00',
      ),
    ).toBe('2024-03-05');
  });

  test('tells what it passed over', async () => {
    const times = [
      '1970-01-01 00:00:00',
      ...Array.from({ length: 28 }, (_, i) => `2024-02-${String(i + 1).padStart(2, '0')} 10:00:00`),
      '2090-01-01 00:00:00',
    ];
    const shop = { orders: ordersAt({ profile_id: 'a', customer_id: 'a' }, times) };
    expect(await withShop(shop, orderSpan)).toEqual({
      first: '2024-02-01',
      last: '2024-02-28',
      odd: { before: 1, after: 1 },
    });
    expect(await withShop(shop, warehouse => orderSpan(warehouse, '2024-02-11'))).toEqual({
      first: '2024-02-01',
      last: '2024-02-10',
      odd: { before: 1, after: 0 },
    });
  });
});
