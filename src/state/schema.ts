import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Role } from '../access/roles.ts';
import type { BlockedTerm } from '../governance/blocked-terms.ts';
import type { Decision } from '../governance/decisions.ts';
import type { Filter } from '../segmentation/audiences/filter/filter.ts';
import type { Evidence, FeatureSummary, Model, Segment, SegmentRule } from '../segmentation/model.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import type { TriggerRule } from '../segmentation/triggers/trigger.ts';
import type { KeptWhatIf } from '../segmentation/what-if/kept.ts';
import type { Answer } from './answers.ts';
import type { Message } from './conversations.ts';
import type { Job } from './jobs.ts';
import type { ModelStatus } from './models.ts';
import type { Proposal } from './proposals.ts';
import type { KeptCall, ReplyRecord, Verdict } from './replies.ts';
import type { SlackMessage } from './slack-messages.ts';

/** A schema of its own, so that Kindred can live in a database beside others. */
export const kindredState = pgSchema('kindred_state');

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/**
 * One row, made when the state is first opened and not by a migration: the build's template, which has all migrations,
 * is copied to many installations.
 */
export const installation = kindredState.table(
  'installation',
  {
    only: boolean().primaryKey().default(true),
    owner: uuid().notNull().defaultRandom(),
  },
  table => [check('installation_once', sql`${table.only}`)],
);

/** The parts of a model that are read whole and never searched. */
export type ModelBody = Omit<Model, 'id' | 'kind' | 'fingerprint' | 'asOf' | 'createdAt' | 'segments'> & {
  /** Of a candidate that was fitted to see what it would change. */
  whatIf?: KeptWhatIf;
};

export const models = kindredState.table(
  'models',
  {
    id: text().primaryKey(),
    kind: text().$type<Model['kind']>().notNull(),
    fingerprint: text().notNull(),
    status: text().$type<ModelStatus>().notNull(),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    createdAt: moment('created_at').notNull(),
    body: jsonb().$type<ModelBody>().notNull(),
  },
  table => [uniqueIndex('one_current_model').on(table.status).where(sql`status = 'current'`)],
);

export interface SegmentBody {
  features: FeatureSummary[];
  rule: SegmentRule;
  neighbours: Segment['neighbours'];
}

export const segments = kindredState.table(
  'segments',
  {
    modelId: text('model_id')
      .notNull()
      .references(() => models.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    /** Row of the model's centroids that belongs to it. */
    position: integer().notNull(),
    size: integer().notNull(),
    share: doublePrecision().notNull(),
    revenue: doublePrecision().notNull(),
    revenueShare: doublePrecision('revenue_share').notNull(),
    confidence: doublePrecision().notNull(),
    body: jsonb().$type<SegmentBody>().notNull(),
  },
  table => [primaryKey({ columns: [table.modelId, table.key] })],
);

export const personas = kindredState.table(
  'personas',
  {
    modelId: text('model_id').notNull(),
    segmentKey: text('segment_key').notNull(),
    name: text().notNull(),
    sentence: text().notNull(),
    paragraph: text().notNull(),
    evidence: jsonb().$type<Evidence[]>().notNull(),
    action: text().notNull(),
    /** Blank in personas that are older than the column. */
    avoid: text().notNull().default(''),
    neutralName: text('neutral_name').notNull().default(''),
    archetype: text(),
    author: text().$type<'deterministic' | 'model'>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.modelId, table.segmentKey] }),
    foreignKey({
      name: 'personas_segment_fk',
      columns: [table.modelId, table.segmentKey],
      foreignColumns: [segments.modelId, segments.key],
    }).onDelete('cascade'),
  ],
);

/** The parts of a refresh that are read whole and never searched. */
export type RefreshBody = Omit<RefreshRecord, 'modelId' | 'asOf' | 'kind' | 'createdAt' | 'fingerprint'>;

/** The history of the segments. It names models that may have been replaced since, so it does not refer to them. */
export const refreshes = kindredState.table('refreshes', {
  id: identity(),
  modelId: text('model_id').notNull(),
  asOf: date('as_of', { mode: 'string' }).notNull(),
  kind: text().$type<RefreshRecord['kind']>().notNull(),
  createdAt: moment('created_at').notNull(),
  fingerprint: text().notNull(),
  body: jsonb().$type<RefreshBody>().notNull(),
});

