import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../../../src/config.ts';
import { sealedSecrets } from '../../../../src/connections/connection.ts';
import { type PullingApp, syncIn } from '../../../../src/sources/pull/sync-in.ts';
import { openState, type State } from '../../../../src/state/state.ts';
import { createTurns } from '../../../../src/turns.ts';
import { freshDatabase } from '../../../support/fresh-database.ts';
import { type MockShopify, mockShopify } from '../../../support/vendors/shopify/mock-shopify.ts';
import { type MockOrder, nameOf, refundedOf } from '../../../support/vendors/shopify/rows.ts';
import { virtualPlatform } from '../../../support/vendors/virtual-platform.ts';
import { openShop, type Shop } from '../../shop.ts';
import { smallShop } from './small-shop.ts';

const noon = '2026-05-01T12:00:00.000Z';

let warehouse: Shop;
let state: State;
let shop: MockShopify;

beforeEach(async () => {
  warehouse = await openShop();
  state = await openState({ dataDir: '/nowhere', url: await freshDatabase() });
});
afterEach(async () => {
  expect(shop.refused).toEqual([]);
  await shop.close();
  await state.close();
  await warehouse.close();
});

async function connected(): Promise<PullingApp> {
  const at = noon;
  shop = await mockShopify({ now: () => new Date(at), ...smallShop() });
  const config = readConfig({ KINDRED_KEY: '1'.repeat(64) }, '/nowhere');
  const { name, vendor, settings } = shop.connection;
  await state.connections.put(
    {
      name,
      vendor,
      settings,
      secrets: sealedSecrets(config.key, shop.connection),
      account: 'Test shop',
      createdAt: at,
      createdBy: 'ada',
    },
    { at, actor: 'ada' },
  );
  return {
    config,
    now: () => new Date(at),
    pacers: new Map(),
    pulling: new Set(),
    state: async () => state,
    warehouse: async () => warehouse.warehouse,
    turns: createTurns(),
  };
}

/** What both a file and a pull tell, by id. */
const told = {
  customers: `SELECT customer_id, email, phone, country, accepts_marketing FROM customers ORDER BY customer_id`,
  orders: `SELECT order_id, profile_id, ordered_at, total, currency, channel, discount, refunded, coupon_code, status
    FROM orders ORDER BY order_id`,
  lines: `SELECT line_id, order_id, sku, product, quantity, unit_price FROM order_lines ORDER BY line_id`,
};

it('stores rows as the files have them that the shop exports, and files find them there', async () => {
  const app = await connected();
  shop.orders = shop.orders.filter(
    ({ edited, test, customerId, email }) => !edited && !test && (customerId || email),
  );
  const signal = new AbortController().signal;
  const { connections } = await syncIn(app, { signal, platform: virtualPlatform(noon) });
  expect(connections[0]!.failed).toBeNull();
  const pulled: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(told)) pulled[name] = await warehouse.query(sql);
  await warehouse.file('customers.csv', customersFile());
  await warehouse.file('orders.csv', ordersFile());
  const report = await warehouse.import(warehouse.dir);
  // Guests and customers by their addresses join those that are known by their numbers.
  expect(report.files.map(({ tables }) => tables.order_lines ?? 0)).toContain(0);
  for (const [name, sql] of Object.entries(told)) {
    const both = await warehouse.query<{ customer_id?: string }>(sql);
    const ids = new Set(pulled[name]!.map(row => (row as { customer_id?: string }).customer_id));
    expect(name === 'customers' ? both.filter(row => ids.has(row.customer_id)) : both).toEqual(pulled[name]);
  }
});

const cells = (...values: (string | number | null | undefined)[]) =>
  `${values.map(value => (value == null ? '' : `"${value}"`)).join(',')}\n`;

function customersFile(): string {
  const rows = shop.customers
    .filter(({ email }) => email)
    .map(({ id, email, phone, country, emailState }) =>
      cells(id, email, emailState === 'SUBSCRIBED' ? 'yes' : 'no', country, phone, 'no'),
    );
  return `Customer ID,Email,Accepts Email Marketing,Default Address Country Code,Phone,Tax Exempt\n${rows.join('')}`;
}

function ordersFile(): string {
  const header =
    'Name,Email,Financial Status,Currency,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Country,Cancelled at,Refunded Amount,Source\n';
  const emailOf = (order: MockOrder) =>
    order.email ?? shop.customers.find(({ id }) => id === order.customerId)?.email;
  const rows = shop.orders.flatMap(order =>
    order.lines.map((line, i) => {
      const item = [line.quantity, line.name, line.price, line.sku];
      const blank = (count: number): null[] => Array(count).fill(null);
      if (i > 0) return cells(nameOf(order), emailOf(order), ...blank(6), ...item, ...blank(4));
      return cells(
        nameOf(order),
        emailOf(order),
        (order.financialStatus ?? 'PAID').toLowerCase(),
        'EUR',
        order.total,
        order.codes?.join(', '),
        order.discount ?? '0.00',
        order.at.replace('T', ' ').replace('Z', ' +0000'),
        ...item,
        order.country,
        order.cancelledAt?.replace('T', ' ').replace('Z', ' +0000'),
        refundedOf(order),
        order.source ?? 'web',
      );
    }),
  );
  return header + rows.join('');
}

it('killed at every request, comes to what it would have come to, with one bulk operation for each kind', async () => {
  const app = await connected();
  const whole = virtualPlatform(noon);
  await syncIn(app, { signal: whole.signal, platform: whole });
  const content = async () =>
    (await warehouse.dump())
      .filter(row => !row.startsWith('imports') && !row.startsWith('identities'))
      .sort();
  const expected = await content();
  const identities = await warehouse.query('SELECT * FROM identities ORDER BY source, source_id');
  expect(expected.length).toBeGreaterThan(15);
  for (const table of [
    'customers',
    'orders',
    'order_lines',
    'events',
    'consents',
    'identities',
    'versions',
    'imports',
  ])
    await warehouse.query(`DELETE FROM ${table}`);
  await state.pulls.reset('shopify');
  shop.bulks.expire();
  const before = shop.bulks.all().length;
  let kills = 0;
  for (let ended = false; !ended; ) {
    const killing = new AbortController();
    // What was pulled to its end is looked at anew by each try, so that some have to live longer to come any further.
    let left = 1 + (kills % 9);
    const platform = {
      ...virtualPlatform(noon, killing.signal),
      fetch: (...args: Parameters<typeof fetch>) => {
        if (!String(args[0]).includes('oauth') && left-- <= 0) killing.abort(new Error('killed'));
        return fetch(...args);
      },
    };
    try {
      await syncIn(app, { signal: killing.signal, platform });
      ended = true;
    } catch (error) {
      expect(String(error)).toContain('killed');
      kills++;
    }
    if (kills > 200) break;
  }
  expect(kills).toBeGreaterThan(5);
  expect(kills).toBeLessThan(200);
  expect(await content()).toEqual(expected);
  expect(await warehouse.query('SELECT * FROM identities ORDER BY source, source_id')).toEqual(identities);
  expect(shop.bulks.all().length - before).toBe(3);
});
