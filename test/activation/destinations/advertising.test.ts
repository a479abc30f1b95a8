import { afterAll, beforeAll, expect, test } from 'vitest';
import { google } from '../../../src/activation/destinations/google.ts';
import { meta } from '../../../src/activation/destinations/meta.ts';
import { googleVendor } from '../../../src/vendors/google.ts';
import { metaVendor } from '../../../src/vendors/meta.ts';
import { connections } from '../../support/vendors/others/connections.ts';
import { type MockGoogle, mockGoogle } from '../../support/vendors/others/mock-google.ts';
import { mockHttp } from '../../support/vendors/others/mock-http.ts';
import { type MockMeta, mockMeta } from '../../support/vendors/others/mock-meta.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';
import { memberOf } from './laws.ts';

let atMeta: MockMeta;
let atGoogle: MockGoogle;
beforeAll(async () => {
  atMeta = await mockMeta();
  atGoogle = await mockGoogle();
});
afterAll(async () => {
  await atMeta.close();
  await atGoogle.close();
});

const targetOf = (name: string) => ({ name, id: null, options: {} });
const platform = virtualPlatform();

test.each([
  ['Meta', () => meta, () => connections.meta(atMeta.url)],
  ['Google', () => google, () => connections.google(atGoogle.url)],
])('%s: finds its audience again behind others, and takes no name that tells', async (_, of, connection) => {
  const made = [];
  for (const name of ['One', 'Two', 'Three', 'Four'])
    made.push((await of().ensure(connection(), targetOf(name), platform)).id);
  expect(new Set(made).size).toBe(4);
  expect((await of().ensure(connection(), targetOf('Four'), platform)).id).toBe(made[3]);
  expect((await of().ensure(connection(), { ...targetOf('Renamed'), id: made[2]! }, platform)).id).toBe(
    made[2],
  );
  expect((await of().ensure(connection(), { ...targetOf('Two'), id: 'gone' }, platform)).id).toBe(made[1]);
  await expect(of().ensure(connection(), targetOf('Diabetics to win back'), platform)).rejects.toThrow(
    /neutral|must not be called/,
  );
});

test.each([
  ['Meta', () => meta],
  ['Google', () => google],
])('%s: knows people by e-mail or international number, and nobody who said no', (_, of) => {
  const key = (more: object) => of().keyOf(connections.meta('x'), memberOf(1, more));
  expect(key({ phone: null })).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}\.$/) });
  expect(key({ email: null })).toEqual({ key: expect.stringMatching(/^\.[0-9a-f]{64}$/) });
  expect(key({ email: null, phone: '02079460000' })).toHaveProperty('cannot');
  expect(key({ consent: 'denied' })).toEqual({ cannot: 'said no to advertising' });
  expect(key({})).toEqual(key({ email: 'P1@X.org ' }));
});

test('Meta is sent hashes alone, with limited data use for the United States', async () => {
  const connection = connections.meta(atMeta.url);
  const target = await meta.ensure(connection, targetOf('Sent'), platform);
  atMeta.bodies.length = 0;
  const outcomes = await meta.add(
    connection,
    target,
    [memberOf(1, { country: 'US' }), memberOf(2), memberOf(3, { email: null, phone: null })],
    'b1',
    platform,
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'done', 'done']);
  const { payload, session } = atMeta.bodies[0] as {
    payload: { schema: string[]; data: unknown[][] };
    session: Record<string, unknown>;
  };
  expect(payload.schema).toEqual(['EMAIL', 'PHONE', 'COUNTRY', 'DATA_PROCESSING_OPTIONS']);
  expect(payload.data.map(row => row[3])).toEqual([['LDU'], []]);
  expect(session).toMatchObject({ batch_seq: 1, last_batch_flag: true, estimated_num_total: 2 });
  expect(Number.isSafeInteger(session.session_id)).toBe(true);
  expect(JSON.stringify(atMeta.bodies)).not.toMatch(/x\.org|\+44|shop\/C/);
  expect([...atMeta.audiences.values()].every(({ source }) => source === 'USER_PROVIDED_ONLY')).toBe(true);
});

