import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/state/conversations.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const asked: Message = { role: 'user', content: [{ type: 'text', text: `Who "lapsed"? 🛍️ '; DROP TABLE` }] };
const called: Message = {
  role: 'assistant',
  content: [{ type: 'tool_use', id: 't1', name: 'show_segment', input: { share: 0.1 + 0.2, all: [null] } }],
};
const found: Message = {
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: 't1', content: '{"people":120}' }],
};
const answered: Message = { role: 'assistant', content: [{ type: 'text', text: 'About 120 of them.' }] };

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  const append = (messages: readonly Message[], after: number, thread = 'c-1') =>
    state.conversations.append({
      thread,
      after,
      messages,
      surface: 'cli',
      at: '2026-11-22T10:00:00.123Z',
      actor: 'ada',
    });

  test('what was said is given back as it was, in its order', async () => {
    expect(await state.conversations.messages('c-1')).toEqual([]);
    expect(await append([asked, called], 0)).toBe(true);
    expect(await append([found, answered], 2)).toBe(true);
    expect(await state.conversations.messages('c-1')).toEqual([asked, called, found, answered]);
    expect(await state.conversations.messages('c-2')).toEqual([]);
  });

  test('who did not know what was said meanwhile adds nothing', async () => {
    await append([asked, answered], 0);
    expect(await append([asked], 0)).toBe(false);
    expect(await append([asked], 1)).toBe(false);
    expect(await state.conversations.messages('c-1')).toEqual([asked, answered]);
  });

  test('of several who answer at once, one is first', async () => {
    const added = await Promise.all(Array.from({ length: 4 }, () => append([asked, answered], 0)));
    expect(added.filter(first => first)).toHaveLength(1);
    expect(await state.conversations.messages('c-1')).toEqual([asked, answered]);
  });

  test('threads do not mix', async () => {
    await Promise.all([append([asked], 0, 'c-1'), append([answered], 0, 'c-2')]);
    expect(await state.conversations.messages('c-1')).toEqual([asked]);
    expect(await state.conversations.messages('c-2')).toEqual([answered]);
  });

  test('text that PostgreSQL cannot store is mended; what cannot be kept leaves nothing behind', async () => {
    await append([{ role: 'user', content: [{ type: 'text', text: 'half a \ud83d pair\0' }] }], 0);
    const [kept] = await state.conversations.messages('c-1');
    expect(kept!.content[0]!.text).toBe('half a \ufffd pair');
    const broken: Message = { role: 'user', content: [{ type: 'text', text: Number.NaN }] };
    await expect(append([asked, broken], 1)).rejects.toThrow('only finite numbers');
    expect(await state.conversations.messages('c-1')).toHaveLength(1);
  });
});
