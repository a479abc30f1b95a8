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
    purpose: text().notNull(),
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
    /** The audience as of a date; nobody any more; or people who have to go at once. */
    kind: text().$type<'follow' | 'end' | 'withdrawal'>().notNull(),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    /** The record of the history that it was planned from: with another one it is outdated. */
    record: text().notNull(),
    /** `draft` while its changes are being written: a kill leaves one, which the next plan removes. */
    status: text().$type<'draft' | 'planned' | 'approved' | 'done' | 'superseded' | 'rejected'>().notNull(),
    counts: jsonb().$type<PlanCounts>().notNull(),
    /** Why it does not go on for now, and from when on it is tried again. */
    problem: text(),
    retryAt: moment('retry_at'),
    failures: integer().notNull().default(0),
    createdAt: moment('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    approvedAt: moment('approved_at'),
    finishedAt: moment('finished_at'),
  },
  table => [index('sync_runs_of').on(table.sync)],
);

/**
 * The outbox: what is to be told to a destination, a row for each member that changes. `hold`: whom a plan holds out; such
 * rows become assignments with its approval, so that nobody held out is ever among what is sent.
 */
export const syncChanges = kindredState.table(
  'sync_changes',
  {
    id: identity(),
    run: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => syncRuns.id, { onDelete: 'cascade' }),
    profileId: text('profile_id').notNull(),
    action: text().$type<'add' | 'update' | 'remove' | 'hold'>().notNull(),
    /** Where they stood, for who is assigned; null for the others. */
    segment: text('segment_key'),
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
    // Whose address changed goes by the old one and comes by the new.
    uniqueIndex('one_change_of_member').on(table.run, table.profileId, table.action),
    index('sync_changes_open').on(table.run, table.status, table.id),
    index('sync_changes_of').on(table.profileId),
  ],
);

/**
 * Who Kindred put where: removal touches nobody else. Written before a destination is told, so that whoever may be there
 * because of a call that a kill broke off is in it too.
 */
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
    /** null as long as the destination has not said that they arrived. */
    sentAt: moment('sent_at'),
  },
  table => [
    primaryKey({ columns: [table.sync, table.profileId] }),
    index('sync_members_of').on(table.profileId),
    index('sync_members_by_key').on(table.sync, table.key),
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
