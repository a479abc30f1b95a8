import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/state/answers.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const answer: Answer = {
  at: '2026-11-22T10:00:00.123Z',
  actor: 'Zoë "🛍️"',
  surface: 'cli',
  thread: 'c-1',
  purpose: 'answer',
  model: 'claude-sonnet-5-5',
  promptVersion: '3',
  outcome: 'answered',
  turns: 3,
  inputTokens: 900,
  outputTokens: 410,
  cacheReadTokens: 8000,
  cacheWriteTokens: 1200,
  cost: 0.1 + 0.2,
  milliseconds: 5200,
  details: { tools: ['show_segment', 'show_segment'], unsupported: ['12 %'], why: 'half a pair' },
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

  test('is given back as it was recorded', async () => {
    const unknown: Answer = {
      ...answer,
      thread: null,
      cost: null,
      outcome: 'failed',
      details: { tools: [], unsupported: [] },
    };
    await state.answers.record(answer);
    await state.answers.record(unknown);
    const period = { from: '2026-11-22T00:00:00.000Z', until: '2026-11-23T00:00:00.000Z' };
    expect(await state.answers.list(period)).toEqual([answer, unknown]);
  });

  test('a period holds its beginning and not its end', async () => {
    const times = ['2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00.000Z', '2026-11-22T23:59:59.999Z'];
    for (const at of [...times, '2026-11-23T00:00:00.000Z']) await state.answers.record({ ...answer, at });
    const held = await state.answers.list({ from: times[1]!, until: '2026-11-23T00:00:00.000Z' });
    expect(held.map(({ at }) => at)).toEqual(times.slice(1));
  });

  test('text that PostgreSQL cannot store is mended', async () => {
    const why = 'half a \ud83d pair\0';
    await state.answers.record({ ...answer, actor: why, details: { tools: [], unsupported: [], why } });
    const [kept] = await state.answers.list({ from: answer.at, until: '2027-01-01T00:00:00.000Z' });
    expect([kept!.actor, kept!.details.why]).toEqual(['half a \ufffd pair', 'half a \ufffd pair']);
  });
});
