import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { sealedSecrets } from '../../src/connections/connection.ts';
import { KindredError } from '../../src/errors.ts';
import { answerDataRequests, dataRequested, dataRequests } from '../../src/rights/data-requests.ts';
import { needlesOf } from '../../src/rights/needles.ts';
import { addTrigger } from '../../src/segmentation/triggers/manage.ts';
import { openState, type State } from '../../src/state/state.ts';
import { createTurns } from '../../src/turns.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { attemptsOf } from '../../src/web/guesses.ts';
import { liveEvents } from '../../src/web/live-events.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Erase } from '../../src/web/shopify-privacy.ts';
import { shopifyRoute } from '../../src/web/shopify-route.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type MockShopify, mockShopify } from '../support/vendors/shopify/mock-shopify.ts';
import type { MockOrder } from '../support/vendors/shopify/rows.ts';
import {
  checkoutMessage,
  customerMessage,
  orderMessage,
  sendMessage,
} from '../support/vendors/shopify/webhooks.ts';

const now = () => new Date('2026-11-22T12:00:00Z');

let warehouse: Warehouse;
let state: State;
let shop: MockShopify;
let server: FastifyInstance;
let url: string;
let app: Parameters<typeof shopifyRoute>[1]['app'];
let erased: Parameters<Erase>[0][];
/** Milliseconds. */
let patience: number;

beforeEach(async () => {
  warehouse = await openDuckDb({ file: ':memory:' });
  state = await openState({ dataDir: '/nowhere', url: await freshDatabase() });
  shop = await mockShopify({ now });
  const config = readConfig({ KINDRED_KEY: '1'.repeat(64) }, '/nowhere');
  const { name, vendor, settings } = shop.connection;
  await state.connections.put(
    {
      name,
      vendor,
      settings,
      secrets: sealedSecrets(config.key, shop.connection),
      account: 'Test shop',
      createdAt: now().toISOString(),
      createdBy: 'ada',
    },
    { at: now().toISOString(), actor: 'ada' },
  );
  app = {
    state: async () => state,
    warehouse: async () => warehouse,
    config,
    now,
    turns: createTurns(),
    pacers: new Map(),
  };
  erased = [];
  patience = 3500;
  await start();
});

async function start() {
  server = fastify();
  server.setErrorHandler<Error>((error, _request, reply) => {
    const mender = error instanceof KindredError ? error.mender : 'us';
    const status = { asker: 400, operator: 503, upstream: 502, us: 500 }[mender];
    return reply.code(error instanceof Refusal ? error.status : status).send({ message: error.message });
  });
  const live = liveEvents(app, app.turns, () => server.log, new AbortController().signal);
  await server.register(async scope => {
    await scope.register(rateLimit, { global: false });
    const attempt = attemptsOf(scope, 30);
    // It waits for the stores, as erasing does.
    const erase: Erase = person =>
      app.turns.take('an erasure', async () => {
        erased.push(person);
      });
    await scope.register(shopifyRoute, { app, attempt, look: live.look, erase, patienceMs: patience });
  });
  url = await server.listen({ host: '127.0.0.1', port: 0 });
}

afterEach(async () => {
  await server.close();
  await app.turns.close();
  expect(shop.refused).toEqual([]);
  await shop.close();
  await warehouse.close();
  await state.close();
});

const order: MockOrder = {
  id: 1001,
  customerId: 11,
  email: 'ann@example.com',
  country: 'DE',
  at: '2026-11-20T09:00:00Z',
  total: '59.90',
  lines: [{ id: 1, sku: 'MUG', name: 'Mug', productType: 'Kitchen', price: '29.95', quantity: 2 }],
};

const send = (topic: string, payload: unknown, headers: Record<string, string> = {}) =>
  sendMessage(url, shop.connection, topic, payload, { headers });

/** In a turn of its own, as all that shares the store. */
const query = (sql: string) => app.turns.take('a look', () => warehouse.query(sql));

const orders = () =>
  query(
    `SELECT order_id, customer_id, status, CAST(refunded AS DOUBLE) AS refunded FROM orders ORDER BY order_id`,
  );

