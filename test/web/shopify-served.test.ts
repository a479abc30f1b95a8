import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, withApp } from '../../src/app.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { sealedSecrets } from '../../src/connections/connection.ts';
import { addTrigger } from '../../src/segmentation/triggers/manage.ts';
import type { Connection } from '../../src/vendors/vendor.ts';
import { serve } from '../../src/web/serve.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { orderMessage } from '../support/vendors/shopify/webhooks.ts';

const connection: Connection = {
  name: 'shop',
  vendor: 'shopify',
  settings: { shop: 'test-shop.myshopify.com', client_id: 'app' },
  secrets: { client_secret: 'the secret of the app' },
};
const now = () => new Date('2026-11-22T12:00:00Z');

let folder: TemporaryFolder;
let stop: AbortController;
beforeEach(() => {
  folder = temporaryFolder();
  stop = new AbortController();
});
afterEach(() => folder.remove());

/** `kindred serve`, and the app that it runs over. */
async function served() {
  const terminal: Terminal = {
    env: {},
    cwd: folder.path,
    now,
    out: () => {},
    err: () => {},
    interactive: false,
    columns: 100,
  };
  const environment = {
    KINDRED_PORT: '0',
    KINDRED_KEY: '1'.repeat(64),
    KINDRED_ALLOWED_HOSTS: 'kindred.example.org',
    DATABASE_URL: await freshDatabase(),
  };
  const config = readConfig(environment, folder.path);
  let app: App | undefined;
  let ended: Promise<void> | undefined;
  const url = await new Promise<string>((listening, reject) => {
    ended = withApp(config, 'kindred serve', now, opened => {
      app = opened;
      return serve(opened, { terminal, run: async () => 0, signal: stop.signal, listening });
    });
    ended.catch(reject);
  });
  return { app: app!, url, ended: ended! };
}

const body = JSON.stringify(
  orderMessage({
    id: 1001,
    customerId: 11,
    email: 'ann@example.com',
    at: '2026-11-20T09:00:00Z',
    total: '59.90',
    lines: [{ id: 1, sku: 'MUG', name: 'Mug', price: '29.95', quantity: 2 }],
  }),
);

const headers = (secret: string) => ({
  'content-type': 'application/json',
  'x-shopify-topic': 'orders/create',
  'x-shopify-shop-domain': 'test-shop.myshopify.com',
  'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
});

test('a server takes what a connected shop signs, has triggers see it, and refuses what nobody signed', async () => {
  const { app, url, ended } = await served();
  const state = await app.state();
  const at = now().toISOString();
  const { name, vendor, settings } = connection;
  const secrets = sealedSecrets(app.config.key, connection);
  await state.connections.put(
    { name, vendor, settings, secrets, account: 'Test shop', createdAt: at, createdBy: 'ada' },
    { at, actor: 'ada' },
  );
  const query = (sql: string) => app.turns.take('a look', async () => (await app.warehouse()).query(sql));
  await app.turns.take('a trigger', async () =>
    addTrigger(
      { warehouse: await app.warehouse(), state, now },
      { rule: '{"all":[{"type":"Order Completed","atLeast":1,"withinDays":7}]}', actor: 'ada' },
    ),
  );
  const send = (secret: string) =>
    fetch(`${url}/v1/webhooks/shopify/shop`, { method: 'POST', body, headers: headers(secret) });

  const refused = await send('another secret');
  expect(refused.status).toBe(401);
  expect(await refused.text()).not.toMatch(/the secret of the app|ann@/);
  expect(await query('SELECT 1 FROM orders')).toEqual([]);

  expect((await send('the secret of the app')).status).toBe(200);
  expect(await query('SELECT order_id, profile_id FROM orders')).toEqual([
    { order_id: '#1001', profile_id: 'shop/11' },
  ]);
  await expect
    .poll(() => query('SELECT profile_id FROM trigger_members'), { timeout: 10_000, interval: 20 })
    .toEqual([{ profile_id: 'shop/11' }]);
  stop.abort();
  await ended;
}, 30_000);
