import { bigint, doublePrecision, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Answer } from './answers.ts';
import { identity, kindredState, moment } from './columns.ts';
import type { Message } from './conversations.ts';
import type { KeptCall, ReplyRecord, Verdict } from './replies.ts';

/** A talk with the agent, resumed by its thread. */
export const conversations = kindredState.table('conversations', {
  thread: text().primaryKey(),
  surface: text().notNull(),
  startedAt: moment('started_at').notNull(),
  startedBy: text('started_by').notNull(),
});

/** What was said in it, as the Messages API takes it: aggregates only. */
export const messages = kindredState.table(
  'messages',
  {
    thread: text()
      .notNull()
      .references(() => conversations.thread, { onDelete: 'cascade' }),
    position: integer().notNull(),
    role: text().$type<Message['role']>().notNull(),
    content: jsonb().$type<Message['content']>().notNull(),
    at: moment('at').notNull(),
  },
  table => [primaryKey({ columns: [table.thread, table.position] })],
);

/** One row for everything that a model was asked, answered or not: what it took and how it ended. */
export const answers = kindredState.table(
  'answers',
  {
    id: identity(),
    at: moment('at').notNull(),
    actor: text().notNull(),
    surface: text().notNull(),
    thread: text(),
    purpose: text().$type<Answer['purpose']>().notNull(),
    model: text().notNull(),
    promptVersion: text('prompt_version').notNull(),
    outcome: text().$type<Answer['outcome']>().notNull(),
    turns: integer().notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    cacheReadTokens: integer('cache_read_tokens').notNull(),
    cacheWriteTokens: integer('cache_write_tokens').notNull(),
    /** US dollars; null where the price of the model is not known. */
    cost: doublePrecision(),
    milliseconds: integer().notNull(),
    details: jsonb().$type<Answer['details']>().notNull(),
  },
  table => [index('answers_at').on(table.at)],
);

/** Everything that was said in words, by a model or without one. */
export const replies = kindredState.table(
  'replies',
  {
    id: identity(),
    at: moment('at').notNull(),
    actor: text().notNull(),
    surface: text().notNull(),
    thread: text(),
    purpose: text().$type<ReplyRecord['purpose']>().notNull(),
    question: text().notNull(),
    text: text().notNull(),
    author: text().$type<ReplyRecord['author']>().notNull(),
    sources: jsonb().$type<ReplyRecord['sources']>().notNull(),
    calls: jsonb().$type<KeptCall[]>().notNull(),
    /** What asking the model took; null where none was asked. */
    answer: bigint('answer_id', { mode: 'number' }).references(() => answers.id, { onDelete: 'set null' }),
  },
  table => [index('replies_at').on(table.at)],
);

/** What people thought of replies; the last word of each stands. */
export const verdicts = kindredState.table(
  'verdicts',
  {
    reply: bigint('reply_id', { mode: 'number' })
      .notNull()
      .references(() => replies.id, { onDelete: 'cascade' }),
    actor: text().notNull(),
    verdict: text().$type<Verdict['verdict']>().notNull(),
    comment: text(),
    at: moment('at').notNull(),
  },
  table => [primaryKey({ columns: [table.reply, table.actor] })],
);
