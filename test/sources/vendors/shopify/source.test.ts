import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { CanonicalRow } from '../../../../src/sources/pull/source.ts';
import { told } from '../../../../src/sources/vendors/shopify/from-webhook.ts';
import type { ReadRecords } from '../../../../src/sources/vendors/shopify/rows.ts';
import {
  type MockOptions,
  type MockShopify,
  mockShopify,
} from '../../../support/vendors/shopify/mock-shopify.ts';
import type { MockCheckout, MockCustomer, MockOrder } from '../../../support/vendors/shopify/rows.ts';
import { orderMessage } from '../../../support/vendors/shopify/webhooks.ts';
import { virtualPlatform } from '../../../support/vendors/virtual-platform.ts';
import { nothingStored, pull, rowsOf } from './pulled.ts';
import { smallShop } from './small-shop.ts';

let shop: MockShopify;

async function open(options: MockOptions = smallShop()) {
  const platform = virtualPlatform('2026-05-01T12:00:00Z');
  shop = await mockShopify({ now: platform.now, ...options });
  return { platform, connection: shop.connection };
}

afterEach(async () => {
  const { refused } = shop;
  await shop.close();
  expect(refused).toEqual([]);
});

describe('a first pull', () => {
  it('tells customers and what they said of marketing, silence being no consent', async () => {
    const { platform, connection } = await open();
    const stored = await pull('customers', nothingStored(), connection, platform);
    expect(rowsOf(stored, 'customers')).toEqual([
      {
        customer_id: '11',
        changed_at: '2026-01-01T10:00:00Z',
        email: 'ann@example.com',
        phone: '+491701234567',
        country: 'DE',
        created_at: '2026-01-01T10:00:00Z',
        accepts_marketing: true,
      },
      {
        customer_id: '12',
        changed_at: '2026-02-01T10:00:00Z',
        email: 'bob@example.com',
        phone: null,
        country: 'AT',
        created_at: '2026-02-01T10:00:00Z',
        accepts_marketing: false,
      },
      {
        customer_id: '13',
        changed_at: '2026-03-01T10:00:00Z',
        email: null,
        phone: '+431234567',
        country: null,
        created_at: '2026-03-01T10:00:00Z',
        accepts_marketing: null,
      },
    ]);
    expect(
      rowsOf(stored, 'consents').map(row => [row.customer_id, row.channel, row.state, row.stated_at]),
    ).toEqual([
      ['11', 'email', 'granted', '2026-01-02T10:00:00Z'],
      ['11', 'sms', 'denied', '2026-02-02T10:00:00Z'],
      ['13', 'sms', 'pending', '2026-03-01T10:00:00Z'],
    ]);
  });

  it('tells orders, what came back of them and when, and why some are none', async () => {
    const { platform, connection } = await open();
    const stored = await pull('orders', nothingStored(), connection, platform);
    expect(rowsOf(stored, 'orders')).toMatchObject([
      {
        order_id: '#1001',
        customer_id: '11',
        ordered_at: '2026-04-01T09:00:00Z',
        total: '59.90',
        currency: 'EUR',
        discount: '5.00',
        refunded: '9.90',
        refunded_at: '2026-04-10T09:00:00Z',
        coupon_code: 'SPRING',
        channel: 'web',
        status: 'partially_refunded',
      },
      { order_id: '#1002', refunded: '20.00', refunded_at: '2026-04-09T09:00:00Z', channel: 'market place' },
      { order_id: '#1003', customer_id: 'guest@example.com', channel: 'pos', refunded_at: null },
      { order_id: '#1004', status: 'cancelled' },
    ]);
    expect(
      rowsOf(stored, 'order_lines').map(row => [
        row.line_id,
        row.quantity,
        row.returned_quantity,
        row.returned_at,
        row.category,
      ]),
    ).toEqual([
      ['["#1001","Gift wrap",1]', 1, 0, null, null],
      ['["#1001","MUG",1]', 2, 1, '2026-04-10T09:00:00Z', 'Kitchen'],
      ['["#1001","MUG",2]', 1, 0, null, 'Kitchen'],
      ['["#1002","POT",1]', 3, 2, '2026-04-09T09:00:00Z', 'Kitchen'],
      ['["#1003","CUP",1]', 1, 0, null, null],
      ['["#1004","CUP",1]', 1, 0, null, null],
    ]);
    expect(rowsOf(stored, 'customers')).toEqual([
      { customer_id: 'guest@example.com', email: 'guest@example.com', country: 'FR' },
    ]);
    expect(stored.received).toBe(6);
    expect([...stored.leftOut]).toEqual([
      ['a test order', 1],
      ['no customer: neither an account nor an e-mail nor a phone number', 1],
    ]);
  });

  it('tells checkouts that were left as events', async () => {
    const { platform, connection } = await open();
    const stored = await pull('checkouts', nothingStored(), connection, platform);
    expect(rowsOf(stored, 'events')).toEqual([
      {
        event_id: 'checkout 71',
        customer_id: '12',
        occurred_at: '2026-04-20T08:00:00Z',
        type: 'Checkout Started',
        sku: 'MUG',
        category: 'Kitchen',
        origin: 'shopify',
      },
    ]);
    expect([...stored.leftOut.values()]).toEqual([1]);
  });

  it.each(['as told', 'children first', 'mixed'] as const)(
    'reads a file whose lines stand %s',
    async order => {
      const { platform, connection } = await open({ ...smallShop(), order });
      const stored = await pull('orders', nothingStored(), connection, platform);
      expect(rowsOf(stored, 'order_lines')).toHaveLength(6);
      expect(stored.leftOut.size).toBe(2);
    },
  );

  it('of a shop without anything ends at once', async () => {
    const { platform, connection } = await open({});
    for (const name of ['customers', 'orders', 'checkouts']) {
      const stored = await pull(name, nothingStored(), connection, platform);
      expect(stored.received).toBe(0);
      expect(stored.cursor?.since).not.toBeNull();
    }
  });
});

