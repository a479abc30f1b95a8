import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { activecampaign } from '../../../src/activation/destinations/activecampaign.ts';
import { csv } from '../../../src/activation/destinations/csv.ts';
import { csvLine, csvRows, safeCell } from '../../../src/activation/destinations/csv-cells.ts';
import { customerio } from '../../../src/activation/destinations/customerio.ts';
import { destinationOf } from '../../../src/activation/destinations/registry.ts';
import { webhook } from '../../../src/activation/destinations/webhook.ts';
import { csvVendor } from '../../../src/vendors/csv.ts';
import { customerioVendor } from '../../../src/vendors/customerio.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import { webhookVendor } from '../../../src/vendors/webhook.ts';
import { connections } from '../../support/vendors/others/connections.ts';
import { mockActivecampaign } from '../../support/vendors/others/mock-activecampaign.ts';
import { mockCustomerio } from '../../support/vendors/others/mock-customerio.ts';
import { mockHttp } from '../../support/vendors/others/mock-http.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';
import { memberOf } from './laws.ts';

const platform = virtualPlatform();
const target = { name: 'Autumn list', id: null, options: {} };
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function files(): Promise<Connection> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-csv-'));
  folders.push(folder);
  return { name: 'files', vendor: 'csv', settings: { folder }, secrets: {} };
}

test('finds destinations by their vendor', () => {
  expect(destinationOf('csv')).toBe(csv);
  expect(destinationOf('postgres')).toBeUndefined();
});

test('ActiveCampaign: properties become fields, refused addresses are told apart, lists stay', async () => {
  const mock = await mockActivecampaign();
  const connection = connections.activecampaign(mock.url);
  const made = await activecampaign.ensure(connection, target, platform);
  const properties = { segment: 'Regulars', score: 3 };
  for (const count of [3, 30]) {
    const members = Array.from({ length: count }, (_, i) =>
      memberOf(i, { properties, email: i === 1 ? 'bad@x.org' : `p${i}@x.org` }),
    );
    const outcomes = await activecampaign.add(connection, made, members, 'b', platform);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(count - 1);
    expect(outcomes.find(({ kind }) => kind === 'refused')).toMatchObject({ profileId: 'shop/C1' });
  }
  expect([...mock.fields.values()]).toEqual(['score', 'segment']);
  const [contact] = mock.contacts.values();
  expect([...contact!.values.values()].sort()).toEqual(['3', 'Regulars']);
  const sent = JSON.stringify(mock.asked.map(({ json }) => json));
  expect(sent).not.toMatch(/subscribe|contactLists|"status"/);
  expect(
    await activecampaign.erase(
      connection,
      { email: 'p2@x.org', phone: null, keys: [], targets: [made] },
      true,
      platform,
    ),
  ).toMatch(/delete/);
  expect([...mock.contacts.values()].map(({ email }) => email)).not.toContain('p2@x.org');
  await activecampaign.erase(
    connection,
    { email: 'p3@x.org', phone: null, keys: [], targets: [made] },
    false,
    platform,
  );
  const third = [...mock.contacts.values()].find(({ email }) => email === 'p3@x.org')!;
  expect(third.tags.size).toBe(0);
  await mock.close();
});

test('Customer.io: attributes without those of consent, refused people told apart, wholly forgotten', async () => {
  const mock = await mockCustomerio();
  const connection = connections.customerio(mock.url);
  mock.segments.set('1', { name: target.name, type: 'dynamic', members: new Set() });
  const made = await customerio.ensure(connection, target, platform);
  expect(made.id).not.toBe('1');
  const properties = { segment: 'Regulars', unsubscribed: 'true', cio_subscription_preferences: 'x' };
  const outcomes = await customerio.add(
    connection,
    made,
    [memberOf(1, { properties }), memberOf(2, { email: 'bad@x.org' }), memberOf(3, { email: null })],
    'b',
    platform,
  );
  expect(outcomes.map(({ profileId, kind }) => `${profileId} ${kind}`).sort()).toEqual([
    'shop/C1 done',
    'shop/C2 refused',
    'shop/C3 refused',
  ]);
  expect(mock.people.get('p1@x.org')).toEqual({ segment: 'Regulars' });
  await customerio.erase(
    connection,
    { email: 'p1@x.org', phone: null, keys: [], targets: [made] },
    true,
    platform,
  );
  expect(mock.people.size).toBe(0);
  mock.segments.clear();
  const known = { profileId: 'shop/C1', key: 'p1@x.org' };
  expect(await customerio.remove(connection, made, [known], 'b', platform)).toEqual([
    { ...known, kind: 'done' },
  ]);
  await expect(customerio.add(connection, made, [memberOf(1)], 'b', platform)).rejects.toThrow(/404/);
  expect((await customerioVendor.test(connection, platform)).account).toContain('EU');
  const us = { ...connection, settings: { ...connection.settings, region: 'US' } };
  await expect(customerioVendor.test(us, platform)).rejects.toThrow(/region EU, not US/);
  await mock.close();
});

