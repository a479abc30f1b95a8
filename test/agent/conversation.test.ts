import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inThread, loadConversation, saveConversation } from '../../src/agent/conversation.ts';
import type { Message } from '../../src/state/conversations.ts';
import { openState, type State } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';

let state: State;
beforeAll(async () => {
  state = await openState({ dataDir: '', url: await freshDatabase() });
});
afterAll(() => state?.close());

const says = (role: Message['role'], text: string): Message => ({ role, content: [{ type: 'text', text }] });
const calls = (id: string): Message => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id, name: 'look', input: { at: id } }],
});
const found = (id: string, content = 'something'): Message => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content }],
});

let threads = 0;
const newThread = () => `thread ${++threads}`;
const save = (thread: string, messages: Message[]) =>
  saveConversation(state, { thread, messages, surface: 'cli', at: '2026-11-22T10:00:00.000Z', actor: 'ada' });

/** A call without its result, or the other way round, would be refused. */
function paired(messages: readonly Message[]): boolean {
  const ids = (type: string, name: string) =>
    messages.flatMap(({ content }) => content.filter(each => each.type === type).map(each => each[name]));
  return String(ids('tool_use', 'id')) === String(ids('tool_result', 'tool_use_id'));
}

test('a thread is resumed where it was left', async () => {
  const thread = newThread();
  const first = [says('user', 'Who?'), calls('a'), found('a'), says('assistant', 'They.')];
  const second = [says('user', 'And now?'), says('assistant', 'Still they.')];
  expect(await loadConversation(state, thread)).toEqual([]);
  await save(thread, first);
  await save(thread, second);
  expect(await loadConversation(state, thread)).toEqual([...first, ...second]);
});

test('keeps what a service takes back: no thoughts, no empty words, nothing of its own', async () => {
  const thread = newThread();
  await save(thread, [
    says('user', 'Who?'),
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'x' },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'Let me look.', citations: null },
        { type: 'tool_use', id: 'a', name: 'look', input: {}, caller: { type: 'direct' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'no', is_error: true }] },
    { role: 'assistant', content: [{ type: 'redacted_thinking', data: 'x' }] },
  ]);
  expect(await loadConversation(state, thread)).toEqual([
    says('user', 'Who?'),
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'a', name: 'look', input: {} },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'no', is_error: true }] },
  ]);
});

test('roles take turns, also after a question that was not answered', async () => {
  const thread = newThread();
  await save(thread, [says('user', 'One?')]);
  await save(thread, [says('user', 'Two?'), says('assistant', 'Both.'), says('assistant', 'Yes.')]);
  const told = await loadConversation(state, thread);
  expect(told.map(({ role, content }) => [role, content.map(({ text }) => text)])).toEqual([
    ['user', ['One?', 'Two?']],
    ['assistant', ['Both.', 'Yes.']],
  ]);
});

describe('a thread that grew long', () => {
  const exchange = (i: number, size: number) => [
    says('user', `Question ${i}`),
    calls(`t${i}`),
    found(`t${i}`, 'x'.repeat(size)),
    says('assistant', `Answer ${i}`),
  ];
  const asks = (messages: readonly Message[]) => String(messages[0]!.content[0]!.text);

  test('begins at a later question, at the same one for several answers', async () => {
    const thread = newThread();
    const begins: string[] = [];
    for (let i = 0; i < 20; i++) {
      await save(thread, exchange(i, 9000));
      const told = await loadConversation(state, thread);
      begins.push(asks(told));
      expect(JSON.stringify(told).length).toBeLessThanOrEqual(60_000);
      expect(told.at(-1)).toEqual(says('assistant', `Answer ${i}`));
      expect(paired(told)).toBe(true);
    }
    expect(new Set(begins).size).toBeLessThan(7);
    expect(begins.at(-1)).not.toBe('Question 0');
  });

  test('keeps question and answer of an exchange that is too long by itself', async () => {
    const thread = newThread();
    await save(thread, exchange(0, 100_000));
    expect(await loadConversation(state, thread)).toEqual([
      says('user', 'Question 0'),
      says('assistant', 'Answer 0'),
    ]);
  });
});

test('answers in one thread take turns, those in others do not wait', async () => {
  const told: string[] = [];
  const answer = (thread: string, name: string) =>
    inThread(state, thread, async () => {
      const before = await loadConversation(state, thread);
      told.push(`${name} knows ${before.length}`);
      await save(thread, [says('user', name), says('assistant', name)]);
    });
  const thread = newThread();
  let letGo = () => {};
  const held = inThread(
    state,
    newThread(),
    () =>
      new Promise<void>(resolve => {
        letGo = resolve;
      }),
  );
  await Promise.all([answer(thread, 'a'), answer(thread, 'b'), answer(thread, 'c')]);
  expect(told).toEqual(['a knows 0', 'b knows 2', 'c knows 4']);
  letGo();
  await held;
});

test('who gives up while waiting for a thread is not begun', async () => {
  const thread = newThread();
  const asker = new AbortController();
  let letGo = () => {};
  const held = inThread(
    state,
    thread,
    () =>
      new Promise<void>(resolve => {
        letGo = resolve;
      }),
  );
  const waiting = inThread(state, thread, async () => 'never', asker.signal);
  asker.abort();
  await expect(waiting).rejects.toThrow('aborted');
  letGo();
  await held;
});

test('an exchange that another process came before is added after it', async () => {
  const thread = newThread();
  const { conversations } = state;
  let first = true;
  const racing: Pick<State, 'conversations'> = {
    conversations: {
      append: said => conversations.append(said),
      async messages(of) {
        const messages = await conversations.messages(of);
        if (first) {
          first = false;
          await save(thread, [says('user', 'Theirs'), says('assistant', 'Theirs')]);
        }
        return messages;
      },
    },
  };
  const ours = [says('user', 'Ours'), says('assistant', 'Ours')];
  await saveConversation(racing, {
    thread,
    messages: ours,
    surface: 'cli',
    at: '2026-11-22T10:00:00.000Z',
    actor: 'ada',
  });
  expect((await loadConversation(state, thread)).map(({ content }) => content[0]!.text)).toEqual([
    'Theirs',
    'Theirs',
    'Ours',
    'Ours',
  ]);
});