test('Google is told of consent only where it was given, and refuses single members', async () => {
  const connection = connections.google(atGoogle.url);
  const target = await google.ensure(connection, targetOf('Sent'), platform);
  const bad = memberOf(2);
  atGoogle.unwanted.add((google.keyOf(connection, bad) as { key: string }).key);
  atGoogle.bodies.length = 0;
  const outcomes = await google.add(
    connection,
    target,
    [memberOf(1), bad, memberOf(3, { consent: 'none' })],
    'b1',
    platform,
  );
  expect(outcomes.map(({ profileId, kind }) => `${profileId} ${kind}`).sort()).toEqual([
    'shop/C1 done',
    'shop/C2 refused',
    'shop/C3 done',
  ]);
  const last = atGoogle.bodies.at(-1) as { audienceMembers: { consent?: object }[] };
  expect(last.audienceMembers.map(({ consent }) => consent)).toEqual([
    { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' },
    undefined,
  ]);
  expect(JSON.stringify(atGoogle.bodies)).not.toMatch(/x\.org|\+44|shop\/C/);
  expect(atGoogle.lists.get(target.id!)!.people.size).toBe(2);
});

test.each([
  ['Meta', () => meta, () => connections.meta(atMeta.url), (id: string) => atMeta.audiences.get(id)!.people],
  [
    'Google',
    () => google,
    () => connections.google(atGoogle.url),
    (id: string) => atGoogle.lists.get(id)!.people,
  ],
])('%s: forgets a person by what is left of them', async (_, of, connection, people) => {
  const target = await of().ensure(connection(), targetOf('To forget'), platform);
  await of().add(connection(), target, [memberOf(5), memberOf(6, { phone: null })], 'b', platform);
  const { email, phone } = memberOf(5);
  const said = await of().erase(connection(), { email, phone, keys: [], targets: [target] }, true, platform);
  expect(people(target.id!).size).toBe(1);
  expect(said).toMatch(/no call to erase/);
  expect(said).not.toContain('x.org');
  const { key } = of().keyOf(connection(), memberOf(6, { phone: null })) as { key: string };
  await of().erase(
    connection(),
    { email: null, phone: null, keys: [key], targets: [target] },
    false,
    platform,
  );
  expect(people(target.id!).size).toBe(0);
});

test('tells whose account it is, and which credentials are refused', async () => {
  expect(await metaVendor.test(connections.meta(atMeta.url), platform)).toEqual({
    account: 'Shop',
    missing: [],
  });
  expect((await googleVendor.test(connections.google(atGoogle.url), platform)).missing).toEqual([]);
  const meta1 = { ...connections.meta(atMeta.url), secrets: { access_token: 'old' } };
  await expect(metaVendor.test(meta1, platform)).rejects.toMatchObject({ mender: 'operator' });
  const google1 = {
    ...connections.google(atGoogle.url),
    secrets: { client_secret: 's', refresh_token: 'old' },
  };
  await expect(googleVendor.test(google1, platform)).rejects.toMatchObject({ mender: 'operator' });
});

test('Google: an access token that ran out is renewed', async () => {
  const connection = connections.google(atGoogle.url);
  const target = await google.ensure(connection, targetOf('Renewed'), platform);
  const before = [...atGoogle.tokens].length;
  atGoogle.tokens.clear();
  await google.add(connection, target, [memberOf(1)], 'b', platform);
  expect(before).toBeGreaterThan(0);
  expect(atGoogle.tokens.size).toBe(1);
});

test('Meta: waits where its limit is used up, which it tells as a 400, and gives up in the end', async () => {
  let left = 2;
  const busy = await mockHttp(() =>
    left-- > 0 ? { status: 400, json: { error: { code: 80003 } } } : { json: { id: '9' } },
  );
  const clock = virtualPlatform();
  await meta.ensure(connections.meta(busy.url), { name: 'Any', id: '9', options: {} }, clock);
  expect(clock.slept()).toBeGreaterThanOrEqual(90_000);
  left = 99;
  await expect(
    meta.ensure(connections.meta(busy.url), { name: 'Any', id: '9', options: {} }, clock),
  ).rejects.toMatchObject({ mender: 'upstream' });
  await busy.close();
});