test('webhook: signed over time and body, so that it can be checked as documented', async () => {
  let status = 200;
  const mock = await mockHttp(() => ({ status }));
  const connection = connections.webhook(mock.url);
  const made = await webhook.ensure(connection, target, platform);
  const [outcome] = await webhook.add(connection, made, [memberOf(1)], 'batch 1', platform);
  expect(outcome).toEqual({ profileId: 'shop/C1', kind: 'done', key: 'shop/C1' });
  const { headers, text, path, query } = mock.asked[0]!;
  expect([path, query.get('shop')]).toEqual(['/kindred', '1']);
  expect(headers['idempotency-key']).toBe('batch 1');
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['kindred-signature']))!;
  const expected = createHmac('sha256', 'a secret of sixteen').update(`${t}.${text}`).digest();
  expect(timingSafeEqual(expected, Buffer.from(v1!, 'hex'))).toBe(true);
  expect(JSON.parse(text)).toMatchObject({ id: 'batch 1', type: 'members.added', target: 'Autumn list' });
  expect(text).not.toContain('consent');
  await webhook.erase(
    connection,
    { email: 'p1@x.org', phone: null, keys: ['shop/C1'], targets: [made] },
    false,
    platform,
  );
  expect(mock.asked.at(-1)!.json).toMatchObject({
    type: 'person.erased',
    members: [{ profile_id: 'shop/C1' }],
  });
  expect(mock.asked.at(-1)!.text).not.toContain('x.org');
  status = 400;
  expect(await webhook.remove(connection, made, [{ profileId: 'a', key: 'a' }], 'b2', platform)).toEqual([
    { profileId: 'a', kind: 'again', reason: 'the receiver answered HTTP 400' },
  ]);
  await expect(webhookVendor.test(connection, platform)).rejects.toThrow(/HTTP 400/);
  await mock.close();
});

test('CSV: a row for each id, formulas disarmed, for its owner alone, and rows of others stay', async () => {
  const connection = await files();
  const made = await csv.ensure(connection, target, platform);
  const file = join(connection.settings.folder!, made.id!);
  await writeFile(file, 'profile_id,note\nerp/7,"by hand, ""once"""\n');
  const ids = [
    { source: 'web', id: '=cmd()' },
    { source: 'shop', id: 'C1' },
  ];
  await csv.add(
    connection,
    made,
    [memberOf(1, { ids, properties: { segment: '@Regulars', score: -2 } })],
    'b',
    platform,
  );
  expect(await readFile(file, 'utf8')).toBe(
    [
      'profile_id,customer_id,email,phone,country,note,score,segment',
      'erp/7,,,,,"by hand, ""once""",,',
      "shop/C1,C1,p1@x.org,+442079460001,GB,,-2,'@Regulars",
      "shop/C1,'=cmd(),p1@x.org,+442079460001,GB,,-2,'@Regulars",
      '',
    ].join('\n'),
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const said = await csv.erase(
    connection,
    { email: 'p1@x.org', phone: null, keys: [], targets: [made] },
    true,
    platform,
  );
  expect(said).toMatch(/1 file/);
  expect(await readFile(file, 'utf8')).not.toContain('p1@x.org');
  expect((await csvVendor.test(connection, platform)).missing).toEqual([]);
});

test('CSV: names of files never leave the folder, and tell different names apart', async () => {
  const connection = await files();
  const name = async (text: string) => (await csv.ensure(connection, { ...target, name: text }, platform)).id;
  expect(await name('Late Bloomers')).toBe('late-bloomers.csv');
  expect(await name('../../etc/passwd')).toMatch(/^etc-passwd-[0-9a-f]{8}\.csv$/);
  expect(await name('Grüße')).not.toBe(await name('Gr e'));
  expect(await name('!!!')).toMatch(/^audience-[0-9a-f]{8}\.csv$/);
});

test('CSV: what is written is read again as it stood', () => {
  const cell = fc.string({ maxLength: 12 }).map(safeCell);
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
      rows => {
        expect(csvRows(rows.map(csvLine).join(''))).toEqual(rows);
      },
    ),
  );
});
