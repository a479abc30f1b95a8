import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Audience } from '../../src/segmentation/audiences/audience.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const lapsed: Audience = {
  handle: 'a-3f9c21d0',
  name: `Zoë's "lapsed" 🛍️; DROP TABLE audiences`,
  filter: {
    all: [{ segment: ['lapsed', 'at-risk'] }, { field: 'churn_probability', below: 0.1 + 0.2 }],
  },
  createdAt: '2026-11-22T10:00:00.123Z',
  createdBy: 'ada',
};

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

  test('an audience is given back as it was saved', async () => {
    expect(await state.audiences.list()).toEqual([]);
    expect(await state.audiences.byId(lapsed.handle)).toBeUndefined();
    expect(await state.audiences.save(lapsed)).toEqual(lapsed);
    expect(await state.audiences.byId(lapsed.handle)).toEqual(lapsed);
    expect(await state.audiences.byId('a-3f9c21d')).toBeUndefined();
    expect(await told()).toEqual([[lapsed.createdAt, 'ada', 'audience.saved', lapsed.handle]]);
  });

  test('saved again it takes the new name, and keeps its date and author', async () => {
    await state.audiences.save(lapsed);
    const again = { ...lapsed, name: 'Win back', createdAt: '2026-12-01T00:00:00.000Z', createdBy: 'bob' };
    expect(await state.audiences.save(again)).toEqual({ ...lapsed, name: 'Win back' });
    expect(await state.audiences.list()).toEqual([{ ...lapsed, name: 'Win back' }]);
    expect((await told()).map(([, actor]) => actor)).toEqual(['ada', 'bob']);
  });

  test('the newest is listed first, those of one moment by their handles', async () => {
    const newest = { ...lapsed, handle: 'a-00000003', createdAt: '2026-12-01T00:00:00.000Z' };
    for (const audience of [{ ...lapsed, handle: 'a-00000002' }, newest, { ...lapsed, handle: 'a-00000001' }])
      await state.audiences.save(audience);
    expect((await state.audiences.list()).map(({ handle }) => handle)).toEqual([
      'a-00000003',
      'a-00000001',
      'a-00000002',
    ]);
  });

  test('one that is removed is gone, and the record tells who did it', async () => {
    await state.audiences.save(lapsed);
    const by = { at: '2026-12-02T00:00:00.000Z', actor: 'bob' };
    expect(await state.audiences.remove(lapsed.handle, by)).toBe(true);
    expect(await state.audiences.remove(lapsed.handle, by)).toBe(false);
    expect(await state.audiences.list()).toEqual([]);
    expect((await told()).at(-1)).toEqual([by.at, 'bob', 'audience.removed', lapsed.handle]);
    expect(await told()).toHaveLength(2);
  });

  test('text that PostgreSQL cannot store is mended, a number that is none is refused', async () => {
    const saved = await state.audiences.save({ ...lapsed, name: 'half a \ud83d pair\0' });
    expect(saved.name).toBe('half a � pair');
    const broken: Audience = { ...lapsed, filter: { field: 'x', below: Number.NaN } };
    await expect(state.audiences.save(broken)).rejects.toThrow('only finite numbers');
  });
});
