import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { Message, MessageParam, StopReason } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import type { Answer } from '../state/answers.ts';
import type { ToolContext } from '../tools/tool.ts';
import type { ModelAccess } from './model/access.ts';
import { LimitReached } from './model/limits.ts';
import { type Meter, startMeter } from './model/meter.ts';
import { replyTokens } from './model/room-to-think.ts';
import { asServiceError, isOfService, isTooLong } from './model/service-error.ts';
import { toldUsage } from './model/told-usage.ts';
import type { Prompt } from './prompts.ts';

/** What a task asks a model for. */
export interface Ask<Schema extends z.ZodType> {
  context: Pick<ToolContext, 'state' | 'now' | 'actor' | 'signal'>;
  access: ModelAccess;
  surface: string;
  purpose: Answer['purpose'];
  prompt: Prompt;
  /** The user's message: aggregates only, words that came from data fenced. */
  data: string;
  schema: Schema;
  /** Why a value that fits the schema is refused all the same, for the model to read; none where it is good. */
  check(value: z.output<Schema>): string[];
}

/**
 * `why`: whole sentences, for people. `last`: what was said last and kept to the schema, for tasks that can use the
 * parts that are good.
 */
export type Asked<Value> =
  | { kind: 'answered'; value: Value; answer: Answer }
  /** What the model wrote does not hold, or it declined. */
  | { kind: 'refused'; why: string; last: Value | null; answer: Answer }
  /** A cap left no room for another request, or the service did not answer it. */
  | { kind: 'failed'; why: string; last: Value | null; answer: Answer };

/**
 * Asks a model for a value of a schema. What breaks the schema or is refused by `check` goes back with the reasons, as
 * often as the prompt allows. Where nothing good comes of it, whatever the cause, the caller's own text stands in and
 * says why. Call it in no turn: it takes as long as the model does.
 *
 * @throws the signal's reason where it was cancelled, which leaves its row in the state's answers as all else does
 */
export async function askFor<Schema extends z.ZodType>(ask: Ask<Schema>): Promise<Asked<z.output<Schema>>> {
  const { context, access, surface, purpose, prompt } = ask;
  const { state, now, actor } = context;
  const promptVersion = prompt.version;
  const meter = startMeter({ state, access, now, actor, surface, purpose, promptVersion, thread: null });
  const finish = (outcome: Answer['outcome'], why?: string) =>
    meter.finish(outcome, { tools: [], unsupported: [], ...(why === undefined ? {} : { why }) });
  let said: Said<z.output<Schema>>;
  try {
    said = await converse(ask, meter);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await finish(context.signal?.aborted ? 'cancelled' : 'failed', why);
    context.signal?.throwIfAborted();
    throw error;
  }
  const { outcome, ...asked } = said;
  return { ...asked, answer: await finish(outcome, asked.kind === 'answered' ? undefined : asked.why) };
}

type Said<Value> =
  | { kind: 'answered'; value: Value; outcome: 'answered' }
  | { kind: 'refused'; why: string; last: Value | null; outcome: 'fallback' | 'refused' }
  | { kind: 'failed'; why: string; last: Value | null; outcome: 'failed' | 'limit' };

async function converse<Schema extends z.ZodType>(
  ask: Ask<Schema>,
  meter: Meter,
): Promise<Said<z.output<Schema>>> {
  const { attempts } = ask.prompt.limits;
  const messages: MessageParam[] = [{ role: 'user', content: ask.data }];
  let last: z.output<Schema> | null = null;
  let reasons: string[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    let reply: Message;
    try {
      reply = await request(ask, messages, meter);
    } catch (thrown) {
      if (isTooLong(thrown)) return refused(tooLong, last, 'fallback');
      const error = asServiceError(thrown, ask.access);
      if (ask.context.signal?.aborted || !isOfService(error)) throw error;
      const why = [attempt === 0 ? '' : unusable(reasons), error.message, error.next].join(' ').trim();
      return { kind: 'failed', why, last, outcome: error instanceof LimitReached ? 'limit' : 'failed' };
    }
    const { stop_reason: stop } = reply;
    if (stop === 'refusal') return refused('The model declined to answer.', last, 'refused');
    if (stop === 'model_context_window_exceeded') return refused(tooLong, last, 'fallback');
    const read = readReply(textOf(reply), stop, ask);
    if (read.value !== undefined) last = read.value;
    if (read.value !== undefined && read.reasons.length === 0)
      return { kind: 'answered', value: read.value, outcome: 'answered' };
    reasons = read.reasons;
    messages.push(
      // The API takes no empty message.
      { role: 'assistant', content: textOf(reply).trimEnd() || '(no text)' },
      { role: 'user', content: sendBack(reasons) },
    );
  }
  return refused(unusable(reasons), last, 'fallback');
}

