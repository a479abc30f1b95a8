import type { BetaMessage, BetaMessageParam } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { Message } from '../../state/conversations.ts';
import type { Tool, ToolContext } from '../../tools/tool.ts';
import type { ModelAccess } from '../model/access.ts';
import { tokensAtMost } from '../model/limits.ts';
import type { Meter } from '../model/meter.ts';
import { inputTokens } from '../model/prices.ts';
import { replyTokens } from '../model/room-to-think.ts';
import { toldUsage } from '../model/told-usage.ts';
import { type LoopEvent, type Outcome, runnableTools, type ToolCall } from './runnable-tools.ts';

export interface LoopOptions {
  context: ToolContext;
  access: ModelAccess;
  /** The same for all requests of an answer: what changed here would be read, and paid for, anew. */
  system: string;
  /** What was said before, the question last. */
  messages: readonly Message[];
  meter: Meter;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: LoopEvent) => void) | undefined;
  /** Of one reply, without what the model thinks before it. */
  maxTokens: number;
  registry?: readonly Tool[];
}

/** `cut-off`: the reply was longer than `maxTokens`. `context-full`: it is more than the model can read. */
export type Stop = 'answered' | 'refused' | 'limit' | 'cancelled' | 'cut-off' | 'context-full';

/** Where a loop is. It outlives the client's runner, which is made anew after a failure. */
export interface Run extends LoopOptions {
  context: ToolContext;
  registry: readonly Tool[];
  onEvent: (event: LoopEvent) => void;
  /** Whether the service is asked to keep what comes first in every request. */
  caching: boolean;
  said: Message[];
  calls: ToolCall[];
  /** Of the reply that came last, as far as it came. */
  text: string;
  /** Whether an answer to the last request began to come. */
  began: boolean;
  /** Whether a whole reply came since `talk` was called. */
  replied: boolean;
}

/**
 * Goes on from what was said until the model is done; what comes is added to the run.
 *
 * @param input tokens that are to be sent at first, where more is known of them than their length
 */
export async function talk(run: Run, input?: number): Promise<Stop> {
  const { access, meter, system, signal } = run;
  const outcomes = new Map<string, Outcome>();
  const sent = [...run.messages, ...run.said];
  const runnable = runnableTools({
    ...run,
    outcomes,
    isLast: () => meter.spent().turns >= access.limits.turns - 1,
  });
  let next = input ?? tokensAtMost([system, runnable, sent]);
  const maxTokens = await replyTokens(run, run.maxTokens, next);
  run.began = run.replied = false;
  await meter.allow({ inputTokens: next, maxTokens });
  const kept = run.caching ? { cache_control: { type: 'ephemeral' as const } } : {};
  const runner = access.client.beta.messages.toolRunner(
    {
      model: access.id,
      max_tokens: maxTokens,
      // Tools come before the system prompt: one mark keeps both. The other one moves along with the last message.
      system: [{ type: 'text', text: system, ...kept }],
      ...kept,
      tools: runnable,
      messages: sent as unknown as BetaMessageParam[],
      thread: false,
      stream: true,
      max_iterations: access.limits.turns,
    },
    { signal: signal ?? null },
  );
  let stop: Stop = 'answered';
  for await (const stream of runner) {
    run.began = false;
    run.text = '';
    stream.on('connect', () => {
      run.began = true;
    });
    stream.on('text', text => {
      run.text += text;
      run.onEvent({ kind: 'text', text });
    });
    const reply = await stream.finalMessage().catch(() => null);
    const usage = toldUsage(reply ?? stream.currentMessage, next);
    if (reply || run.began) meter.add(usage);
    // The runner throws what broke the stream off.
    if (!reply) continue;
    run.replied = true;
    run.said.push({ role: 'assistant', content: plainBlocks(reply.content) });
    stop = stopOf(reply);
    const callsTools = reply.content.some(({ type }) => type === 'tool_use');
    if (stop !== 'answered' || !(callsTools || reply.stop_reason === 'pause_turn')) continue;
    const results = callsTools ? ((await runner.generateToolResponse(signal))?.content ?? []) : [];
    if (callsTools) answerCalls(run, reply, plainBlocks(results), outcomes);
    signal?.throwIfAborted();
    next = inputTokens(usage) + usage.output_tokens + tokensAtMost(results);
    // A runner stops where a server calls tools and says that it is done, and asks for replies of one length: where the
    // caps have no room for that any more, another one asks for what there is.
    const stopped = callsTools && reply.stop_reason !== 'tool_use';
    if (stopped || (await replyTokens(run, run.maxTokens, next)) < maxTokens) return await talk(run, next);
    await meter.allow({ inputTokens: next, maxTokens });
  }
  return stop;
}

function stopOf({ stop_reason: reason }: BetaMessage): Stop {
  if (reason === 'refusal') return 'refused';
  if (reason === 'max_tokens') return 'cut-off';
  return reason === 'model_context_window_exceeded' ? 'context-full' : 'answered';
}

function answerCalls(
  run: Run,
  { content }: BetaMessage,
  results: Message['content'],
  outcomes: Map<string, Outcome>,
): void {
  run.said.push({ role: 'user', content: results });
  for (const block of content) {
    if (block.type !== 'tool_use') continue;
    const { id, name, input } = block;
    const outcome = outcomes.get(id) ?? { output: null, error: `There is no tool ${name}.` };
    run.calls.push({ name, input, ...outcome });
    outcomes.delete(id);
  }
}

/** As plain data: blocks of the client hide things in their properties. */
function plainBlocks(content: unknown): Message['content'] {
  return JSON.parse(JSON.stringify(content));
}
