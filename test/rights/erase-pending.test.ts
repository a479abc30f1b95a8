import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, withApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { sealedSecrets } from '../../src/connections/connection.ts';
import { erase } from '../../src/rights/erase.ts';
import { dailyRights } from '../../src/rights/retention.ts';
import type { Connection } from '../../src/vendors/vendor.ts';

const now = () => new Date('2026-11-22T12:00:00Z');
const config = (dir: string) => readConfig({ KINDRED_KEY: '1'.repeat(64) }, dir);
let dir: string;
let receiver: Server;
/** What the receiver of a webhook was told, and what it answers. */
let told: { type: string }[];
let answer: () => number | Promise<number>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-redact-'));
  told = [];
  answer = () => 200;
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const status = await answer();
    if (status === 200) told.push(JSON.parse(body));
    response.writeHead(status).end();
  });
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise(resolve => receiver.close(resolve));
  await rm(dir, { recursive: true, force: true });
});

async function connect(app: App, { name, vendor, settings, secrets }: Connection): Promise<void> {
  const at = now().toISOString();
  const sealed = sealedSecrets(app.config.key, { name, vendor, settings, secrets });
  await (await app.state()).connections.put(
    { name, vendor, settings, secrets: sealed, account: 'Test', createdAt: at, createdBy: 'ada' },
    { at, actor: 'ada' },
  );
}

async function fill(app: App): Promise<void> {
  const people = [
    ['shopify', '11', 'ann@example.com'],
    ['shopify', '12', 'office@example.com'],
    ['till', '7', 'office@example.com'],
    ['till', '8', 'office@example.com'],
    ['till', '9', 'office@example.com'],
  ] as const;
  for (const [source, id, email] of people) {
    await (await app.warehouse()).execute(
      `INSERT INTO customers (source, customer_id, profile_id, email) VALUES ('${source}', '${id}', '${source}/${id}', '${email}')`,
    );
    await (await app.warehouse()).execute(
      `INSERT INTO identities VALUES ('${source}', '${id}', '${source}/${id}', 'own id')`,
    );
  }
}

it('a tool that refuses is asked again each night, and the stores are free while one is waited for', {
  timeout: 180_000,
}, async () => {
  const { port } = receiver.address() as AddressInfo;
  await withApp(config(dir), 'test', now, async app => {
    await fill(app);
    const secrets = { signing_secret: 'a secret of the receiver, long enough' };
    await connect(app, {
      name: 'hook',
      vendor: 'webhook',
      settings: { url: `http://127.0.0.1:${port}/` },
      secrets,
    });
    answer = () => 401;
    const first = await erase(app, { email: 'ann@example.com', by: 'ada', wholly: true });
    expect(first).toMatchObject({ pending: ['hook'], rows: { customers: 1 } });
    const { erasures, audit } = await app.state();
    const [standing] = await erasures.standing();
    expect(JSON.stringify(standing)).not.toMatch(/ann@|shopify/);
    let free = false;
    answer = async () => {
      await app.turns.take('something else', async () => {
        free = true;
      });
      return 200;
    };
    const signal = new AbortController().signal;
    expect(await dailyRights(app, signal)).not.toContain('yet to confirm');
    expect(free).toBe(true);
    expect(told.map(({ type }) => type)).toEqual(['person.erased']);
    expect(await erasures.standing()).toEqual([]);
    await dailyRights(app, signal);
    expect(told).toHaveLength(1);
    const actions = (await audit.list()).map(({ action }) => action);
    expect(actions.filter(action => action.startsWith('person.'))).toEqual([
      'person.erasing',
      'person.erased',
    ]);
  });
});
