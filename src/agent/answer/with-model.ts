import type { Answer } from '../../state/answers.ts';
import type { Message } from '../../state/conversations.ts';
import { inThread, loadConversation, saveConversation } from '../conversation.ts';
import { startMeter } from '../model/meter.ts';
import { isOfService } from '../model/service-error.ts';
import { readPrompt } from '../prompts.ts';
import { type Ended, endingOf, nothing, outcomes } from './ending.ts';
import { callsIn } from './evidence.ts';
import type { Unkept } from './keep-reply.ts';
import { sourcesOf } from './sources.ts';
import { withoutModelInstead } from './without-model.ts';
import { type Draft, type Question, reply, type Writing, write } from './write.ts';

/** Every request counts for the caps and leaves its row, however it ends. */
export async function answerWithModel(question: Question): Promise<Unkept> {
  const { context, thread, signal } = question;
  try {
    return await inThread(context.state, thread, () => answerInThread(question), signal);
  } catch (error) {
    // Taken back while it waited for another answer in the thread.
    if (!signal?.aborted) throw error;
    return cancelled;
  }
}

async function answerInThread(question: Question): Promise<Unkept> {
  const { context, access, surface, thread, signal } = question;
  const { state, now, actor } = context;
  const prompt = await readPrompt('answer');
  const before = await loadConversation(state, thread);
  // Of results that the model is told no more, its own answers still speak.
  const kept = callsIn(await state.conversations.messages(thread));
  const promptVersion = prompt.version;
  const meter = startMeter({ state, access, now, actor, surface, purpose: 'answer', promptVersion, thread });
  const writing: Writing = { ...question, prompt, meter, before, kept, asks: asked(question), seen: [] };
  const finish = (outcome: Answer['outcome'], result: Ended) =>
    meter.finish(outcome, {
      tools: result.calls.map(({ name }) => name),
      unsupported: result.unsupported,
      ...(result.why === null ? {} : { why: result.why }),
    });
  try {
    const draft = await write(writing);
    const ended = await endingOf(writing, draft);
    if (ended.keeps) await keep(writing, draft, ended.text);
    const silent = ended.stop === 'answered' && ended.author === 'deterministic';
    await finish(silent ? 'fallback' : outcomes[ended.stop], ended);
    return resultOf(writing, ended);
  } catch (error) {
    const failed: Ended = { ...nothing, why: error instanceof Error ? error.message : String(error) };
    await finish(signal?.aborted ? 'cancelled' : 'failed', failed);
    if (signal?.aborted) return resultOf(writing, { ...failed, stop: 'cancelled' });
    if (!isOfService(error)) throw error;
    const instead = await withoutModelInstead(writing, `${error.message} ${error.next}`);
    question.onEvent({ kind: 'text', text: instead.text });
    return resultOf(writing, { ...failed, ...instead, author: 'deterministic' });
  }
}

const cancelled: Unkept = {
  text: '',
  thread: null,
  author: 'model',
  sources: [],
  unsupported: [],
  stop: 'cancelled',
  usage: null,
  calls: [],
  answer: null,
};

/** The date beside it, as the system prompt stays the same for all. */
function asked({ question, context }: Question): Message {
  const date = context.now().toLocaleDateString('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
  return {
    role: 'user',
    content: [
      { type: 'text', text: `Today is ${date}.` },
      { type: 'text', text: question },
    ],
  };
}

/** As it was shown, so that nobody builds on what was sent back. */
async function keep({ context, surface, thread, asks }: Writing, { said }: Draft, text: string) {
  const { state, now, actor } = context;
  await saveConversation(state, {
    thread,
    messages: [asks, ...said, reply(text)],
    surface,
    at: now().toISOString(),
    actor,
  });
}

function resultOf(
  { thread, before, meter }: Writing,
  { text, author, stop, unsupported, calls, keeps }: Ended,
): Unkept {
  const sources = sourcesOf(calls);
  const kept = keeps || before.length > 0 ? thread : null;
  const took = { usage: meter.spent(), answer: meter.row() };
  return { text, thread: kept, author, sources, unsupported, stop, calls, ...took };
}
