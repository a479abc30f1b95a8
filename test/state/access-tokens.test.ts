import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { NewAccessToken } from '../../src/state/access-tokens.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const laptop: NewAccessToken = {
  id: '0a1b2c3d',
  name: `Zoë's "laptop" 🛍️; DROP TABLE access_tokens`,
  role: 'analyst',
  createdAt: '2026-11-22T10:00:00.123Z',
  createdBy: 'ada',
  expiresAt: '2027-02-20T10:00:00.123Z',
};
const hash = 'ab'.repeat(32);
const kept = { ...laptop, revokedAt: null, revokedBy: null, lastUsedOn: null };
const revoking = { at: '2026-12-01T00:00:00.000Z', actor: 'bob' };

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  const told = async () =>
    (await state.audit.list()).map(({ at, actor, action, subject }) => [at, actor, action, subject]);

  test('a token is given back as it was made, its hash only where it is asked for', async () => {
    expect(await state.accessTokens.byId(laptop.id)).toBeUndefined();
    expect(await state.accessTokens.create(laptop, hash)).toBe(true);
    expect(await state.accessTokens.list()).toEqual([kept]);
    expect(await state.accessTokens.byId(laptop.id)).toEqual({ token: kept, hash });
    expect(await state.accessTokens.byId('0a1b2c3')).toBeUndefined();
    expect(await told()).toEqual([[laptop.createdAt, 'ada', 'token.created', laptop.id]]);
    expect(JSON.stringify(await state.audit.list())).not.toContain(hash);
  });

  test('a name is taken while its token lives, in whatever case', async () => {
    await state.accessTokens.create(laptop, hash);
    const second = { ...laptop, id: '00000002', name: laptop.name.toUpperCase() };
    expect(await state.accessTokens.create(second, hash)).toBe(false);
    expect(await state.accessTokens.list()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
    const afterwards = {
      ...second,
      createdAt: laptop.expiresAt,
      expiresAt: '2027-03-20T10:00:00.123Z',
    };
    expect(await state.accessTokens.create(afterwards, hash)).toBe(true);
    await state.accessTokens.revoke(second.id, { ...revoking, at: laptop.expiresAt });
    expect(await state.accessTokens.create({ ...afterwards, id: '00000003' }, hash)).toBe(true);
  });

  test('of several that are made at once under one name, one is', async () => {
    const made = await Promise.all(
      ['00000001', '00000002', '00000003', '00000004'].map(id =>
        state.accessTokens.create({ ...laptop, id }, hash),
      ),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await state.accessTokens.list()).toHaveLength(1);
  });

  test('the newest is listed first, those of one moment by their ids', async () => {
    const make = (id: string, createdAt: string) =>
      state.accessTokens.create({ ...laptop, id, name: id, createdAt }, hash);
    await make('00000002', laptop.createdAt);
    await make('00000003', '2026-12-01T00:00:00.000Z');
    await make('00000001', laptop.createdAt);
    expect((await state.accessTokens.list()).map(({ id }) => id)).toEqual([
      '00000003',
      '00000001',
      '00000002',
    ]);
  });

  test('one that is revoked stays so, with who did it first', async () => {
    await state.accessTokens.create(laptop, hash);
    const revoked = { ...kept, revokedAt: revoking.at, revokedBy: 'bob' };
    expect(await state.accessTokens.revoke(laptop.id, revoking)).toEqual(revoked);
    const later = { at: '2026-12-05T00:00:00.000Z', actor: 'eve' };
    expect(await state.accessTokens.revoke(laptop.id, later)).toBeUndefined();
    expect(await state.accessTokens.revoke('ffffffff', later)).toBeUndefined();
    expect(await state.accessTokens.list()).toEqual([revoked]);
    expect((await told()).slice(1)).toEqual([[revoking.at, 'bob', 'token.revoked', laptop.id]]);
  });

  test('one is live until it ends or is revoked', async () => {
    const live = (at: string) => state.accessTokens.anyLive(new Date(at));
    expect(await live(laptop.createdAt)).toBe(false);
    await state.accessTokens.create(laptop, hash);
    expect(await live(laptop.createdAt)).toBe(true);
    expect(await live('2027-02-20T10:00:00.122Z')).toBe(true);
    expect(await live(laptop.expiresAt)).toBe(false);
    await state.accessTokens.revoke(laptop.id, revoking);
    expect(await live(laptop.createdAt)).toBe(false);
  });

  test('the day of the last use only moves on', async () => {
    await state.accessTokens.create(laptop, hash);
    const lastUsed = async () => (await state.accessTokens.byId(laptop.id))?.token.lastUsedOn;
    await state.accessTokens.used(laptop.id, '2026-11-23');
    expect(await lastUsed()).toBe('2026-11-23');
    await state.accessTokens.used(laptop.id, '2026-11-22');
    expect(await lastUsed()).toBe('2026-11-23');
    await state.accessTokens.used(laptop.id, '2026-11-24');
    expect(await lastUsed()).toBe('2026-11-24');
    expect(await told()).toHaveLength(1);
  });
});
