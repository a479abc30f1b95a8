import { describe, expect, test } from 'vitest';
import { type Habits, habitsOf } from '../../../../src/segmentation/predictions/habits/habits.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';
import { openPostgres } from '../../../../src/warehouse/postgres.ts';
import { randomShop, shuffled } from '../../../features/random-shop.ts';
import { type Row, type Shop, stock, withShop } from '../../../features/shop.ts';
import { freshDatabase } from '../../../support/fresh-database.ts';

const asOf = '2024-06-01';

/** Of everybody in the shop, or of those named. */
async function read(
  warehouse: Warehouse,
  profileIds?: string[],
  blockedTerms: readonly string[] = [],
): Promise<Habits & { profileIds: string[] }> {
  const { keys } = await warehouse.columns(
    `SELECT profile_id, 0 AS nothing FROM orders GROUP BY profile_id ORDER BY profile_id COLLATE "C"`,
  );
  const asked = profileIds ?? keys;
  const habits = await warehouse.transaction(tx => habitsOf(tx, asOf, asked, blockedTerms));
  return { ...habits, profileIds: asked };
}

/** One customer's, by name. */
function of(habits: Habits & { profileIds: string[] }, profile: string) {
  const i = habits.profileIds.indexOf(profile);
  return {
    promotion: habits.promotionShare[i]!,
    category: habits.favouriteCategory[i],
    categoryShare: habits.favouriteCategoryShare[i]!,
    product: habits.replenishProduct[i],
    dueIn: habits.replenishIn[i]!,
  };
}

/** Days before the as-of date. */
function ago(days: number): string {
  return `${new Date(Date.parse(asOf) - days * 86_400_000).toISOString().slice(0, 10)} 10:00:00`;
}

let serial = 0;

/** An order with a line for each thing bought. */
function order(profile_id: string, days: number, things: readonly Row[], also: Row = {}): Shop {
  const whose = { source: 'shop', order_id: `O${++serial}`, profile_id, ordered_at: ago(days) };
  return {
    orders: [{ ...whose, total: 20, status: 'paid', ...also }],
    order_lines: things.map(thing => ({ ...whose, line_id: `L${++serial}`, quantity: 1, ...thing })),
  };
}

function shopOf(orders: readonly Shop[]): Shop {
  return {
    orders: orders.flatMap(one => one.orders ?? []),
    order_lines: orders.flatMap(one => one.order_lines ?? []),
  };
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => i);

test('both stores give the same bits, whatever the order of rows', async () => {
  const { orders, order_lines } = randomShop(42, 200);
  const shop = { orders, order_lines };
  const habits = await withShop(shop, read);
  const reordered: Shop = Object.fromEntries(
    Object.entries(shop).map(([table, rows]) => [table, shuffled(rows, 3)]),
  );
  expect(await withShop(reordered, read)).toEqual(habits);
  const warehouse = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(warehouse, reordered);
    expect(await read(warehouse)).toEqual(habits);
  } finally {
    await warehouse.close();
  }
  expect(habits.favouriteCategory.filter(name => name !== null).length).toBeGreaterThan(100);
});

test('entries follow the list that was asked for, and tables of its own are gone', async () => {
  await withShop(randomShop(7, 60), async warehouse => {
    const all = await read(warehouse);
    expect(await read(warehouse)).toEqual(all);
    const stranger = await read(warehouse, [...all.profileIds, 'shop/nobody']);
    expect(of(stranger, 'shop/nobody')).toMatchObject({ category: null, product: null });
    expect(of(stranger, all.profileIds[5]!)).toEqual(of(all, all.profileIds[5]!));
  });
});