describe('a bulk operation', () => {
  it('that runs is waited for after a kill, and not begun once more', async () => {
    const { platform, connection } = await open();
    const stored = await pull('orders', nothingStored(), connection, platform, 1);
    await pull('orders', stored, connection, platform);
    expect(rowsOf(stored, 'orders')).toHaveLength(4);
    expect(shop.bulks.all()).toHaveLength(1);
  });

  it('that began before a kill could note it is found again', async () => {
    const { platform, connection } = await open();
    await pull('orders', nothingStored(), connection, platform, 1);
    await pull('orders', nothingStored(), connection, platform);
    expect(shop.bulks.all()).toHaveLength(1);
  });

  it('whose file is not kept any more is begun anew', async () => {
    const { platform, connection } = await open();
    const stored = await pull('orders', nothingStored(), connection, platform, 1);
    shop.bulks.expire();
    await pull('orders', stored, connection, platform);
    expect(rowsOf(stored, 'orders')).toHaveLength(4);
    expect(shop.bulks.all()).toHaveLength(2);
  });

  it('waits for those of others to end', async () => {
    const { platform, connection } = await open();
    shop.bulks.occupy(4);
    const stored = await pull('orders', nothingStored(), connection, platform);
    expect(rowsOf(stored, 'orders')).toHaveLength(4);
    expect(platform.slept()).toBeGreaterThan(40_000);
  });

  it('that fails is begun again, and given up in the end', async () => {
    const { platform, connection } = await open();
    shop.bulks.fail('TIMEOUT');
    expect(rowsOf(await pull('orders', nothingStored(), connection, platform), 'orders')).toHaveLength(4);
    shop.bulks.fail('INTERNAL_SERVER_ERROR', 3);
    await expect(pull('customers', nothingStored(), connection, platform)).rejects.toThrow(
      'Shopify came to no result in bulk',
    );
  });

  it('that may not read says which command tells what is missing', async () => {
    const { platform, connection } = await open();
    shop.bulks.fail('ACCESS_DENIED');
    await expect(pull('orders', nothingStored(), connection, platform)).rejects.toMatchObject({
      mender: 'operator',
    });
  });
});

