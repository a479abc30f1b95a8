import { afterEach, expect, test } from 'vitest';
import type { KnownMember, Member, Target } from '../../../src/activation/destination.ts';
import { klaviyoDestination } from '../../../src/activation/destinations/klaviyo.ts';
import { UpstreamError } from '../../../src/errors.ts';
import {
  type Fault,
  type MockKlaviyo,
  type MockKlaviyoOptions,
  mockKlaviyo,
} from '../../support/vendors/klaviyo/mock-klaviyo.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

const name = 'Kindred: Weekend regulars';
const sent: Target = { name, id: null, options: {} };
const { add, ensure, erase, keyOf, members, remove } = klaviyoDestination;

let klaviyo: MockKlaviyo;
let platform = virtualPlatform();

async function start(options: MockKlaviyoOptions = {}): Promise<Target> {
  platform = virtualPlatform();
  klaviyo = await mockKlaviyo({ now: platform.now, ...options });
  return ensure(klaviyo.connection, sent, platform);
}

afterEach(async () => {
  expect(klaviyo.overLimit).toBe(0);
  await klaviyo.close();
});

const emailOf = (i: number) => `person${i}@example.org`;

function member(
  i: number,
  properties: Member['properties'] = { kindred_segment: 'Weekend regulars' },
): Member {
  return {
    profileId: `shop/${i}`,
    email: emailOf(i),
    phone: null,
    country: null,
    ids: [],
    properties,
    consent: 'granted',
  };
}

const known = (i: number): KnownMember => ({ profileId: `shop/${i}`, key: emailOf(i) });
const some = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function keysOf(target: Target): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of members!(klaviyo.connection, target, platform)) keys.push(...page);
  return keys.sort();
}

test('a list is made once, found by its name, and made anew where somebody deleted it', async () => {
  const target = await start();
  expect(await ensure(klaviyo.connection, sent, platform)).toEqual(target);
  expect(await ensure(klaviyo.connection, target, platform)).toEqual(target);
  const renamed = { ...target, name: 'Renamed at Kindred' };
  expect(await ensure(klaviyo.connection, renamed, platform)).toEqual(renamed);
  expect(klaviyo.listNames()).toEqual([name]);
  expect((await ensure(klaviyo.connection, { ...target, id: 'gone' }, platform)).id).toBe(target.id);
});

test('looking who is in a list makes none', async () => {
  await start();
  expect(await keysOf({ ...sent, name: 'Another' })).toEqual([]);
  expect(klaviyo.listNames()).toEqual([name]);
});

test('a list whose making was not answered is found at the next try, and not made twice', async () => {
  platform = virtualPlatform();
  const faults: Fault[] = ['drop after'];
  klaviyo = await mockKlaviyo({
    now: platform.now,
    faultOf: (_n, operation) => (operation === 'create_list' ? (faults.pop() ?? null) : null),
  });
  await expect(ensure(klaviyo.connection, sent, platform)).rejects.toThrow(UpstreamError);
  await ensure(klaviyo.connection, sent, platform);
  expect(klaviyo.listNames()).toEqual([name]);
});

test('members come into the list with their property, who has no profile gets one, and nobody is subscribed', async () => {
  const others = { emailConsent: { consent: 'UNSUBSCRIBED', at: '2026-01-02T00:00:00Z' } } as const;
  const target = await start({
    profiles: [
      { email: emailOf(1), properties: { shoe_size: 41, old: 'x' }, ...others },
      { email: emailOf(2), suppression: [{ reason: 'HARD_BOUNCE', timestamp: '2026-01-01T00:00:00Z' }] },
    ],
  });
  const outcomes = await add(
    klaviyo.connection,
    target,
    [member(1), member(2, { kindred_segment: 'Quiet', old: null }), member(3)],
    'batch',
    platform,
  );
  expect(outcomes).toEqual([1, 2, 3].map(i => ({ profileId: `shop/${i}`, kind: 'done', key: emailOf(i) })));
  expect(klaviyo.membersOf(name)).toEqual([1, 2, 3].map(emailOf));
  expect(klaviyo.propertiesOf(emailOf(1))).toEqual({
    shoe_size: 41,
    old: 'x',
    kindred_segment: 'Weekend regulars',
  });
  expect(klaviyo.propertiesOf(emailOf(2))).toEqual({ kindred_segment: 'Quiet' });
  expect(klaviyo.profile(emailOf(3))?.emailConsent.consent).toBe('NEVER_SUBSCRIBED');
  expect(await keysOf(target)).toEqual([1, 2, 3].map(emailOf));
});

test('more than a page of members is told to its end', async () => {
  const target = await start();
  await add(
    klaviyo.connection,
    target,
    some(0, 250).map(i => member(i)),
    'batch',
    platform,
  );
  expect(await keysOf(target)).toEqual(some(0, 250).map(emailOf).sort());
});

test('a row that Klaviyo refuses says why, without the address, and the others arrive', async () => {
  const target = await start();
  const wrong = { ...member(2), email: 'somebody@example.invalid' };
  const outcomes = await add(klaviyo.connection, target, [member(1), wrong, member(3)], 'batch', platform);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'refused', 'done']);
  expect(outcomes[1]).toMatchObject({ reason: 'Klaviyo refused the profile (invalid)' });
  expect(JSON.stringify(outcomes[1])).not.toContain('somebody@');
  expect(klaviyo.membersOf(name)).toEqual([emailOf(1), emailOf(3)]);
});

