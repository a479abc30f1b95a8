import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Member, Target } from '../activation/destination.ts';
import type { PlanCounts, SyncBasis } from '../activation/sync.ts';
import { identity, kindredState, moment } from './columns.ts';

/** An audience that is kept at a destination. */
export const syncs = kindredState.table(
  'syncs',
  {
    id: identity(),
    audience: text().notNull(),
    connection: text().notNull(),
    target: jsonb().$type<Target>().notNull(),
    basis: jsonb().$type<SyncBasis>().notNull(),
    /** Of the members, 0.05..0.1; and the secret by which they are chosen. */
    holdout: doublePrecision().notNull(),
    holdoutKey: text('holdout_key').notNull(),
    /** Share of members that may change without asking a person again. */
    mostChange: doublePrecision('most_change').notNull(),
    /** `waiting` for its first approval. */
    status: text().$type<'waiting' | 'active' | 'paused' | 'ended'>().notNull(),
    createdAt: moment('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    endedAt: moment('ended_at'),
  },
  table => [
    uniqueIndex('one_sync_of_audience').on(table.audience, table.connection).where(sql`status <> 'ended'`),
  ],
);

/** One difference between an audience and its destination, from plan to done. */
export const syncRuns = kindredState.table(
  'sync_runs',
  {
    id: identity(),
    sync: bigint('sync_id', { mode: 'number' })
      .notNull()
      .references(() => syncs.id, { onDelete: 'cascade' }),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    status: text().$type<'planned' | 'approved' | 'done' | 'superseded' | 'rejected'>().notNull(),
    counts: jsonb().$type<PlanCounts>().notNull(),
    /** Why it does not go on for now. */
    problem: text(),
    createdAt: moment('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    approvedAt: moment('approved_at'),
    finishedAt: moment('finished_at'),
  },
  table => [index('sync_runs_of').on(table.sync)],
);

/** The outbox: what is to be told to a destination, a row for each member that changes. */
export const syncChanges = kindredState.table(
  'sync_changes',
  {
    id: identity(),
    run: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => syncRuns.id, { onDelete: 'cascade' }),
    profileId: text('profile_id').notNull(),
    action: text().$type<'add' | 'update' | 'remove'>().notNull(),
    /** What is sent, or by what they are known there; null once it is settled. */
    member: jsonb().$type<Member | { key: string }>(),
    status: text().$type<'waiting' | 'sending' | 'done' | 'refused' | 'dropped'>().notNull(),
    /** The call that it is part of: the same when it is tried again. */
    batch: text(),
    attempts: integer().notNull().default(0),
    notBefore: moment('not_before').notNull(),
    reason: text(),
  },
  table => [
    uniqueIndex('one_change_of_member').on(table.run, table.profileId),
    index('sync_changes_open').on(table.run, table.status, table.id),
  ],
);

/** Who Kindred put where: removal touches nobody else. */
export const syncMembers = kindredState.table(
  'sync_members',
  {
    sync: bigint('sync_id', { mode: 'number' })
      .notNull()
      .references(() => syncs.id, { onDelete: 'cascade' }),
    profileId: text('profile_id').notNull(),
    key: text().notNull(),
    /** False where the destination had them already. */
    added: text().$type<'by kindred' | 'found there'>().notNull(),
    properties: jsonb().$type<Member['properties']>().notNull(),
    sentAt: moment('sent_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.sync, table.profileId] }),
    index('sync_members_of').on(table.profileId),
  ],
);

/** Who is treated and who is held out; the first assignment stands. */
export const assignments = kindredState.table(
  'assignments',
  {
    sync: bigint('sync_id', { mode: 'number' })
      .notNull()
      .references(() => syncs.id, { onDelete: 'cascade' }),
    profileId: text('profile_id').notNull(),
    arm: text().$type<'treated' | 'holdout'>().notNull(),
    segment: text('segment_key').notNull(),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    assignedAt: moment('assigned_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.sync, table.profileId] }),
    index('assignments_of').on(table.profileId),
  ],
);
