import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cursor, Page } from '../../../src/sources/pull/source.ts';
import { storePulled } from '../../../src/sources/pull/store.ts';
import { woocommerce } from '../../../src/sources/vendors/woocommerce/source.ts';
import { woocommerceVendor } from '../../../src/vendors/woocommerce.ts';
import { connections } from '../../support/vendors/others/connections.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';
import {
  type MockWoocommerce,
  mockWoocommerce,
  orderOf,
} from '../../support/vendors/woocommerce/mock-woocommerce.ts';
import { openShop, type Shop } from '../shop.ts';

let mock: MockWoocommerce;
beforeEach(async () => {
  mock = await mockWoocommerce();
});
afterEach(() => mock.close());

async function pulled(name: string, { cursor = null as Cursor | null, most = 999, size = 100 } = {}) {
  const pages: Page[] = [];
  const stream = woocommerce.streams.find(one => one.name === name)!;
  for await (const page of stream.pull(connections.woocommerce(mock.url, size), cursor, virtualPlatform())) {
    pages.push(page);
    if (pages.length === most) break;
  }
  return pages;
}

const rows = (pages: readonly Page[], table: 'customers' | 'orders' | 'order_lines') =>
  pages.flatMap(page => page.rows[table] ?? []);

async function stored(shop: Shop, pages: readonly Page[], source = 'shop') {
  for (const page of pages)
    await storePulled(shop.warehouse, {
      source,
      format: 'pulled',
      rows: page.rows,
      at: '2026-11-22T09:00:00.000Z',
      suppression: null,
    });
}

test('reads customers in the order of their ids, and goes on at the page where it stopped', async () => {
  for (let id = 1; id <= 25; id++)
    mock.customers.push({
      id,
      email: `C${id}@X.org`,
      date_created_gmt: '2025-05-01T08:00:00',
      billing: { phone: '0044 20 7946 0000', country: 'GB' },
    });
  const first = await pulled('customers', { size: 10, most: 2 });
  expect(first[0]).toMatchObject({ received: 10, expected: 25 });
  expect(first[0]!.rows.customers![0]).toEqual({
    customer_id: '1',
    email: 'c1@x.org',
    phone: '+442079460000',
    country: 'GB',
    created_at: '2025-05-01T08:00:00Z',
  });
  const rest = await pulled('customers', { size: 10, cursor: first.at(-1)!.cursor });
  const ids = [...rows(first, 'customers'), ...rows(rest, 'customers')].map(row => row.customer_id);
  expect(new Set(ids).size).toBe(25);
  expect(await pulled('customers', { size: 10, cursor: rest.at(-1)!.cursor })).toHaveLength(3);
});

test('an order with its line, coupon and category; its guest is the billing e-mail', async () => {
  mock.categories.set(1, 'Kitchen');
  mock.orders.push(orderOf(1, { coupon_lines: [{ code: 'AUTUMN' }], created_via: 'Store-API' }));
  const [page] = await pulled('orders');
  expect(page!.rows).toEqual({
    customers: [
      {
        customer_id: 'guest1@x.org',
        email: 'guest1@x.org',
        country: 'DE',
        changed_at: '2026-01-01T00:01:00Z',
      },
    ],
    orders: [
      {
        order_id: '1',
        customer_id: 'guest1@x.org',
        ordered_at: '2026-01-01T00:01:00Z',
        total: '25.00',
        currency: 'EUR',
        channel: 'store-api',
        discount: '1.5000',
        refunded: '0.0000',
        refunded_at: null,
        coupon_code: 'AUTUMN',
        status: 'completed',
        changed_at: '2026-01-01T00:01:00Z',
      },
    ],
    order_lines: [
      {
        line_id: '["1","10",1]',
        order_id: '1',
        sku: 'MUG',
        product: 'Mug',
        category: 'Kitchen',
        quantity: '2',
        unit_price: '10.0000',
        returned_quantity: '0',
      },
    ],
  });
});

test('refunds: how much, when, and which lines came back', async () => {
  mock.orders.push(
    orderOf(1, {
      refunds: [
        { id: 5, total: '-10.00' },
        { id: 6, total: '-0.55' },
      ],
      status: 'refunded',
    }),
  );
  const line = (quantity: number) => ({ quantity, meta_data: [{ key: '_refunded_item_id', value: '10' }] });
  mock.refunds.set(1, [
    { id: 5, date_created_gmt: '2026-02-01T10:00:00', line_items: [line(-1)] },
    { id: 6, date_created_gmt: '2026-01-20T10:00:00', line_items: [] },
  ]);
  const [page] = await pulled('orders');
  expect(page!.rows.orders![0]).toMatchObject({ refunded: '10.5500', refunded_at: '2026-02-01T10:00:00Z' });
  expect(page!.rows.order_lines![0]).toMatchObject({ returned_quantity: '1' });
});