describe('what changed afterwards', () => {
  it('is asked for page by page, and nothing at a boundary is lost', async () => {
    const { platform, connection } = await open();
    const stored = await pull('orders', nothingStored(), connection, platform);
    const before = shop.bulks.all().length;
    const [first, , guest] = shop.orders;
    // At the very moment at which the bulk operation began, as the search may come to know of it late.
    guest!.updatedAt = '2026-05-01T12:00:00Z';
    guest!.financialStatus = 'REFUNDED';
    guest!.refunds = [
      { id: 504, at: '2026-05-01T12:00:00Z', amount: '12.00', lines: [{ line: 6, quantity: 1 }] },
    ];
    await pull('orders', stored, connection, platform);
    expect(stored.rows.orders!.get('#1003')).toMatchObject({ status: 'refunded', refunded: '12.00' });
    expect(stored.rows.order_lines!.get('["#1003","CUP",1]')).toMatchObject({ returned_quantity: 1 });
    // An edit takes a line out of an order.
    first!.edited = true;
    first!.lines[2]!.removed = 1;
    first!.updatedAt = '2026-05-01T12:10:00Z';
    await pull('orders', stored, connection, platform);
    expect([...stored.rows.order_lines!.keys()].filter(id => id.includes('#1001'))).toEqual([
      '["#1001","MUG",1]',
      '["#1001","MUG",2]',
    ]);
    expect(shop.bulks.all()).toHaveLength(before);
  });

  it('is asked for in bulk where it is long ago', async () => {
    const { platform, connection } = await open();
    const stored = await pull('orders', nothingStored(), connection, platform);
    shop.orders[3]!.updatedAt = '2026-06-01T12:00:00Z';
    await platform.sleep(60 * 86_400_000, platform.signal);
    const received = stored.received;
    await pull('orders', stored, connection, platform);
    expect(shop.bulks.all()).toHaveLength(2);
    expect(stored.received - received).toBe(1);
  });

  it('goes on behind the page that was stored before a kill', async () => {
    const { platform, connection } = await open();
    const stored = await pull('customers', nothingStored(), connection, platform);
    for (let i = 0; i < 250; i++)
      shop.customers.push({
        id: 1000 + i,
        email: `c${i}@example.com`,
        createdAt: new Date(Date.parse('2026-05-01T13:00:00Z') + i * 1000).toISOString(),
      });
    await pull('customers', stored, connection, platform, 1);
    expect(stored.cursor?.after).not.toBeNull();
    const asked = shop.requests.length;
    await pull('customers', stored, connection, platform);
    expect(rowsOf(stored, 'customers')).toHaveLength(253);
    expect(shop.requests.length - asked).toBe(2);
  });

  it('is not lost where pages that do not come by time of change are read over days', async () => {
    const { platform, connection } = await open();
    const stored = await pull('checkouts', nothingStored(), connection, platform);
    const lines = [{ id: 1, sku: 'MUG', quantity: 1 }];
    for (let i = 0; i < 150; i++)
      shop.checkouts.push({ id: 1000 + i, customerId: 11, at: '2026-05-01T13:00:00Z', lines });
    shop.checkouts.push({ id: 999, at: '2026-05-01T13:00:00Z', lines });
    await platform.sleep(2 * 3_600_000, platform.signal);
    await pull('checkouts', stored, connection, platform, 1);
    // The one that was read already gets a name, and others come after it.
    const named = shop.checkouts.find(({ id }) => id === 999)!;
    Object.assign(named, { customerId: 12, updatedAt: '2026-05-02T09:00:00Z' });
    shop.checkouts.push({ id: 2000, customerId: 11, at: '2026-05-02T12:00:00Z', lines });
    await platform.sleep(86_400_000, platform.signal);
    await pull('checkouts', stored, connection, platform);
    expect(stored.rows.events!.has('checkout 999')).toBe(false);
    await pull('checkouts', stored, connection, platform);
    expect(stored.rows.events!.get('checkout 999')).toMatchObject({ customer_id: '12' });
  });

  it('has all lines of a long order, and all that many refunds took back', async () => {
    const { platform, connection } = await open();
    const stored = await pull('orders', nothingStored(), connection, platform);
    const lines = Array.from({ length: 170 }, (_, i) => ({
      id: 5000 + i,
      sku: `S${i}`,
      name: `Thing ${i}`,
      price: '1.00',
      quantity: 2,
    }));
    shop.orders.push({
      id: 2000,
      customerId: 11,
      at: '2026-05-01T13:00:00Z',
      total: '340.00',
      lines,
      refunds: [
        {
          id: 601,
          at: '2026-05-01T14:00:00Z',
          amount: '120.00',
          lines: lines.slice(0, 120).map(({ id }) => ({ line: id, quantity: 1 })),
        },
        { id: 602, at: '2026-05-01T15:00:00Z', amount: '1.00', lines: [{ line: 5000, quantity: 1 }] },
      ],
    });
    await pull('orders', stored, connection, platform);
    const held = rowsOf(stored, 'order_lines').filter(({ order_id }) => order_id === '#2000');
    expect(held).toHaveLength(170);
    expect(held.reduce((sum, row) => sum + Number(row.returned_quantity), 0)).toBe(121);
    expect(stored.rows.order_lines!.get('["#2000","S0",1]')).toMatchObject({
      returned_quantity: 2,
      returned_at: '2026-05-01T15:00:00Z',
    });
  });
});

