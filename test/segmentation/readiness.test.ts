import { describe, expect, test } from 'vitest';
import { readiness } from '../../src/segmentation/readiness.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { ordersAt } from '../features/cases.ts';
import { randomShop } from '../features/random-shop.ts';
import { type Shop, stock, withShop } from '../features/shop.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const ready = (shop: Shop, asOf?: string) => withShop(shop, warehouse => readiness(warehouse, asOf));
const who = (name: string) => ({ source: 'shop', customer_id: name, profile_id: `shop/${name}` });

/** As many buyers with an order each on the given days in turn. */
function buyers(count: number, days: readonly string[]): Shop {
  return {
    orders: Array.from(
      { length: count },
      (_, i) => ordersAt(who(`c${i}`), [`${days[i % days.length]} 10:00:00`])[0]!,
    ),
  };
}

describe('the verdict', () => {
  test('is enough from 5,000 buyers and three months on', async () => {
    const { verdict, months } = await ready(buyers(5000, ['2024-01-01', '2024-03-31']));
    expect(months).toBe(3);
    expect(verdict).toEqual({ enough: true, why: [] });
  });

  test('sends fewer buyers to classical RFM', async () => {
    const { verdict } = await ready(buyers(4999, ['2023-01-01', '2024-03-31']));
    expect(verdict.enough).toBe(false);
    expect(verdict.why).toEqual([
      '4,999 customers have bought; below 5,000, classical RFM segments serve better.',
    ]);
  });

  test('sends a shorter history to classical RFM', async () => {
    const { verdict } = await ready(buyers(5000, ['2024-01-01', '2024-03-01']));
    expect(verdict.why).toEqual([
      'The orders span 2 months; below 3 months, classical RFM segments serve better.',
    ]);
  });

  test('says both of an empty store', async () => {
    const found = await ready({});
    expect(found).toMatchObject({
      asOf: null,
      months: 0,
      currency: null,
      customers: { profiles: 0, buyers: 0, withoutOrders: 0 },
    });
    expect(found.verdict.why).toHaveLength(2);
    expect(found.classes.every(({ present }) => !present)).toBe(true);
    expect(found.tables.every(({ rows }) => rows === 0)).toBe(true);
  });
});

describe('what there is', () => {
  const shop: Shop = {
    customers: [
      { ...who('a'), email: 'a@example.com', created_at: '2024-01-01 00:00:00' },
      { ...who('b'), created_at: '2024-01-02 00:00:00' },
      { ...who('never bought') },
      { ...who('later'), created_at: '2024-06-01 00:00:00' },
    ],
    orders: [
      ...ordersAt(who('a'), ['2024-01-05 10:00:00', '2024-02-10 10:00:00'], 10, {
        currency: 'GBP',
        channel: 'web',
      }),
      ...ordersAt(who('b'), ['2024-02-03 10:00:00'], 10, { currency: null }),
      ...ordersAt(who('gone'), ['2024-02-20 10:00:00'], 10, { status: 'cancelled', currency: 'EUR' }),
      ...ordersAt(who('later'), ['2024-06-20 10:00:00'], 10, { currency: 'USD' }),
    ],
    identities: [{ source: 'mail', source_id: 'x', profile_id: 'mail/x', reason: 'new' }],
  };

  test('is counted as of the date', async () => {
    const found = await ready(shop, '2024-03-01');
    expect(found.customers).toEqual({ profiles: 5, buyers: 2, withoutOrders: 3 });
    expect(found.orders).toEqual({
      purchases: 3,
      notPurchases: 1,
      span: { first: '2024-01-05', last: '2024-02-10', odd: { before: 0, after: 0 } },
    });
    expect(found.currencies).toEqual([
      { currency: 'GBP', orders: 2 },
      { currency: null, orders: 1 },
    ]);
    expect(found.currency).toBe('GBP');
  });

  test('looks from the day after the last order where no date is given', async () => {
    const found = await ready(shop);
    expect(found.asOf).toBe('2024-06-21');
    expect(found.currency).toBeNull();
    expect(found.notes).toEqual([expect.stringContaining('several currencies')]);
  });

  test('shows blanks', async () => {
    const { tables } = await ready(shop, '2024-03-01');
    const blank = (table: string, column: string) =>
      tables.find(item => item.table === table)!.blanks.find(item => item.column === column)!.share;
    // Three customers are known by then: two with a date before it, one without a date.
    expect(blank('customers', 'email')).toBeCloseTo(2 / 3, 12);
    expect(blank('customers', 'created_at')).toBeCloseTo(1 / 3, 12);
    expect(blank('orders', 'channel')).toBe(1 / 2);
    expect(blank('orders', 'total')).toBe(0);
  });

  test('names what is missing, and what it would bring', async () => {
    const { classes } = await ready(shop);
    const browse = classes.find(item => item.class === 'browse')!;
    expect(browse).toMatchObject({
      present: false,
      available: [],
      brings: expect.stringContaining('abandoned carts'),
    });
    expect(browse.missing[0]).toEqual({
      id: 'sessions',
      label: 'visits in the last 180 days',
      why: 'there are no visits to the site among the events',
    });
    expect(classes.find(item => item.class === 'transaction')!.present).toBe(true);
  });

  test('notes orders dated years away from all others', async () => {
    const times = Array.from({ length: 20 }, (_, i) => `2024-02-${String(i + 1).padStart(2, '0')} 10:00:00`);
    const found = await ready({ orders: ordersAt(who('a'), [...times, '1970-01-01 00:00:00']) });
    expect(found.months).toBe(0.7);
    expect(found.notes).toEqual([
      expect.stringMatching(
        /^1 order is dated years away from all others, which span 2024-02-01 to 2024-02-20\./,
      ),
    ]);
  });

  test('adds up the imports', async () => {
    const file = { import_id: 'i', file: 'orders.csv' };
    const { imports, notes } = await ready({
      imports: [
        { ...file, rows_in: 100, stored: 60, rejected: 30, already_there: 10 },
        { ...file, import_id: 'j', rows_in: 100, stored: 0, rejected: 0, already_there: 100 },
      ],
      rejects: [
        ...Array.from({ length: 4 }, (_, i) => ({
          ...file,
          row_number: i,
          reason: 'repeats an earlier row exactly',
        })),
        { ...file, row_number: 9, reason: 'no customer' },
      ],
    });
    expect(imports).toEqual({
      files: 1,
      rowsIn: 200,
      stored: 60,
      rejected: 30,
      alreadyThere: 110,
      duplicateShare: 114 / 200,
      reasons: [
        { reason: 'repeats an earlier row exactly', rows: 4 },
        { reason: 'no customer', rows: 1 },
      ],
    });
    expect(notes).toEqual(['15 % of the imported rows were rejected; `kindred rejects` shows why.']);
  });
});

test('both stores say the same', async () => {
  const shop = randomShop(8, 60);
  const postgres = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(postgres, shop);
    expect(await readiness(postgres)).toEqual(await ready(shop));
  } finally {
    await postgres.close();
  }
});
