import type { Message } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import type { ModelAccess } from '../src/agent/model/access.ts';
import { startMeter } from '../src/agent/model/meter.ts';
import type { ToolContext } from '../src/tools/tool.ts';

/** A question with lettered options of which one is right. */
export interface Question {
  id: string;
  /** What is given, and what is asked. */
  text: string;
  options: string[];
  /** Index of the right one. */
  right: number;
}

/** What the judge chose; null where its answer could not be read. */
export interface Verdict {
  id: string;
  right: number;
  said: number | null;
}

const SYSTEM = `You compare texts with descriptions. You are given a question and options that begin with a letter. Decide by what the text says alone; exactly one option is right. Answer with one JSON object and nothing else: {"answer": "<letter>"}`;

const MOST_TOKENS = 200;
const answer = z.object({ answer: z.string().regex(/^\s*[A-Za-z]\b/) });

/**
 * Asks a model to choose, one question a request, metered in `state` as all requests are. An unreadable answer counts
 * as a wrong one.
 *
 * @throws where the service fails, and LimitReached where a cap of the day is used up
 */
export async function judge(
  access: ModelAccess,
  questions: readonly Question[],
  { state, now, actor }: Pick<ToolContext, 'state' | 'now' | 'actor'>,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const question of questions) {
    const listed = question.options.map((option, i) => `${letter(i)}. ${option}`);
    const content = [question.text, ...listed].join('\n\n');
    const told = { surface: 'eval', purpose: 'naming', promptVersion: 'judge', thread: null } as const;
    const meter = startMeter({ state, access, now, actor, ...told });
    let outcome: 'answered' | 'failed' = 'failed';
    let reply: Message;
    try {
      await meter.allow({ inputTokens: SYSTEM.length + content.length, maxTokens: MOST_TOKENS });
      reply = await access.client.messages.create({
        model: access.id,
        max_tokens: MOST_TOKENS,
        system: SYSTEM,
        messages: [{ role: 'user', content }],
      });
      meter.add(reply.usage);
      outcome = 'answered';
    } finally {
      await meter.finish(outcome, { tools: [], unsupported: [] });
    }
    const text = reply.content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join('');
    verdicts.push({ id: question.id, right: question.right, said: chosen(text, question.options.length) });
  }
  return verdicts;
}

export const letter = (index: number) => String.fromCharCode(65 + index);

function chosen(text: string, options: number): number | null {
  try {
    const parsed = answer.parse(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)));
    const index = parsed.answer.trim().toUpperCase().charCodeAt(0) - 65;
    return index < options ? index : null;
  } catch {
    return null;
  }
}
