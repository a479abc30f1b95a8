import type { Message } from '../../state/conversations.ts';
import { type LoopEvent, type LoopResult, runLoop, type ToolCall } from '../loop/loop.ts';
import type { ModelAccess } from '../model/access.ts';
import type { Meter } from '../model/meter.ts';
import { isOfService } from '../model/service-error.ts';
import type { Prompt } from '../prompts.ts';
import type { Asked } from './answer.ts';
import { checkedText, watchedTools } from './checked-text.ts';
import { type Call, type Evidence, evidenceOf, questionsIn } from './evidence.ts';
import { type Faults, faultsOf, isFaulty, sendBack } from './faults.ts';
import { withoutIdentifiers } from './identifiers.ts';

export interface Question extends Asked {
  access: ModelAccess;
  thread: string;
  onEvent: (event: LoopEvent) => void;
}

/** What an answer is written with. */
export interface Writing extends Question {
  prompt: Prompt;
  meter: Meter;
  /** What was said in the thread before. */
  before: Message[];
  /** All that was looked up in the thread before. */
  kept: Call[];
  /** The question, as it is sent. */
  asks: Message;
  /** What was looked up for it, as it comes. */
  seen: Call[];
}

/** An answer as it stands, and what led to it. */
export interface Draft {
  result: LoopResult;
  text: string;
  faults: Faults;
  /** What was said since the question, but for the answer itself and for answers that were sent back. */
  said: Message[];
  calls: ToolCall[];
  /** What surfaces were told of the text. */
  told: string;
}

/** Has it written, and once more where something in it is wrong. */
export async function write(writing: Writing): Promise<Draft> {
  const { prompt } = writing;
  let draft = await attempt(writing, null);
  for (let attempts = 1; attempts < prompt.limits.attempts && mayMend(draft); attempts++) {
    const mended = await attempt(writing, draft).catch(error => {
      // A draft that is marked says more than none.
      if (writing.signal?.aborted || !isOfService(error)) throw error;
      return null;
    });
    if (mended === null) break;
    if (mended.result.stop === 'cancelled') return mended;
    draft =
      mended.result.stop === 'answered' && mended.text !== '' ? mended : { ...draft, calls: mended.calls };
  }
  return draft;
}

const mayMend = ({ result, faults }: Draft) => result.stop === 'answered' && isFaulty(faults);

async function attempt(writing: Writing, refused: Draft | null): Promise<Draft> {
  const { context, access, prompt, meter, signal, before, asks, seen, onEvent } = writing;
  const sent = [...before, asks, ...(refused?.said ?? [])];
  const evidence = evidenceFor(writing, sent);
  const check = (text: string) => faultsOf(text, evidence(), { question: writing.question, calls: seen });
  // What was told already mostly stays as it is: the second time, only what differs is told, at the end.
  const passes = (text: string) => withoutIdentifiers(text) === text && !isFaulty(check(text));
  const checked = checkedText(text => refused === null && passes(text), onEvent);
  const result = await runLoop({
    context,
    access,
    meter,
    signal,
    system: prompt.text,
    maxTokens: prompt.limits.maxTokens,
    messages:
      refused === null ? sent : [...sent, reply(refused.text), says('user', sendBack(refused.faults))],
    onEvent: checked.onEvent,
    registry: watchedTools(call => seen.push(call)),
  });
  const text = withoutIdentifiers(result.text).trim();
  return {
    result,
    text,
    faults: check(text),
    said: [...(refused?.said ?? []), ...withoutReply(result.messages)],
    calls: [...(refused?.calls ?? []), ...result.calls],
    told: refused?.told ?? checked.told(),
  };
}

/** Gathered anew only where something was looked up since. */
function evidenceFor({ context, prompt, kept, seen }: Writing, sent: readonly Message[]): () => Evidence {
  const today = context.now().toISOString().slice(0, 10);
  const questions = questionsIn(sent);
  let known: { evidence: Evidence; size: number } | undefined;
  return () => {
    if (known?.size !== seen.length)
      known = {
        evidence: evidenceOf({ calls: [...kept, ...seen], questions, instructions: prompt.text, today }),
        size: seen.length,
      };
    return known.evidence;
  };
}

const says = (role: Message['role'], text: string): Message => ({ role, content: [{ type: 'text', text }] });
export const reply = (text: string) => says('assistant', text === '' ? '(no text)' : text);

const withoutReply = (messages: readonly Message[]) =>
  messages.at(-1)?.role === 'assistant' ? messages.slice(0, -1) : [...messages];
