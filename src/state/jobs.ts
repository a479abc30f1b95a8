import { and, asc, desc, eq, inArray, lt, lte, max, or, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainText } from './plain-json.ts';
import { jobs } from './schema.ts';

/** `pull` brings in what changed at the connected tools; `retention` removes what has expired, and goes on with erasures. */
export type JobKind = 'refresh' | 'recluster' | 'pull' | 'retention';

export interface Job {
  id: number;
  kind: JobKind;
  /** ISO time of the tick of the schedule that it is for; (kind, dueAt) is unique, so that two servers make one job. */
  dueAt: string;
  status: 'waiting' | 'running' | 'done' | 'failed';
  attempts: number;
  /** ISO time before which it is not tried (again). */
  notBefore: string;
  /** Who runs it, and until when they may be taken to be alive. */
  claimedBy: string | null;
  claimedUntil: string | null;
  finishedAt: string | null;
  /** Of the last attempt: what came of it, or why it failed. */
  message: string | null;
}

export interface JobRepository {
  /** Newest first. */
  list(limit: number): Promise<Job[]>;
  /** The latest tick of a kind that has a job, whatever came of it. */
  lastDue(kind: JobKind): Promise<string | undefined>;
  /** Makes the job of a tick unless it exists. */
  enqueue(kind: JobKind, dueAt: string): Promise<void>;
  /**
   * Claims one job that is due, or whose claim ran out (FOR UPDATE SKIP LOCKED); undefined where there is none.
   *
   * @param kinds all where absent
   */
  claim(by: string, now: Date, leaseSeconds: number, kinds?: readonly JobKind[]): Promise<Job | undefined>;
  /** Prolongs a claim; false where it is no longer held. */
  renew(id: number, by: string, now: Date, leaseSeconds: number): Promise<boolean>;
  finish(id: number, by: string, now: Date, message: string): Promise<void>;
  /** Back to waiting with `retryAt`, or failed for good where that is null; false where it is no longer held. */
  fail(id: number, by: string, now: Date, message: string, retryAt: Date | null): Promise<boolean>;
  /** Back to waiting as if it had not been claimed: the attempt was broken off, and counts for nothing. */
  putBack(id: number, by: string): Promise<void>;
}

export function jobRepository(db: Database): JobRepository {
  const held = (id: number, by: string) =>
    and(eq(jobs.id, id), eq(jobs.status, 'running'), eq(jobs.claimedBy, by));
  const released = { claimedBy: null, claimedUntil: null };
  return {
    async list(limit) {
      const rows = await db.select().from(jobs).orderBy(desc(jobs.dueAt), desc(jobs.id)).limit(limit);
      return rows.map(toJob);
    },
    async lastDue(kind) {
      const [row] = await db
        .select({ at: max(jobs.dueAt) })
        .from(jobs)
        .where(eq(jobs.kind, kind));
      return row?.at?.toISOString();
    },
    async enqueue(kind, dueAt) {
      const at = new Date(dueAt);
      await db
        .insert(jobs)
        .values({ kind, dueAt: at, status: 'waiting', attempts: 0, notBefore: at })
        .onConflictDoNothing();
    },
    async claim(by, now, leaseSeconds, kinds) {
      const free = db
        .select({ id: jobs.id })
        .from(jobs)
        .where(
          and(
            kinds && inArray(jobs.kind, [...kinds]),
            or(
              and(eq(jobs.status, 'waiting'), lte(jobs.notBefore, now)),
              and(eq(jobs.status, 'running'), lt(jobs.claimedUntil, now)),
            ),
          ),
        )
        .orderBy(asc(jobs.dueAt), asc(jobs.id))
        .limit(1)
        .for('update', { skipLocked: true });
      const [row] = await db
        .update(jobs)
        .set({
          status: 'running',
          attempts: sql`${jobs.attempts} + 1`,
          claimedBy: by,
          claimedUntil: after(now, leaseSeconds),
        })
        .where(eq(jobs.id, free))
        .returning();
      return row && toJob(row);
    },
    async renew(id, by, now, leaseSeconds) {
      const rows = await db
        .update(jobs)
        .set({ claimedUntil: after(now, leaseSeconds) })
        .where(held(id, by))
        .returning({ id: jobs.id });
      return rows.length > 0;
    },
    async finish(id, by, now, message) {
      await db
        .update(jobs)
        .set({ status: 'done', finishedAt: now, message: plainText(message), ...released })
        .where(held(id, by));
    },
    async fail(id, by, now, message, retryAt) {
      const next = retryAt
        ? { status: 'waiting' as const, notBefore: retryAt }
        : { status: 'failed' as const, finishedAt: now };
      const rows = await db
        .update(jobs)
        .set({ ...next, message: plainText(message), ...released })
        .where(held(id, by))
        .returning({ id: jobs.id });
      return rows.length > 0;
    },
    async putBack(id, by) {
      await db
        .update(jobs)
        .set({ status: 'waiting', attempts: sql`${jobs.attempts} - 1`, ...released })
        .where(held(id, by));
    },
  };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

function toJob({ dueAt, notBefore, claimedUntil, finishedAt, ...columns }: typeof jobs.$inferSelect): Job {
  return {
    ...columns,
    dueAt: dueAt.toISOString(),
    notBefore: notBefore.toISOString(),
    claimedUntil: claimedUntil?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
