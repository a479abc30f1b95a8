import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { activecampaign } from '../../../src/activation/destinations/activecampaign.ts';
import { csv } from '../../../src/activation/destinations/csv.ts';
import { customerio } from '../../../src/activation/destinations/customerio.ts';
import { google } from '../../../src/activation/destinations/google.ts';
import { meta } from '../../../src/activation/destinations/meta.ts';
import { webhook } from '../../../src/activation/destinations/webhook.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import { connections } from '../../support/vendors/others/connections.ts';
import { mockActivecampaign } from '../../support/vendors/others/mock-activecampaign.ts';
import { mockCustomerio } from '../../support/vendors/others/mock-customerio.ts';
import { mockGoogle } from '../../support/vendors/others/mock-google.ts';
import { type MockHttp, mockHttp } from '../../support/vendors/others/mock-http.ts';
import { mockMeta } from '../../support/vendors/others/mock-meta.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';
import { keepsMembership } from './laws.ts';

const open: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of open) await close();
});
const kept = <Mock extends MockHttp>(mock: Mock): Mock => {
  open.push(mock.close);
  return mock;
};
const target = { name: 'Autumn list', id: null, options: {} };
const stranger = `${'ab'.repeat(32)}.`;

test('Meta', async () => {
  const mock = kept(await mockMeta());
  const connection = connections.meta(mock.url);
  let id = '';
  await keepsMembership(
    meta,
    {
      connection,
      faults: mock.faults,
      stranger,
      async begin() {
        mock.audiences.clear();
        const made = await meta.ensure(connection, target, virtualPlatform());
        id = made.id!;
        mock.audiences.get(id)!.people.add(stranger);
        return made;
      },
      inside: () => [...mock.audiences.get(id)!.people],
    },
    12,
  );
});

test('Google', async () => {
  const mock = kept(await mockGoogle());
  const connection = connections.google(mock.url);
  let id = '';
  await keepsMembership(
    google,
    {
      connection,
      faults: mock.faults,
      stranger,
      async begin() {
        mock.lists.clear();
        const made = await google.ensure(connection, target, virtualPlatform());
        id = made.id!;
        mock.lists.get(id)!.people.add(stranger);
        return made;
      },
      inside: () => [...mock.lists.get(id)!.people],
    },
    12,
  );
});

test('Customer.io', async () => {
  const mock = kept(await mockCustomerio());
  const connection = connections.customerio(mock.url);
  let id = '';
  await keepsMembership(
    customerio,
    {
      connection,
      faults: mock.faults,
      stranger: 'vip@x.org',
      async begin() {
        mock.segments.clear();
        const made = await customerio.ensure(connection, target, virtualPlatform());
        id = made.id!;
        mock.segments.get(id)!.members.add('vip@x.org');
        return made;
      },
      inside: () => [...mock.segments.get(id)!.members],
    },
    12,
  );
});

test('ActiveCampaign', async () => {
  const mock = kept(await mockActivecampaign());
  const connection = connections.activecampaign(mock.url);
  let id = '';
  const vip = { email: 'vip@x.org', lists: new Set(['1']), values: new Map<string, string>() };
  await keepsMembership(
    activecampaign,
    {
      connection,
      faults: mock.faults,
      stranger: 'vip@x.org',
      async begin() {
        mock.contacts.clear();
        mock.tags.clear();
        const made = await activecampaign.ensure(connection, target, virtualPlatform());
        id = made.id!;
        mock.contacts.set('999999', { ...vip, tags: new Set([id]) });
        return made;
      },
      inside: () => [...mock.contacts.values()].filter(({ tags }) => tags.has(id)).map(({ email }) => email),
    },
    12,
  );
  expect(mock.imports).toBeGreaterThan(0);
  expect(
    [...mock.contacts.values()].every(({ lists, email }) => lists.size === 0 || email === 'vip@x.org'),
  ).toBe(true);
});

test('webhook, with a receiver that heeds the key of a message', async () => {
  const inside = new Set<string>();
  const seen = new Set<string>();
  const mock = kept(
    await mockHttp(({ headers, json }) => {
      const key = String(headers['idempotency-key']);
      const { type, members } = json as { type: string; members: { profile_id: string }[] };
      if (!seen.has(key))
        for (const { profile_id } of members)
          if (type === 'members.added') inside.add(profile_id);
          else inside.delete(profile_id);
      seen.add(key);
      return {};
    }),
  );
  const connection = connections.webhook(mock.url);
  await keepsMembership(
    webhook,
    {
      connection,
      faults: mock.faults,
      stranger: 'somebody',
      async begin() {
        inside.clear();
        seen.clear();
        inside.add('somebody');
        return webhook.ensure(connection, target, virtualPlatform());
      },
      inside: () => [...inside],
    },
    12,
  );
});

test('CSV', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-csv-'));
  open.push(() => rm(folder, { recursive: true, force: true }));
  const connection: Connection = { name: 'files', vendor: 'csv', settings: { folder }, secrets: {} };
  const keys = async () => {
    const found: string[] = [];
    for await (const some of csv.members!(connection, target, virtualPlatform())) found.push(...some);
    return found;
  };
  await keepsMembership(
    csv,
    {
      connection,
      faults: [],
      stranger: 'erp/7',
      async begin() {
        await writeFile(join(folder, 'autumn-list.csv'), 'profile_id,note\r\nerp/7,"by hand, once"\r\n');
        return csv.ensure(connection, target, virtualPlatform());
      },
      inside: keys,
    },
    15,
  );
});