it('loses no change, whenever a record changes, is pulled and is broken off', async () => {
  const hour = fc.integer({ min: 0, max: 60 * 24 * 3 }).map(minutes => minutes * 60_000);
  const step = fc.record({
    wait: hour,
    change: fc.array(fc.nat(5), { maxLength: 4 }),
    pages: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('customers', 'orders', 'checkouts'),
      fc.array(step, { minLength: 1, maxLength: 6 }),
      async (name, steps) => {
        const { platform, connection } = await open();
        const rows = { customers: shop.customers, orders: shop.orders, checkouts: shop.checkouts }[name]!;
        const stored = nothingStored();
        for (const { wait, change, pages } of steps) {
          await pull(name, stored, connection, platform, pages);
          for (const i of change) {
            await platform.sleep(wait / 5, platform.signal);
            touched(rows[i % rows.length]!, platform.now().toISOString());
          }
          await platform.sleep(wait, platform.signal);
        }
        await pull(name, stored, connection, platform);
        await pull(name, stored, connection, platform);
        const anew = await pull(name, nothingStored(), connection, platform);
        for (const table of ['customers', 'orders', 'order_lines', 'events'] as const)
          expect(rowsOf(stored, table)).toEqual(rowsOf(anew, table));
        await shop.close();
        expect(shop.refused).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
  await open({});
}, 60_000);

/** Changes what can be told of it afterwards. */
function touched(row: MockCustomer | MockOrder | MockCheckout, at: string) {
  const change =
    'lines' in row
      ? 'total' in row
        ? { total: at }
        : { lines: [{ ...row.lines[0]!, sku: at }] }
      : { phone: `+49${Date.parse(at)}` };
  Object.assign(row, { updatedAt: at, ...change });
}

it.each(['1001', '1002', '1003', '1004', '1005', '1006'])(
  'order %s is the same rows by a message',
  async id => {
    const { platform, connection } = await open();
    shop.orders = shop.orders.filter(order => String(order.id) === id);
    const stored = await pull('orders', nothingStored(), connection, platform);
    const message = told('orders/updated', orderMessage(shop.orders[0]!)) as ReadRecords;
    const rows = structuredClone(message.rows);
    for (const table of ['orders', 'order_lines', 'customers'] as const) {
      const pulled = rowsOf(stored, table);
      expect(pulled).toMatchObject((rows[table] ?? []).map(inOneForm).sort(byId));
      expect(rows[table] ?? []).toHaveLength(pulled.length);
    }
    expect(message.leftOut).toEqual([...stored.leftOut].map(([reason, records]) => ({ reason, records })));
  },
);

/** Money to the cent, as the stores keep it. */
const inOneForm = ({ refunded, ...row }: CanonicalRow): CanonicalRow =>
  refunded === undefined ? row : { ...row, refunded: Number(refunded).toFixed(2) };
const byId = (a: CanonicalRow, b: CanonicalRow) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('a shop that is hard to reach', () => {
  it('is asked again, within its points, and with a new token where the old one has run out', async () => {
    const { platform, connection } = await open({ ...smallShop(), points: { most: 1000, perSecond: 50 } });
    shop.fault('throttled', 2);
    shop.fault(500);
    shop.fault('dropped');
    shop.fault('dropped after it was done');
    shop.fault('slow');
    shop.fault(429);
    const stored = await pull('orders', nothingStored(), connection, platform, 1);
    shop.expireTokens();
    await pull('orders', stored, connection, platform);
    expect(rowsOf(stored, 'orders')).toHaveLength(4);
    // Points that were used up came back meanwhile.
    expect(platform.slept()).toBeGreaterThan(500);
  });

  it('goes on with a download where it broke off', async () => {
    const { platform, connection } = await open();
    shop.breakDownloads(3);
    const stored = await pull('orders', nothingStored(), connection, platform);
    expect(rowsOf(stored, 'order_lines')).toHaveLength(6);
    expect(stored.received).toBe(6);
  });
});