const tooLong = 'What there is to tell is more than the model can read.';

function refused<Value>(why: string, last: Value | null, outcome: 'fallback' | 'refused'): Said<Value> {
  return { kind: 'refused', why, last, outcome };
}

/** A whole answer with many segments may take minutes, so it is streamed: only its beginning has to come soon. */
async function request<Schema extends z.ZodType>(
  { context, access, prompt, schema }: Ask<Schema>,
  messages: MessageParam[],
  meter: Meter,
): Promise<Message> {
  const { type, schema: shape } = zodOutputFormat(schema);
  const system = access.official ? prompt.text : `${prompt.text}\n\n${inWords(schema)}`;
  const format = access.official ? { output_config: { format: { type, schema: shape } } } : {};
  const characters = system.length + JSON.stringify([messages, format]).length;
  const inputTokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  const maxTokens = await replyTokens({ access, meter }, prompt.limits.maxTokens, inputTokens);
  await meter.allow({ inputTokens, maxTokens });
  const signal = AbortSignal.any([
    ...(context.signal ? [context.signal] : []),
    AbortSignal.timeout(LONGEST_ANSWER),
  ]);
  const stream = access.client.messages.stream(
    { model: access.id, max_tokens: maxTokens, system, messages, ...format },
    { signal },
  );
  let began = false;
  stream.on('connect', () => {
    began = true;
  });
  let reply: Message | undefined;
  try {
    reply = await stream.finalMessage();
    return reply;
  } finally {
    // What broke off is paid for as well.
    if (began) meter.add(toldUsage(reply ?? stream.currentMessage, inputTokens));
  }
}

/** Fewer than any text has, so that caps hold. */
const CHARACTERS_PER_TOKEN = 2;
const LONGEST_ANSWER = 10 * 60_000;

const inWords = (schema: z.ZodType) =>
  `Answer with one JSON object and nothing else. It must fit this JSON schema:\n${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))}`;

function textOf({ content }: Message): string {
  return content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join('');
}

function readReply<Schema extends z.ZodType>(
  text: string,
  stop: StopReason | null,
  { schema, check, prompt }: Ask<Schema>,
): { value?: z.output<Schema>; reasons: string[] } {
  if (stop === 'max_tokens')
    return { reasons: [`It was cut off after ${prompt.limits.maxTokens} tokens: write less.`] };
  const json = jsonIn(text);
  if (json === undefined) return { reasons: ['It is not one JSON object.'] };
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    return { reasons: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  return { value: parsed.data, reasons: check(parsed.data) };
}

/** The object in a text, also where words or a code fence stand around it; undefined where there is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}

const MOST_REASONS = 40;

function sendBack(reasons: readonly string[]): string {
  const told = reasons.slice(0, MOST_REASONS).map(reason => `- ${reason}`);
  const more =
    reasons.length > MOST_REASONS ? [`- and ${reasons.length - MOST_REASONS} more like these`] : [];
  return [
    'This cannot be used:',
    ...told,
    ...more,
    '',
    'Mend what is named and keep the rest. Give the whole answer again.',
  ].join('\n');
}

/** For people: the first few say enough. */
function unusable(reasons: readonly string[]): string {
  const shown = reasons.slice(0, 3).join(' ');
  const more = reasons.length > 3 ? ` And ${reasons.length - 3} more.` : '';
  return `What the model wrote could not be used: ${shown}${more}`;
}
