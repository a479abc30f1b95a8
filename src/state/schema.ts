import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Right } from '../access/roles.ts';
import type { BlockedTerm } from '../governance/blocked-terms.ts';
import type { Decision } from '../governance/decisions.ts';
import type { Filter } from '../segmentation/audiences/filter/filter.ts';
import type { Evidence, FeatureSummary, Model, Segment, SegmentRule } from '../segmentation/model.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import type { TriggerRule } from '../segmentation/triggers/trigger.ts';
import type { KeptWhatIf } from '../segmentation/what-if/kept.ts';
import { identity, kindredState, moment } from './columns.ts';
import type { Job } from './jobs.ts';
import type { ModelStatus } from './models.ts';
import type { Proposal } from './proposals.ts';

export * from './schema-activation.ts';
export * from './schema-connections.ts';
export * from './schema-rights.ts';
export * from './schema-slack.ts';
export * from './schema-talk.ts';
export { kindredState };

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

/** Who may ask over HTTP. Of a secret only its SHA-256 is kept, in hexadecimal digits. */
export const accessTokens = kindredState.table('access_tokens', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text().$type<Right>().notNull(),
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
