import type { KeptCall } from '../../state/replies.ts';
import type { ToolCall } from '../loop/loop.ts';
import type { AnswerResult, Asked } from './answer.ts';

/** An answer before it is kept, with the row of what it took. */
export type Unkept = Omit<AnswerResult, 'reply'> & { answer: number | null };

/** Characters of JSON that are kept of the outputs of one call, and of all calls of a reply. */
const longestOutput = 20_000;
const longestOutputs = 100_000;

/** Keeps what was said and what it rests on. Whoever asked gets the answer also where that fails. */
export async function keepReply(asked: Asked, { answer, ...result }: Unkept): Promise<AnswerResult> {
  if (result.text === '') return { ...result, reply: null };
  const { state, now, actor } = asked.context;
  const { text, author, sources, calls } = result;
  const reply = await state.replies
    .record({
      at: now().toISOString(),
      actor,
      surface: asked.surface,
      thread: result.thread ?? asked.thread,
      purpose: 'answer',
      question: asked.question,
      text,
      author,
      sources,
      calls: keptCalls(calls),
      answer,
    })
    .catch(() => null);
  return { ...result, reply };
}

/** Whole outputs or none: half a list would be read as all of it. */
function keptCalls(calls: readonly ToolCall[]): KeptCall[] {
  let left = longestOutputs;
  return calls.map(({ name, input, output }) => {
    const length = output === null ? 0 : JSON.stringify(output).length;
    if (length > Math.min(longestOutput, left)) return { name, input, output: null, cutFrom: length };
    left -= length;
    return { name, input, output };
  });
}