describe('a message that is not of the shop', () => {
  it('is refused, whatever is wrong with it', async () => {
    const headers = [
      { 'x-shopify-hmac-sha256': 'wrong' },
      { 'x-shopify-hmac-sha256': '' },
      { 'x-shopify-hmac-sha256': Buffer.alloc(32).toString('base64') },
    ];
    for (const one of headers)
      expect((await send('orders/create', orderMessage(order), one)).status).toBe(401);
    const other = { ...shop.connection, name: 'no-such' };
    expect((await sendMessage(url, other, 'orders/create', orderMessage(order))).status).toBe(401);
    expect(
      (await send('orders/create', orderMessage(order), { 'x-shopify-shop-domain': 'other.myshopify.com' }))
        .status,
    ).toBe(400);
    expect(await orders()).toEqual([]);
  });

  it('is one of the shop where the secret of its app signs it, also beside one that was typed in', async () => {
    const { secrets } = shop.connection;
    const ofApp = { ...shop.connection, secrets: { webhook_secret: secrets.client_secret! } };
    expect((await sendMessage(url, ofApp, 'orders/create', orderMessage(order))).status).toBe(200);
    const blank = { ...shop.connection, secrets: { webhook_secret: '' } };
    expect((await sendMessage(url, blank, 'orders/create', orderMessage(order))).status).toBe(401);
  });

  it('counts as an attempt, which does not shut out what is signed', async () => {
    const wrong = { 'x-shopify-hmac-sha256': 'wrong' };
    const answers = [];
    for (let i = 0; i < 32; i++) answers.push((await send('orders/create', {}, wrong)).status);
    expect(answers).toContain(429);
    expect((await send('orders/create', orderMessage(order))).status).toBe(200);
  });
});

describe('an order', () => {
  it('is stored with its lines, once, and an older message changes nothing', async () => {
    const paid = orderMessage({ ...order, updatedAt: '2026-11-20T10:00:00Z' });
    const refunded = orderMessage({
      ...order,
      updatedAt: '2026-11-21T10:00:00Z',
      financialStatus: 'PARTIALLY_REFUNDED',
      refunds: [{ id: 5, at: '2026-11-21T10:00:00Z', amount: '29.95', lines: [{ line: 1, quantity: 1 }] }],
    });
    for (const payload of [paid, refunded, paid, refunded])
      expect((await send('orders/updated', payload)).status).toBe(200);
    expect(await orders()).toEqual([
      { order_id: '#1001', customer_id: '11', status: 'partially_refunded', refunded: 29.95 },
    ]);
    const [line] = await query(
      'SELECT line_id, CAST(quantity AS DOUBLE) AS quantity, CAST(returned_quantity AS DOUBLE) AS returned FROM order_lines',
    );
    expect(line).toEqual({ line_id: '["#1001","MUG",1]', quantity: 2, returned: 1 });
  });

  it('has live triggers fire', async () => {
    const rule = '{"all":[{"type":"Order Completed","atLeast":1,"withinDays":7}]}';
    await addTrigger({ warehouse, state, now }, { rule, actor: 'ada' });
    await send('orders/create', orderMessage(order));
    await expect
      .poll(() => query('SELECT profile_id FROM trigger_members'), { timeout: 10_000, interval: 20 })
      .toEqual([{ profile_id: 'shopify/11' }]);
  });

  it('is asked for where a message tells a part of it', async () => {
    shop.orders = [
      {
        ...order,
        updatedAt: '2026-11-21T10:00:00Z',
        refunds: [{ id: 5, at: '2026-11-21T10:00:00Z', amount: '59.90', lines: [{ line: 1, quantity: 2 }] }],
        financialStatus: 'REFUNDED',
      },
    ];
    expect((await send('refunds/create', { id: 5, order_id: 1001 })).status).toBe(200);
    expect(await orders()).toMatchObject([{ order_id: '#1001', status: 'refunded', refunded: 59.9 }]);
    expect((await send('orders/edited', { order_edit: { order_id: 4711 } })).status).toBe(200);
  });

  it('that is a test is none', async () => {
    await send('orders/create', orderMessage({ ...order, test: true }));
    expect(await orders()).toEqual([]);
  });
});