test('accounts are known by their id, guests without e-mail by phone, and orders of nobody are left out', async () => {
  mock.orders.push(
    orderOf(1, { customer_id: 9 }),
    orderOf(2, { billing: { email: '', phone: '+49 171 5550100' } }),
    orderOf(3, { billing: { email: 'no address', phone: '12' } }),
  );
  const [page] = await pulled('orders');
  expect(page!.rows.orders!.map(row => row.customer_id)).toEqual(['9', '+491715550100']);
  expect(page!.rows.customers!.map(row => row.customer_id)).toEqual(['+491715550100']);
  expect(page!.leftOut).toEqual([{ reason: expect.stringMatching(/^no customer/), records: 1 }]);
  expect(page!.received).toBe(3);
});

test('orders that were never paid are no purchases, nor are those in the bin', async () => {
  mock.orders.push(
    orderOf(1, { status: 'pending' }),
    orderOf(2, { status: 'on-hold' }),
    orderOf(3, { status: 'trash' }),
  );
  expect(rows(await pulled('orders'), 'orders').map(row => row.status)).toEqual(['voided', 'on-hold']);
  expect(rows(await pulled('binned-orders'), 'orders')).toMatchObject([{ order_id: '3', status: 'voided' }]);
});

test('misses nothing while orders change under the pages', async () => {
  for (let id = 1; id <= 60; id++) mock.orders.push(orderOf(id));
  const later = (n: number) => new Date(Date.UTC(2026, 5, 1) + n * 60_000).toISOString().slice(0, 19);
  // With each answer an early order is edited: it moves to the end, and every page shifts.
  mock.meanwhile = asked => {
    const order = mock.orders[asked % 60]!;
    if (asked < 30) order.date_modified_gmt = later(asked);
  };
  const pages = await pulled('orders', { size: 7 });
  expect(new Set(rows(pages, 'orders').map(row => row.order_id)).size).toBe(60);
});

test('pages through orders that were all changed in one second, once each, and ends', async () => {
  for (let id = 1; id <= 33; id++)
    mock.orders.push(orderOf(id, { date_modified_gmt: '2026-03-01T12:00:00' }));
  const pages = await pulled('orders', { size: 10 });
  const ids = rows(pages, 'orders').map(row => row.order_id);
  expect(ids).toHaveLength(33);
  expect(new Set(ids).size).toBe(33);
  expect(pages.reduce((sum, { received }) => sum + received, 0)).toBe(33);
});

test('goes on from any stored cursor without missing an order', async () => {
  for (let id = 1; id <= 40; id++)
    mock.orders.push(
      orderOf(id, { date_modified_gmt: `2026-03-01T12:00:${String(Math.floor(id / 9)).padStart(2, '0')}` }),
    );
  const whole = await pulled('orders', { size: 6 });
  for (let stop = 1; stop < whole.length; stop++) {
    const first = await pulled('orders', { size: 6, most: stop });
    const rest = await pulled('orders', { size: 6, cursor: first.at(-1)!.cursor });
    const ids = [...rows(first, 'orders'), ...rows(rest, 'orders')].map(row => row.order_id);
    expect(new Set(ids).size).toBe(40);
  }
});

test('rides out a host that is busy, fails and drops connections', async () => {
  for (let id = 1; id <= 30; id++) mock.orders.push(orderOf(id));
  mock.faults.push('busy', 'error', 'drop before', 'none', 'drop after', 'error after', 'busy');
  expect(rows(await pulled('orders', { size: 10 }), 'orders').length).toBeGreaterThanOrEqual(30);
});

test('a guest and the same guest in a file are one, and pulling again changes nothing', async () => {
  const shop = await openShop();
  await shop.file(
    'orders.csv',
    'Order Number,Order Status,Order Date,Email (Billing),Order Total,SKU,Item Name,Item ID,Quantity,Item Cost\n900,wc-completed,2026-01-01 10:00:00,guest1@x.org,9,MUG,Mug,1,1,9\n',
  );
  await shop.import(`${shop.dir}/orders.csv`);
  mock.customers.push({ id: 9, email: 'guest2@x.org', date_created_gmt: '2025-05-01T08:00:00', billing: {} });
  mock.orders.push(orderOf(1), orderOf(2), orderOf(3, { customer_id: 9 }));
  const pages = [...(await pulled('customers')), ...(await pulled('orders'))];
  await stored(shop, pages);
  const profiles = await shop.query<{ profile: string; orders: number }>(
    'SELECT profile_id AS profile, count(*) AS orders FROM orders GROUP BY 1 ORDER BY 1',
  );
  expect(profiles.map(({ orders }) => Number(orders))).toEqual([2, 2]);
  const before = await shop.dump();
  await stored(shop, pages);
  expect(await shop.dump()).toEqual(before);
  await shop.close();
});

test('tells the shop and how many orders it has, and what a wrong key comes to', async () => {
  mock.orders.push(orderOf(1));
  const connection = connections.woocommerce(mock.url);
  expect((await woocommerceVendor.test(connection, virtualPlatform())).account).toMatch(/\(1 orders\)$/);
  const wrong = { ...connection, secrets: { consumer_key: 'ck_x', consumer_secret: 'cs_x' } };
  await expect(woocommerceVendor.test(wrong, virtualPlatform())).rejects.toMatchObject({
    mender: 'operator',
  });
});
