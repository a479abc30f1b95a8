import { and, asc, gte, lt } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainJson, plainText } from './plain-json.ts';
import { answers } from './schema.ts';

/** What asking a model took, and how it ended. */
export interface Answer {
  /** ISO time at which it ended. */
  at: string;
  actor: string;
  /** Where it was asked: `cli`, `slack`, `mcp`, `eval`. */
  surface: string;
  thread: string | null;
  purpose: 'answer' | 'weights' | 'naming' | 'drift' | 'sensitive' | 'digest';
  model: string;
  /** Of the prompt file. */
  promptVersion: string;
  /**
   * `answered`; `fallback`: the deterministic text stands in; `refused` by the model; `limit`: a cap on turns, tokens or
   * money; `cancelled`; `failed`: the service did not answer.
   */
  outcome: 'answered' | 'fallback' | 'refused' | 'limit' | 'cancelled' | 'failed';
  /** Requests to the model. */
  turns: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** US dollars; null where the price of the model is not known. */
  cost: number | null;
  milliseconds: number;
  details: AnswerDetails;
}

export interface AnswerDetails {
  /** Names of the tools that were called, in order. */
  tools: string[];
  /** Numbers in the text that no tool result bears out. */
  unsupported: string[];
  /** Why it ended as it did, where it did not end well. */
  why?: string;
}

export interface AnswerRepository {
  /** Tells the id of its row. */
  record(answer: Answer): Promise<number>;
  /** From `from` on and before `until` (ISO times), oldest first. */
  list(period: { from: string; until: string }): Promise<Answer[]>;
}

export function answerRepository(db: Database): AnswerRepository {
  return {
    async record({ at, actor, details, ...answer }) {
      const [row] = await db
        .insert(answers)
        .values({
          ...answer,
          at: new Date(at),
          actor: plainText(actor),
          details: plainJson(details, 'answer.details'),
        })
        .returning({ id: answers.id });
      return row!.id;
    },
    async list({ from, until }) {
      const rows = await db
        .select()
        .from(answers)
        .where(and(gte(answers.at, new Date(from)), lt(answers.at, new Date(until))))
        .orderBy(asc(answers.id));
      return rows.map(({ id: _, at, ...answer }) => ({ at: at.toISOString(), ...answer }));
    },
  };
}