describe('other messages', () => {
  it('tell customers, their consents and checkouts', async () => {
    const ann = { id: 11, email: 'ann@example.com', createdAt: '2026-01-01T00:00:00Z' };
    await send('customers/create', customerMessage({ ...ann, phone: '+491701234567' }));
    await send('customers_email_marketing_consent/update', {
      customer_id: 11,
      email_address: 'ann@example.com',
      email_marketing_consent: {
        state: 'unsubscribed',
        consent_updated_at: '2026-11-01T00:00:00Z',
      },
    });
    await send(
      'checkouts/create',
      checkoutMessage({
        id: 9,
        email: 'Ann@example.com',
        at: '2026-11-21T00:00:00Z',
        lines: [{ id: 1, sku: 'MUG', quantity: 1 }],
      }),
    );
    expect(await query("SELECT email, accepts_marketing FROM customers WHERE customer_id = '11'")).toEqual([
      { email: 'ann@example.com', accepts_marketing: false },
    ]);
    expect(await query('SELECT customer_id, channel, state FROM consents')).toEqual([
      { customer_id: '11', channel: 'email', state: 'denied' },
    ]);
    // Known by the e-mail.
    const [event] = await query('SELECT profile_id, type, sku FROM events');
    const [customer] = await query("SELECT profile_id FROM customers WHERE customer_id = '11'");
    expect(event).toEqual({ ...customer, type: 'Checkout Started', sku: 'MUG' });
  });

  it('do not take back a no by a yes that comes late', async () => {
    const said = (state: string, consent_updated_at: string) =>
      send('customers_email_marketing_consent/update', {
        customer_id: 11,
        email_marketing_consent: { state, consent_updated_at },
      });
    await said('not_subscribed', '2026-11-02T00:00:00Z');
    await said('subscribed', '2026-11-01T00:00:00Z');
    expect(await query('SELECT accepts_marketing FROM customers')).toEqual([{ accepts_marketing: false }]);
  });

  it('that cannot be read, or of which nothing is kept, are not sent for again', async () => {
    for (const [topic, payload] of [
      ['orders/create', { id: 1 }],
      ['orders/delete', { id: 1 }],
      ['app/uninstalled', {}],
      ['themes/publish', {}],
    ] as const) {
      const answer = await send(topic, payload);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ taken: false });
    }
  });

  it('are to be sent again while the store is not free, and nothing of them is lost', async () => {
    await server.close();
    patience = 150;
    await start();
    let free = () => {};
    const refresh = app.turns.take('a refresh', () => new Promise<void>(resolve => (free = resolve)));
    const answers = await Promise.all([
      send('orders/create', orderMessage(order)),
      send('customers/redact', { customer: { id: 11, email: 'ann@example.com' } }),
    ]);
    free();
    await refresh;
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await orders()).toEqual([]);
    // What is asked for people goes on by itself.
    expect(erased).toHaveLength(1);
    await server.close();
    patience = 3500;
    await start();
    expect((await send('orders/create', orderMessage(order))).status).toBe(200);
    expect(await orders()).toHaveLength(1);
  });

  it('that come together are stored each', async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ ...order, id: 2000 + i }));
    const answers = await Promise.all(many.map(one => send('orders/create', orderMessage(one))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await orders()).toHaveLength(40);
  });
});

describe('the privacy topics', () => {
  it('note once that a person wants to know what is held on them', async () => {
    const payload = {
      shop_id: 1,
      customer: { id: 11, email: 'ann@example.com', phone: '+491701234567' },
      orders_requested: [],
      data_request: { id: 99 },
    };
    for (let i = 0; i < 2; i++) expect((await send('customers/data_request', payload)).status).toBe(200);
    const noted = await state.audit.list([dataRequested]);
    expect(noted).toMatchObject([{ subject: 'shopify 99', details: { person: 'shopify/11' } }]);
    expect(JSON.stringify(noted)).not.toMatch(/ann|4917/);
    expect(await dataRequests(app)).toEqual([
      { at: now().toISOString(), connection: 'shopify', person: 'shopify/11' },
    ]);
    const later = () => new Date('2027-01-01T00:00:00Z');
    expect(await dataRequests({ ...app, now: later })).toEqual([]);
    await answerDataRequests(app, { ids: ['shopify/12'], by: 'ada' });
    expect(await dataRequests(app)).toHaveLength(1);
    await answerDataRequests(app, { ids: ['shopify/11'], by: 'ada' });
    expect(await dataRequests(app)).toEqual([]);
  });

  it('keep no number of a person who was erased', async () => {
    await send('customers/data_request', { customer: { id: 11, email: 'ann@example.com' } });
    const ids = [{ source: 'shopify', id: '11' }];
    const { words, redacted } = needlesOf({
      profileId: null,
      ids,
      emails: [],
      phones: [],
      external: [],
      orders: [],
    });
    await state.erasures.redact(words, redacted);
    const noted = await state.audit.list([dataRequested]);
    expect(noted).toHaveLength(1);
    expect(JSON.stringify(noted)).not.toContain('/11');
    expect(await dataRequests(app)).toEqual([]);
  });

  it('have a person erased', async () => {
    const payload = { customer: { id: 11, email: 'Ann@example.com', phone: null }, orders_to_redact: [1] };
    expect((await send('customers/redact', payload)).status).toBe(200);
    expect(erased).toEqual([{ email: 'ann@example.com', ids: ['11'], source: 'shopify', by: 'shopify' }]);
  });

  it('have a shop forgotten, and leave what others told', async () => {
    await send('orders/create', orderMessage(order));
    await send(
      'customers/create',
      customerMessage({ id: 11, email: 'ann@example.com', createdAt: order.at }),
    );
    await query(
      "INSERT INTO customers (source, customer_id, profile_id, email) VALUES ('other', '1', 'other/1', 'ann@example.com')",
    );
    await query("INSERT INTO identities VALUES ('other', '1', 'other/1', 'own id')");
    expect((await send('shop/redact', { shop_id: 1 })).status).toBe(200);
    for (const table of ['orders', 'order_lines', 'customers', 'identities', 'versions', 'imports'])
      expect(await query(`SELECT 1 FROM ${table}`)).toHaveLength(
        ['customers', 'identities'].includes(table) ? 1 : 0,
      );
    expect(await state.connections.list()).toEqual([]);
    expect(await state.audit.list(['source.forgotten'])).toMatchObject([
      { subject: 'shopify', actor: 'shopify' },
    ]);
  });
});
