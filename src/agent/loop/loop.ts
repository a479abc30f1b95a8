import { setTimeout as delay } from 'node:timers/promises';
import { BadRequestError } from '@anthropic-ai/sdk/error';
import type { Message } from '../../state/conversations.ts';
import { tools } from '../../tools/registry.ts';
import type { ToolContext } from '../../tools/tool.ts';
import { LimitReached } from '../model/limits.ts';
import { asServiceError, isBrokenOff, isTooLong } from '../model/service-error.ts';
import { type LoopEvent, type ToolCall, withoutLastWords } from './runnable-tools.ts';
import { type LoopOptions, type Run, type Stop, talk } from './talk.ts';

export type { LoopEvent, LoopOptions, Stop, ToolCall };

export interface LoopResult {
  /** Of the last reply, as far as it came. */
  text: string;
  /** What was said since: replies and results of tools, each call with its result. Fit to be sent again. */
  messages: Message[];
  calls: ToolCall[];
  stop: Stop;
  /** Why it stopped, where it was not answered. */
  why: string | null;
}

/** Replies that break off are asked for again this often before it is given up. */
const retries = 2;
const firstDelayMs = 500;

/**
 * Lets the model answer with the tools of the registry, until it is done or something stops it. Every request is held
 * to the caps before it is made. Call it in no turn: each tool takes its own.
 *
 * @throws UpstreamError or OperatorError where the service does not answer, however often it was asked
 */
export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const { access, signal } = options;
  const run = begin(options);
  for (let failures = 0; ; ) {
    try {
      return finished(run, await talk(run));
    } catch (error) {
      if (signal?.aborted) return finished(run, 'cancelled');
      if (error instanceof LimitReached) return finished(run, 'limit', `${error.message} ${error.next}`);
      if (isTooLong(error)) return finished(run, 'context-full');
      if (run.caching && error instanceof BadRequestError && /cache_control/.test(error.message)) {
        run.caching = false;
        continue;
      }
      // Where no reply began to come, the client has tried again itself.
      if (run.replied) failures = 0;
      if (!run.began || !isBrokenOff(error) || failures === retries) throw asServiceError(error, access);
      // A signal that ends the wait ends the next request as well.
      await delay(firstDelayMs * 2 ** failures++, undefined, signal && { signal }).catch(() => {});
      if (run.text !== '') run.onEvent({ kind: 'again' });
    }
  }
}

function begin({ context, signal, registry = tools, onEvent = () => {}, ...options }: LoopOptions): Run {
  const heeding: ToolContext = {
    ...context,
    signal,
    progress(event) {
      signal?.throwIfAborted();
      context.progress(event);
    },
  };
  return {
    ...options,
    context: heeding,
    signal,
    registry,
    onEvent,
    caching: options.access.official,
    said: [],
    calls: [],
    text: '',
    began: false,
    replied: false,
  };
}

function finished(run: Run, stop: Stop, why = whyOf(stop, run)): LoopResult {
  const { text, calls, said } = run;
  return { text, messages: sendable(stop === 'refused' ? said.slice(0, -1) : said), calls, stop, why };
}

/** Without calls that were never made and without a reply that says nothing: the service refuses both. */
function sendable(messages: readonly Message[]): Message[] {
  const said = messages.map(message => ({ ...message, content: withoutLastWords(message.content) }));
  const last = said.at(-1);
  if (last?.role !== 'assistant') return said;
  const content = last.content.filter(({ type }) => type !== 'tool_use');
  const says = content.some(({ type, text }) => type === 'text' && String(text).trim() !== '');
  return [...said.slice(0, -1), ...(says ? [{ ...last, content }] : [])];
}

function whyOf(stop: Stop, { maxTokens }: Run): string | null {
  switch (stop) {
    case 'refused':
      return 'The model declined to answer.';
    case 'cancelled':
      return 'The question was taken back.';
    case 'cut-off':
      return `The answer was longer than the ${maxTokens} tokens that it may take, and ends in the middle.`;
    case 'context-full':
      return 'What was said and looked up is more than the model can read. Ask anew, in a new conversation.';
    default:
      return null;
  }
}