describe('promotion', () => {
  test('lies between the own share of orders and that of others, by what is known', async () => {
    const orders = numbered(40).flatMap(i =>
      numbered(6).map(k => order(`c${i}`, 300 - 10 * k, [], i < 10 ? { discount: 2 } : {})),
    );
    const habits = await withShop(
      shopOf([
        ...orders,
        order('once-with', 5, [], { coupon_code: 'SPRING' }),
        order('once-without', 5, []),
        order('cancelled-with', 5, []),
        order('cancelled-with', 6, [], { discount: 4, status: 'cancelled' }),
        order('later-with', 5, []),
        order('later-with', -1, [], { discount: 4 }),
      ]),
      read,
    );
    const share = (profile: string) => of(habits, profile).promotion;
    expect(share('c0')).toBeGreaterThan(0.9);
    expect(share('c39')).toBeLessThan(0.1);
    expect(share('once-with')).toBeGreaterThan(share('once-without'));
    expect(share('once-with')).toBeLessThan(share('c0'));
    expect(share('once-without')).toBeGreaterThan(share('c39'));
    expect(share('cancelled-with')).toBe(share('once-without'));
    expect(share('later-with')).toBe(share('once-without'));
  });

  test('is unknown where no order shows one', async () => {
    const habits = await withShop(shopOf([order('a', 5, []), order('b', 9, [])]), read);
    expect([...habits.promotionShare]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('favourite category', () => {
  const bread = { category: 'bread' };
  const everybody = numbered(40).map(i =>
    order(`c${i}`, 20, [bread, bread, bread, i % 2 === 0 ? { category: 'cake' } : { category: 'tea' }]),
  );
  const among = (...orders: Shop[]) => withShop(shopOf([...everybody, ...orders]), read);

  test('is what was bought most beyond the mix of the shop', async () => {
    const habits = await among(
      order('cake-lover', 9, [
        bread,
        bread,
        bread,
        { category: 'cake' },
        { category: 'cake' },
        { category: 'cake' },
      ]),
      order('bread-lover', 9, [...numbered(9).map(() => bread), { category: 'tea' }]),
    );
    expect(of(habits, 'cake-lover').category).toBe('cake');
    expect(of(habits, 'bread-lover').category).toBe('bread');
    expect(of(habits, 'cake-lover').categoryShare).toBeLessThan(0.5);
    expect(of(habits, 'cake-lover').categoryShare).toBeGreaterThan(0.125);
    // Half of what little is not bread.
    expect(of(habits, 'c0').category).toBe('cake');
  });

  test('may have any name', async () => {
    const odd = { category: `it's {as_of}; DROP TABLE orders;-- "?" $1` };
    const lovers = numbered(12).map(i => order(`odd${i}`, 9, [odd, odd]));
    expect(of(await among(...lovers), 'odd3').category).toBe(odd.category);
  });

  test('is never one that tells of a protected trait, nor one of a few persons', async () => {
    const few = numbered(9).map(i =>
      order(`few${i}`, 3, [{ category: 'model trains' }, { category: 'cake' }]),
    );
    const many = numbered(30).map(i => order(`many${i}`, 3, [{ category: 'Pharmacy' }, { category: 'tea' }]));
    const habits = await among(...few, ...many, order('only', 2, [{ category: 'Pharmacy' }]));
    expect(new Set(habits.favouriteCategory)).toEqual(new Set(['bread', 'cake', 'tea', null]));
    expect(of(habits, 'few0').category).toBe('cake');
    expect(of(habits, 'many0').category).toBe('tea');
    expect(of(habits, 'only')).toMatchObject({ category: null, categoryShare: Number.NaN });
  });

  test('is never one that is blocked, of which lines count for nothing', async () => {
    const bakers = numbered(30).map(i => order(`b${i}`, 3, [{ category: 'cake' }, { category: 'tea' }]));
    const others = numbered(40).map(i => order(`o${i}`, 3, [bread, { category: 'tea' }]));
    const shop = shopOf([...bakers, ...others]);
    const all = await withShop(shop, warehouse => read(warehouse));
    expect(new Set(all.favouriteCategory)).toEqual(new Set(['bread', 'cake']));
    const blocked = await withShop(shop, warehouse => read(warehouse, undefined, ['CAKE']));
    expect(new Set(blocked.favouriteCategory)).toEqual(new Set(['bread', 'tea']));
    expect(of(blocked, 'b3').category).toBe('tea');
  });

  test("is nobody's where most lines name none, or all the same", async () => {
    const unnamed = numbered(200).map(i => order(`u${i}`, 3, [{ category: null }, { category: '' }]));
    expect(new Set((await among(...unnamed)).favouriteCategory)).toEqual(new Set([null]));
    const same = await withShop(shopOf(numbered(20).map(i => order(`s${i}`, 3, [bread]))), read);
    expect(new Set(same.favouriteCategory)).toEqual(new Set([null]));
  });
});

describe('replenishment', () => {
  const every = (profile: string, gap: number, thing: Row, last = 10) =>
    numbered(8).map(k => order(profile, last + gap * k, [thing]));

  test('tells the product under its usual name, and when it is due', async () => {
    const beans = { sku: 'B1', product: 'House beans' };
    const habits = await withShop(
      shopOf([
        ...every('steady', 30, beans),
        order('other', 50, [{ sku: 'B1', product: 'AAA damaged' }]),
        order('other', 50, [{ sku: 'M1', product: 'Mug' }]),
        ...every('unnamed', 20, { sku: 'X9' }, 25),
        ...every('gone', 20, { product: 'Tea' }, 70),
      ]),
      read,
    );
    expect(of(habits, 'steady')).toMatchObject({ product: 'House beans', dueIn: 20 });
    expect(of(habits, 'unnamed')).toMatchObject({ product: 'X9', dueIn: -5 });
    expect(of(habits, 'gone')).toMatchObject({ product: null, dueIn: Number.NaN });
    expect(of(habits, 'other').product).toBeNull();
  });

  test('counts a day once, and no order that was cancelled or came later', async () => {
    const beans = { sku: 'B1', product: 'House beans' };
    const habits = await withShop(
      shopOf([
        ...every('steady', 30, beans),
        order('steady', 10, [beans]),
        order('steady', 4, [beans], { status: 'cancelled' }),
        order('steady', -2, [beans]),
      ]),
      read,
    );
    expect(of(habits, 'steady').dueIn).toBe(20);
  });

  test('names no product that tells of a protected trait, or is blocked, by its name or category', async () => {
    const habits = await withShop(
      shopOf([
        ...every('a', 30, { sku: 'P1', product: 'Insulin' }),
        ...every('b', 30, { sku: 'P2', product: 'Knee brace', category: 'pharmacy & health' }),
        ...every('b', 40, { sku: 'P3', product: 'Coffee', category: 'coffee' }),
      ]),
      read,
    );
    expect(habits.replenishProduct).toEqual([null, 'Coffee']);
    const blocked = await withShop(
      shopOf([
        ...every('a', 30, { sku: 'P1', product: 'Rose water' }),
        ...every('b', 30, { sku: 'P2', product: 'Chestnuts', category: 'Feast days' }),
        ...every('c', 40, { sku: 'P3', product: 'Coffee', category: 'coffee' }),
      ]),
      warehouse => read(warehouse, undefined, ['feast days', 'Rose Water']),
    );
    expect(blocked.replenishProduct).toEqual([null, null, 'Coffee']);
  });
});
