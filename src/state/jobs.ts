export type JobKind = 'refresh' | 'recluster';

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
  /** Claims one job that is due, or whose claim ran out (FOR UPDATE SKIP LOCKED); undefined where there is none. */
  claim(by: string, now: Date, leaseSeconds: number): Promise<Job | undefined>;
  /** Prolongs a claim; false where it is no longer held. */
  renew(id: number, by: string, now: Date, leaseSeconds: number): Promise<boolean>;
  finish(id: number, by: string, now: Date, message: string): Promise<void>;
  /** Back to waiting with `retryAt`, or failed for good where that is null. */
  fail(id: number, by: string, now: Date, message: string, retryAt: Date | null): Promise<void>;
}
