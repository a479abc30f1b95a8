import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRejects } from '../../src/sources/rejects.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

test('stays, plans and renewals may lie ahead, the booking itself not', async () => {
  const header = 'order_id,customer_id,ordered_at,total,stay_from,stay_to,Party Size,plan_tier,renews_at';
  const report = await shop.import(
    await shop.file(
      'orders.csv',
      [
        header,
        'a,C1,2026-11-20,240.00,2027-07-03,2027-07-10,4,,',
        'b,C1,2026-11-20,12.00,,,,2,2028-11-20T00:00:00Z',
        'c,C1,2027-01-01,10.00,2027-07-03,2027-07-10,4,,',
        'd,C1,2026-11-20,10.00,2027-07-10,2027-07-03,4,,',
        'e,C1,2026-11-20,10.00,2057-07-10,2057-07-13,4,,',
        'f,C1,2026-11-20,10.00,2027-07-03,2027-07-10,-1,-2,',
        '',
      ].join('\n'),
    ),
  );
  expect(report.files[0]).toMatchObject({ format: 'canonical', rowsIn: 6, stored: 2, rejected: 4 });
  expect(
    await shop.query(
      'SELECT order_id, stay_from, stay_to, party_size, plan_tier, renews_at FROM orders ORDER BY order_id',
    ),
  ).toEqual([
    {
      order_id: 'a',
      stay_from: '2027-07-03T00:00:00Z',
      stay_to: '2027-07-10T00:00:00Z',
      party_size: 4,
      plan_tier: null,
      renews_at: null,
    },
    {
      order_id: 'b',
      stay_from: null,
      stay_to: null,
      party_size: null,
      plan_tier: 2,
      renews_at: '2028-11-20T00:00:00Z',
    },
  ]);
  const rows = await listRejects(shop.warehouse, { limit: 10 });
  expect(rows.map(({ reason }) => reason)).toEqual([
    'ordered_at is before 1990 or after the day of import',
    'stay_to is before stay_from',
    'stay_from is before 1990 or more than twenty years ahead',
    'Party Size is negative',
  ]);
});

test('an account has a size, which is not below zero', async () => {
  const report = await shop.import(
    await shop.file('customers.csv', 'customer_id,account_size\na,250\nb,-1\n'),
  );
  expect(report.files[0]).toMatchObject({ format: 'canonical', stored: 1, rejected: 1 });
  expect(await shop.query('SELECT customer_id, account_size FROM customers')).toEqual([
    { customer_id: 'a', account_size: 250 },
  ]);
});
