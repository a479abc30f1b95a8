import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/state/database.ts';
import type { ReplyRecord } from '../../src/state/replies.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const at = '2026-11-23T09:00:00.000Z';
const reply: ReplyRecord = {
  at,
  actor: 'Ada (U1)',
  surface: 'slack',
  thread: 'slack:C1:1763888400.000100',
  purpose: 'answer',
  question: `Who "lapsed"? 🛍️ '; DROP TABLE`,
  text: 'About **120** of them.',
  author: 'model',
  sources: [{ tool: 'list_segments', what: 'all segments', asOf: '2026-11-01' }],
  calls: [
    { name: 'list_segments', input: { share: 0.1 + 0.2 }, output: { people: 120 } },
    { name: 'show_moves', input: {}, output: null, cutFrom: 40_000 },
  ],
  answer: null,
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

  const judge = (verdict: 'good' | 'bad', actor: string, comment: string | null = null, of = 1, when = at) =>
    state.replies.judge({ reply: of, actor, verdict, comment, at: when });

  test('replies are given back as they were', async () => {
    expect(await state.replies.get(1)).toBeUndefined();
    expect(await state.replies.record(reply)).toBe(1);
    expect(await state.replies.record({ ...reply, thread: null, text: 'half a \ud83d\0' })).toBe(2);
    expect(await state.replies.get(1)).toEqual({ ...reply, id: 1 });
    expect(await state.replies.get(2)).toMatchObject({ thread: null, text: 'half a \ufffd' });
    expect(await state.replies.judged()).toEqual([]);
  });

  test('of what asking took there is a row, which may be forgotten before', async () => {
    const answer = await state.answers.record({
      at,
      actor: 'ada',
      surface: 'cli',
      thread: null,
      purpose: 'answer',
      model: 'm',
      promptVersion: '1',
      outcome: 'answered',
      turns: 1,
      inputTokens: 1,
      outputTokens: 1,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      cost: null,
      milliseconds: 1,
      details: { tools: [], unsupported: [] },
    });
    await state.replies.record({ ...reply, answer });
    expect((await state.replies.get(1))?.answer).toBe(answer);
    await database.db.execute('DELETE FROM kindred_state.answers');
    expect((await state.replies.get(1))?.answer).toBeNull();
  });

  test('the last word of each person stands, and all are in the audit', async () => {
    await state.replies.record(reply);
    await state.replies.record(reply);
    await state.replies.record(reply);
    expect(await judge('good', 'ada')).toBe(true);
    expect(await judge('good', 'bob', 'Just what I needed', 2)).toBe(true);
    expect(await judge('bad', 'bob', 'Wrong\0 segment', 1)).toBe(true);
    expect(await judge('bad', 'ada', 'Too long', 1, '2026-11-23T10:00:00.000Z')).toBe(true);
    const bob = { actor: 'bob', verdict: 'bad', comment: 'Wrong segment', at };
    const ada = { actor: 'ada', verdict: 'bad', comment: 'Too long', at: '2026-11-23T10:00:00.000Z' };
    expect(await state.replies.judged()).toEqual([
      { ...reply, id: 1, verdicts: [bob, ada] },
      {
        ...reply,
        id: 2,
        verdicts: [{ actor: 'bob', verdict: 'good', comment: 'Just what I needed', at }],
      },
    ]);
    const audit = await state.audit.list(['reply.judged']);
    expect(audit.map(({ actor, subject, details }) => [actor, subject, details.verdict])).toEqual([
      ['ada', 'r-1', 'good'],
      ['bob', 'r-2', 'good'],
      ['bob', 'r-1', 'bad'],
      ['ada', 'r-1', 'bad'],
    ]);
    expect(JSON.stringify(audit)).not.toContain('Too long');
  });

  test('what was asked before in a conversation is known, and nothing of other conversations', async () => {
    for (const question of ['first', 'second', 'third']) await state.replies.record({ ...reply, question });
    await state.replies.record({ ...reply, thread: 'c-2', question: 'elsewhere' });
    await state.replies.record({ ...reply, thread: null, question: 'alone' });
    const earlier = async (id: number) => state.replies.earlier((await state.replies.get(id))!);
    expect(await earlier(3)).toEqual(['first', 'second']);
    expect([await earlier(1), await earlier(4), await earlier(5)]).toEqual([[], [], []]);
  });

  test('of a reply that is not there nothing is kept', async () => {
    expect(await judge('bad', 'ada', 'what?', 7)).toBe(false);
    expect(await state.replies.judged()).toEqual([]);
    expect(await state.audit.list()).toEqual([]);
  });

  test('people who judge at once each have their say', async () => {
    await state.replies.record(reply);
    const people = ['ada', 'bob', 'cy', 'ada'];
    await Promise.all(people.map(actor => judge('good', actor)));
    const [judged] = await state.replies.judged();
    expect(judged!.verdicts.map(({ actor }) => actor)).toEqual(['ada', 'bob', 'cy']);
  });
});
