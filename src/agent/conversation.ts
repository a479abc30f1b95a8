import type { Message } from '../state/conversations.ts';
import type { State } from '../state/state.ts';
import { createTurns, type Turns } from '../turns.ts';

type Kept = Pick<State, 'conversations'>;

/** Characters of what a thread tells the model again; what is older is left out. */
const longest = 60_000;

/** Answers in one thread, one after the other: each is to know the one before. */
const threads = new WeakMap<State['conversations'], Map<string, { turns: Turns; waiting: number }>>();

/** Waits until nobody in this process answers in the thread. Rejects at once where `signal` is aborted meanwhile. */
export async function inThread<T>(
  { conversations }: Kept,
  thread: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const open = threads.get(conversations) ?? new Map();
  threads.set(conversations, open);
  const mine = open.get(thread) ?? { turns: createTurns(), waiting: 0 };
  open.set(thread, mine);
  mine.waiting++;
  try {
    return await mine.turns.take(thread, work, signal);
  } finally {
    if (--mine.waiting === 0) open.delete(thread);
  }
}

/**
 * What was said in a thread, as it can be sent: roles take turns, and where it grew long it begins at a later question.
 * It begins at the same one for several answers, as the service keeps what it has read before.
 */
export async function loadConversation({ conversations }: Kept, thread: string): Promise<Message[]> {
  return joined(shortened(exchangesOf(await conversations.messages(thread))).flat());
}

/**
 * Adds an exchange at the end of its thread, which begins with the question. What the model thought is left out: no other
 * model may read it, nor the same one where what came before was shortened.
 */
export async function saveConversation(
  { conversations }: Kept,
  said: { thread: string; messages: readonly Message[]; surface: string; at: string; actor: string },
): Promise<void> {
  const messages = said.messages.map(message => ({ ...message, content: message.content.flatMap(kept) }));
  const told = messages.filter(({ content }) => content.length > 0);
  let added = false;
  // Another process may answer in the thread too: then this exchange comes after that one.
  while (!added) {
    const { length: after } = await conversations.messages(said.thread);
    added = await conversations.append({ ...said, messages: told, after });
  }
}

type Block = Message['content'][number];

/** The parts of a block that a service takes back; it tells more than that. */
function kept(block: Block): Block[] {
  const { type } = block;
  if (type === 'text') return String(block.text).trim() === '' ? [] : [{ type, text: block.text }];
  if (type === 'tool_use') return [{ type, id: block.id, name: block.name, input: block.input }];
  if (type !== 'tool_result') return [];
  const failed = block.is_error === true ? { is_error: true } : {};
  return [{ type, tool_use_id: block.tool_use_id, content: block.content, ...failed }];
}

/** A question with all that was said to it. */
type Exchange = Message[];

function exchangesOf(messages: readonly Message[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    const asks = message.role === 'user' && !message.content.some(({ type }) => type === 'tool_result');
    const current = exchanges.at(-1);
    // Two questions in a row are one: nothing was said to the first.
    if (!current || (asks && current.at(-1)!.role === 'assistant')) exchanges.push([message]);
    else current.push(message);
  }
  return exchanges;
}

function shortened(exchanges: readonly Exchange[]): Exchange[] {
  let kept: Exchange[] = [];
  for (const exchange of exchanges) {
    kept.push(sizeOf([exchange]) > longest ? withoutTools(exchange) : exchange);
    if (sizeOf(kept) <= longest) continue;
    while (kept.length > 1 && sizeOf(kept) > longest / 2) kept = kept.slice(1);
  }
  return kept;
}

/** The question and the answer. */
function withoutTools(exchange: Exchange): Exchange {
  const texts = exchange.map(({ role, content }) => ({
    role,
    content: content.filter(({ type }) => type === 'text'),
  }));
  const question = texts[0]!;
  const answer = texts.findLast(({ role, content }) => role === 'assistant' && content.length > 0);
  return answer ? [question, answer] : [question];
}

const sizeOf = (exchanges: readonly Exchange[]) => JSON.stringify(exchanges).length;

/** Some services refuse two messages of one role in a row. */
function joined(messages: readonly Message[]): Message[] {
  const turns: Message[] = [];
  for (const { role, content } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, content: [...last.content, ...content] };
    else turns.push({ role, content });
  }
  return turns;
}