export const proposals = kindredState.table('proposals', {
  id: identity(),
  kind: text().$type<Proposal['kind']>().notNull(),
  subject: text().notNull(),
  status: text().$type<Proposal['status']>().notNull(),
  summary: text().notNull(),
  body: jsonb().$type<Proposal['body']>().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  decidedAt: moment('decided_at'),
  decidedBy: text('decided_by'),
  reason: text(),
});

export const jobs = kindredState.table(
  'jobs',
  {
    id: identity(),
    kind: text().$type<Job['kind']>().notNull(),
    dueAt: moment('due_at').notNull(),
    status: text().$type<Job['status']>().notNull(),
    attempts: integer().notNull(),
    notBefore: moment('not_before').notNull(),
    claimedBy: text('claimed_by'),
    claimedUntil: moment('claimed_until'),
    finishedAt: moment('finished_at'),
    message: text(),
  },
  table => [unique('one_job_per_tick').on(table.kind, table.dueAt)],
);

/** What may be used and what may not; the latest decision on a feature stands. */
export const decisions = kindredState.table('decisions', {
  id: identity(),
  feature: text().notNull(),
  effect: text().$type<Decision['effect']>().notNull().default('allow'),
  /** null for blocks, and for what was allowed before a basis was asked for. */
  lawfulBasis: text('lawful_basis').$type<Decision['lawfulBasis']>(),
  decidedBy: text('decided_by').notNull(),
  decidedAt: moment('decided_at').notNull(),
  reason: text().notNull(),
});

/** Category, tag and product names that are kept out of features beyond what the lexicon finds by itself. */
export const blockedTerms = kindredState.table('blocked_terms', {
  /** As it stands in the data. */
  term: text().primaryKey(),
  ground: text().$type<BlockedTerm['ground']>().notNull(),
  reason: text().notNull(),
  blockedBy: text('blocked_by').notNull(),
  blockedAt: moment('blocked_at').notNull(),
});

/** Saved questions for customers; who they are is looked up when it is asked for. */
export const audiences = kindredState.table('audiences', {
  handle: text().primaryKey(),
  name: text().notNull(),
  filter: jsonb().$type<Filter>().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
});

export const triggers = kindredState.table('triggers', {
  id: text().primaryKey(),
  name: text().notNull(),
  rule: jsonb().$type<TriggerRule>().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
});

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
    purpose: text().$type<ReplyRecord['purpose']>().notNull().default('answer'),
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

/** What came from Slack, so that what is told twice is done once, and what a kill broke off is known. */
export const slackEvents = kindredState.table(
  'slack_events',
  {
    id: text().primaryKey(),
    at: moment('at').notNull(),
    kind: text().notNull(),
    channel: text().notNull(),
    thread: text(),
    user: text('member').notNull(),
    endedAt: moment('ended_at'),
  },
  table => [index('slack_events_at').on(table.at)],
);

/** What is to be sent to Slack by itself: each thing once to each channel. */
export const slackMessages = kindredState.table(
  'slack_messages',
  {
    id: identity(),
    kind: text().$type<SlackMessage['kind']>().notNull(),
    subject: text().notNull(),
    channel: text().notNull(),
    thread: text(),
    status: text().$type<SlackMessage['status']>().notNull(),
    createdAt: moment('created_at').notNull(),
    notBefore: moment('not_before').notNull(),
    attempts: integer().notNull(),
    claimedUntil: moment('claimed_until'),
    problem: text(),
    sentAt: moment('sent_at'),
    ts: text(),
    shown: text(),
  },
  table => [unique('one_slack_message').on(table.kind, table.subject, table.channel)],
);

/** The digest of a refresh as it was first written, so that each channel is sent the same. */
export const digests = kindredState.table('digests', {
  refresh: text().primaryKey(),
  body: jsonb().$type<Record<string, unknown>>().notNull(),
  at: moment('at').notNull(),
});

/** Who may ask over HTTP. Of a secret only its SHA-256 is kept, in hexadecimal digits. */
export const accessTokens = kindredState.table('access_tokens', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text().$type<Role>().notNull(),
  hash: text().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
  revokedBy: text('revoked_by'),
  lastUsedOn: date('last_used_on', { mode: 'string' }),
});

/** Everything that changed the state, in order; rows are only ever added. */
export const audit = kindredState.table(
  'audit',
  {
    id: identity(),
    at: moment('at').notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  table => [index('audit_subject').on(table.subject)],
);