test('who has no address cannot be sent', async () => {
  await start();
  const nobody = { ...member(1), email: null };
  expect(keyOf(klaviyo.connection, nobody)).toEqual({ cannot: 'no e-mail address' });
  expect(keyOf(klaviyo.connection, member(1))).toEqual({ key: emailOf(1) });
});

test('a batch of more than 5 MB goes in several jobs', async () => {
  const target = await start({ jobMs: () => 0 });
  const long = 'x'.repeat(2000);
  const people = some(0, 4000).map(i => member(i, { kindred_segment: long }));
  const outcomes = await add(klaviyo.connection, target, people, 'batch', platform);
  expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
  expect(klaviyo.requests.filter(one => one === 'bulk_import_profiles')).toHaveLength(2);
  expect(klaviyo.membersOf(name)).toHaveLength(4000);
});

test('an import that takes too long is tried again, not taken for done', async () => {
  const target = await start({ jobMs: () => 40 * 60_000 });
  const [outcome] = await add(klaviyo.connection, target, [member(1)], 'batch', platform);
  expect(outcome).toMatchObject({ kind: 'again', reason: 'Klaviyo has not finished the import yet' });
});

test('who leaves is taken off the list and loses the property; others and their consents stay', async () => {
  const target = await start({
    profiles: [{ email: emailOf(9), properties: { kindred_segment: 'of somebody else' } }],
    lists: { [name]: [emailOf(9)] },
  });
  await add(
    klaviyo.connection,
    target,
    some(0, 3).map(i => member(i)),
    'batch',
    platform,
  );
  // Of the second the profile was deleted at Klaviyo, the fourth never had one.
  const outcomes = await remove(klaviyo.connection, target, [known(0), known(1), known(7)], 'b', platform);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
  expect(klaviyo.membersOf(name)).toEqual([emailOf(2), emailOf(9)]);
  expect(klaviyo.propertiesOf(emailOf(0))).toEqual({});
  expect(klaviyo.propertiesOf(emailOf(9))).toEqual({ kindred_segment: 'of somebody else' });
  expect(klaviyo.profile(emailOf(7))).toBeUndefined();
});

test('members are removed a thousand at a time, asked for a hundred at a time', async () => {
  const target = await start({ jobMs: () => 0 });
  await add(
    klaviyo.connection,
    target,
    some(0, 2500).map(i => member(i)),
    'batch',
    platform,
  );
  klaviyo.requests.length = 0;
  await remove(klaviyo.connection, target, some(0, 2500).map(known), 'batch', platform);
  expect(klaviyo.membersOf(name)).toEqual([]);
  const count = (operation: string) => klaviyo.requests.filter(one => one === operation).length;
  expect(count('remove_profiles_from_list')).toBe(3);
  expect(count('get_profiles')).toBeLessThanOrEqual(30);
});

test('a removal waits for an import that a kill left behind, which would put people back', async () => {
  const killed = new AbortController();
  const target = await start();
  const dying = { ...platform, signal: killed.signal };
  const sleep = dying.sleep;
  dying.sleep = async (...args) => {
    if (klaviyo.requests.includes('bulk_import_profiles')) killed.abort(new Error('killed'));
    await sleep(...args);
  };
  await expect(add(klaviyo.connection, target, [member(1)], 'batch', dying)).rejects.toThrow();
  await remove(klaviyo.connection, target, [known(1)], 'batch 2', platform);
  klaviyo.finishJobs();
  expect(klaviyo.membersOf(name)).toEqual([]);
});

test('a killed batch is repeated and changes nothing more', async () => {
  const target = await start();
  const people = some(0, 30).map(i => member(i));
  for (let stopAt = 1; stopAt <= 4; stopAt++) {
    const killed = new AbortController();
    const from = klaviyo.requests.length;
    const dying = {
      ...platform,
      signal: killed.signal,
      fetch: (async (...args) => {
        if (klaviyo.requests.length - from >= stopAt) killed.abort(new Error('killed'));
        return platform.fetch(...args);
      }) as typeof fetch,
    };
    await add(klaviyo.connection, target, people, 'batch', dying).catch(() => {});
  }
  const outcomes = await add(klaviyo.connection, target, people, 'batch', platform);
  klaviyo.finishJobs();
  expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
  expect(klaviyo.membersOf(name)).toEqual(people.map(({ email }) => email!).sort());
});

test('who is forgotten leaves the lists and loses the property; wholly means that Klaviyo deletes them', async () => {
  const target = await start();
  await add(klaviyo.connection, target, [member(1), member(2)], 'batch', platform);
  const person = { email: emailOf(1), phone: null, keys: [emailOf(1)], targets: [target] };
  const told = await erase(klaviyo.connection, person, false, platform);
  expect(told).not.toContain('person1');
  expect(klaviyo.membersOf(name)).toEqual([emailOf(2)]);
  expect(klaviyo.propertiesOf(emailOf(1))).toEqual({});
  expect(klaviyo.deletions()).toEqual([]);
  expect(await erase(klaviyo.connection, person, true, platform)).toContain('asked to delete');
  expect(klaviyo.deletions()).toEqual([klaviyo.profile(emailOf(1))!.id]);
  const stranger = { ...person, email: 'nobody@example.org', keys: [] };
  expect(await erase(klaviyo.connection, stranger, true, platform)).toBe(
    'Klaviyo has no profile with the address.',
  );
});
