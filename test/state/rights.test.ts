import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { needlesOf } from '../../src/rights/needles.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const at = '2026-11-22T10:00:00.000Z';
const anna = 'anna@example.org';
const { words, redacted } = needlesOf({
  profileId: 'shop/12',
  ids: [
    { source: 'shop', id: '12' },
    { source: 'track', id: 'answered' },
  ],
  emails: [anna],
  phones: [],
  external: [],
  orders: [],
});

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  test('a conversation loses the address that was typed in it, and stays one by whatever it is known', async () => {
    for (const thread of [`about ${anna}`, 'c-2'])
      await state.conversations.append({
        thread,
        after: 0,
        messages: [
          { role: 'user', content: [{ type: 'text', text: `12 of 12, and ${anna}? shop/12! 1.12` }] },
        ],
        surface: 'cli',
        at,
        actor: 'ada',
      });
    expect(await state.erasures.redact(words, redacted)).toEqual({ messages: 2 });
    for (const thread of [`about ${anna}`, 'c-2'])
      expect(await state.conversations.messages(thread)).toEqual([
        { role: 'user', content: [{ type: 'text', text: '12 of 12, and [erased]? [erased]! 1.12' }] },
      ]);
    expect(await state.erasures.redact(words, redacted)).toEqual({});
  });

  test('a short id, or one that is a word, changes no word elsewhere', async () => {
    const details = { answered: 12, words: ['12', 'answered', 'track/answered'] };
    await state.audit.append({ at, actor: 'ada', action: 'asked', subject: 'answered 12', details });
    expect(await state.erasures.redact(words, redacted)).toEqual({ audit: 1 });
    expect(await state.audit.list()).toMatchObject([
      { subject: 'answered 12', details: { answered: 12, words: ['12', 'answered', '[erased]'] } },
    ]);
  });

  test('what expired goes from every table that has a limit, and what stands or waits does not', async () => {
    const old = '2020-01-01T00:00:00Z';
    await database.db.execute(
      sql.raw(`
      INSERT INTO kindred_state.syncs (audience, connection, target, basis, holdout, holdout_key, most_change, purpose, status, created_at, created_by)
        VALUES ('aud_1', 'mail', '{}', '{}', 0.1, 'k', 0.1, 'news', 'active', '${old}', 'ada')`),
    );
    const run = (status: string) =>
      `INSERT INTO kindred_state.sync_runs (sync_id, kind, as_of, record, status, counts, created_at, created_by)
         SELECT max(id), 'follow', '2020-01-01', 'r', '${status}', '{}', '${old}', 'ada' FROM kindred_state.syncs`;
    for (const status of ['done', 'planned', 'approved', 'superseded', 'done'])
      await database.db.execute(sql.raw(run(status)));
    await database.db.execute(
      sql.raw(`
      INSERT INTO kindred_state.assignments SELECT max(id), 'shop/1', 'holdout', 'seg', '2020-01-01', '${old}' FROM kindred_state.syncs`),
    );
    await database.db.execute(
      sql.raw(`
      INSERT INTO kindred_state.sync_members SELECT max(id), 'shop/2', 'k', 'by kindred', '{}', '${old}' FROM kindred_state.syncs`),
    );
    await state.audit.append({ at: old, actor: 'ada', action: 'asked', subject: 's', details: {} });
    for (const [thread, moment] of [
      ['old', old],
      ['new', at],
    ] as const) {
      const said = { thread, messages: [], surface: 'cli', actor: 'ada' };
      await state.conversations.append({ ...said, after: 0, at: old });
      await state.conversations.append({
        ...said,
        after: 0,
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
        at: moment,
      });
    }
    for (const due of [old, '2020-01-08T00:00:00Z'])
      await database.db.execute(
        sql.raw(`
        INSERT INTO kindred_state.jobs (kind, due_at, status, attempts, not_before, finished_at)
          VALUES ('refresh', '${due}', 'done', 1, '${old}', '${old}')`),
      );
    const kinds = [
      'conversations',
      'audit',
      'jobs',
      'syncs',
      'slack',
      'tokens',
      'replies',
      'usage',
      'what-ifs',
    ] as const;
    const told = async (apply: boolean) => {
      const all = {};
      for (const kind of kinds)
        Object.assign(all, await state.retention.before(kind, new Date('2024-01-01'), apply));
      return all;
    };
    const expected = { conversations: 1, audit: 1, jobs: 1, sync_runs: 2 };
    expect(await told(false)).toEqual(expected);
    expect(await told(true)).toEqual(expected);
    expect(await told(true)).toEqual({});
    expect(await state.conversations.messages('new')).toHaveLength(1);
    const left = async (table: string) => {
      const found = await database.db.execute(sql.raw(`SELECT 1 FROM kindred_state.${table}`));
      return (Array.isArray(found) ? found : (found as unknown as { rows: object[] }).rows).length;
    };
    expect([await left('sync_runs'), await left('assignments'), await left('sync_members')]).toEqual([
      3, 1, 1,
    ]);
    await database.db.execute(sql.raw('DELETE FROM kindred_state.syncs'));
  });
});
