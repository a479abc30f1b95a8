import { randomBytes } from 'node:crypto';
import { InputError } from '../../errors.ts';
import type { ToolContext } from '../../tools/tool.ts';
import type { LoopEvent, Stop, ToolCall } from '../loop/loop.ts';
import type { ModelAccess } from '../model/access.ts';
import type { Spent } from '../model/meter.ts';
import { withoutIdentifiers } from './identifiers.ts';
import { keepReply, type Unkept } from './keep-reply.ts';
import { type Source, sourcesOf } from './sources.ts';
import { answerWithModel } from './with-model.ts';
import { answerWithoutModel } from './without-model.ts';

export interface Asked {
  context: ToolContext;
  /** null where no model can be asked. */
  access: ModelAccess | null;
  question: string;
  /** The conversation to go on with; a new one where null. */
  thread: string | null;
  /** Where it was asked: `cli`, `slack`, … */
  surface: string;
  signal?: AbortSignal | undefined;
  /**
   * Told as the answer comes: tools as they are called, and text once it was checked, paragraph by paragraph. All of the
   * text of a result was told by its end; `again` makes void what was told of it.
   */
  onEvent?: ((event: LoopEvent) => void) | undefined;
}

export interface AnswerResult {
  /** Markdown of the plainest kind. */
  text: string;
  /** The conversation that it stands in; null where none was kept, as nothing can be asked to follow. */
  thread: string | null;
  author: 'model' | 'deterministic';
  sources: Source[];
  /** Figures, dates and handles that no result bears out; the text says so. */
  unsupported: string[];
  /** `failed`: the service of the model did not answer. */
  stop: Stop | 'failed';
  /** null where no model was asked. */
  usage: Spent | null;
  calls: ToolCall[];
  /** Id under which the state keeps it, for what people think of it; null where nothing was said, or it could not be kept. */
  reply: number | null;
}

const longestQuestion = 4000;

/**
 * Answers a question about the shop's customers from what tools tell. Every figure of the answer was held against their
 * results. Call it in no turn: each tool takes its own.
 *
 * @throws InputError where there is no question, or nothing to ask about yet
 */
export async function answerQuestion(asked: Asked): Promise<AnswerResult> {
  // Whatever reaches a model holds no address, also where the person wrote one.
  const question = withoutIdentifiers(asked.question).trim();
  if (question === '') throw new InputError('There is no question.', 'Say what you want to know.');
  if (question.length > longestQuestion)
    throw new InputError(
      `The question is longer than ${longestQuestion} characters.`,
      'Ask for one thing at a time.',
    );
  asked.signal?.throwIfAborted();
  return keepReply({ ...asked, question }, await answered({ ...asked, question }));
}

async function answered(asked: Asked): Promise<Unkept> {
  const { context, access, question, signal, onEvent = () => {} } = asked;
  if (access === null) {
    const { text, calls } = await answerWithoutModel({ ...context, signal }, question, onEvent);
    onEvent({ kind: 'text', text });
    return {
      text,
      thread: null,
      author: 'deterministic',
      sources: sourcesOf(calls),
      unsupported: [],
      stop: 'answered',
      usage: null,
      calls,
      answer: null,
    };
  }
  const thread = asked.thread ?? newThread();
  return answerWithModel({ ...asked, thread, access, onEvent });
}

/** Short and sayable. */
const newThread = () => `c-${randomBytes(5).toString('hex')}`;
