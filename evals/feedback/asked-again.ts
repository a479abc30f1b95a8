import { answerQuestion } from '../../src/agent/answer/answer.ts';
import type { FeedbackCase } from '../../src/agent/answer/feedback-case.ts';
import type { ToolCall } from '../../src/agent/loop/loop.ts';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { currentModel } from '../../src/segmentation/current.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import type { WrittenAnswer } from '../answers/question.ts';

/** The answer to a judged question, asked again. */
export interface AskedAgain extends Pick<WrittenAnswer, 'id' | 'today' | 'text' | 'calls'> {
  judged: FeedbackCase;
  author: 'model' | 'deterministic';
  /** Of the questions that led to it: their results bear figures out as well. */
  earlier: WrittenAnswer['calls'];
  /** Whether it ended as answers should. */
  answered: boolean;
  /** Whether it was asked of the same segments on figures of the same day, so that the same answer has the same figures. */
  comparable: boolean;
  /** Of all segments of the shop that was asked. */
  names: string[];
}

/** Asks a question again, after those that led to it, in a conversation of its own. */
export async function askAgain(
  context: ToolContext,
  access: ModelAccess | null,
  judged: FeedbackCase,
): Promise<AskedAgain> {
  const ask = (question: string, thread: string | null) =>
    answerQuestion({ context, access, question, thread, surface: 'eval' });
  let thread: string | null = null;
  const earlier: ToolCall[] = [];
  // Without a model there are no conversations.
  for (const question of access === null ? [] : judged.before) {
    const answer = await ask(question, thread);
    thread = answer.thread;
    earlier.push(...answer.calls);
  }
  const { text, author, stop, calls, sources } = await ask(judged.question, thread);
  const model = await currentModel(context.state);
  return {
    id: judged.id,
    judged,
    author,
    answered: stop === 'answered' && (access === null || author === 'model'),
    today: context.now().toISOString().slice(0, 10),
    text,
    earlier: withResults(earlier),
    calls: withResults(calls),
    comparable:
      judged.model === model.fingerprint && sources.some(({ asOf }) => judged.days.some(day => day === asOf)),
    names: model.segments.map(({ persona }) => persona.name),
  };
}

const withResults = (calls: readonly ToolCall[]) =>
  calls.flatMap(({ name, input, output }) => (output === null ? [] : [{ name, input, output }]));
