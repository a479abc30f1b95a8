import { and, asc, desc, eq, inArray, lte, or, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainText } from './plain-json.ts';
import { slackMessages } from './schema.ts';

/** Something that is to be sent to Slack by itself. One thing goes to one channel once. */
export interface SlackMessage {
  id: number;
  kind: 'digest' | 'alert' | 'proposal';
  /** What it tells of: the key of a refresh, a finding and its day, the id of a proposal. */
  subject: string;
  channel: string;
  /** Timestamp of the thread that it belongs in; null for the channel itself. */
  thread: string | null;
  /**
   * `queued`; `sending`: a process took it; `sent`; `superseded`: there was nothing left to tell; `refused`: Slack will
   * never take it.
   */
  status: 'queued' | 'sending' | 'sent' | 'superseded' | 'refused';
  createdAt: string;
  /** ISO time before which it is not sent. */
  notBefore: string;
  /** How often somebody set out to send it. Where it is more than this once, Slack may have it already. */
  attempts: number;
  /** While it is `sending`: when it may be taken over, as whoever took it must be dead. */
  claimedUntil: string | null;
  /** Why it was not sent. */
  problem: string | null;
  sentAt: string | null;
  /** Slack's timestamp of it, by which it can be changed. */
  ts: string | null;
  /** The state that it was last drawn in: `open`, `approved`. */
  shown: string | null;
}

export interface SlackMessageRepository {
  /** False where the channel has it already, sent or not. */
  enqueue(
    message: Pick<SlackMessage, 'kind' | 'subject' | 'channel' | 'thread' | 'notBefore' | 'createdAt'>,
  ): Promise<boolean>;
  /** Those whose time has come: queued, or `sending` by somebody who is taken to be dead. Oldest first. */
  due(now: string): Promise<SlackMessage[]>;
  /**
   * Takes one that is due, for five minutes: whoever takes it gives up before they are over. What two processes take at
   * once, one gets.
   *
   * @returns the message with this attempt counted (where it is not the first, look for it in the channel before it is
   *   sent), or undefined where somebody else has it
   */
  sending(id: number, at: string): Promise<SlackMessage | undefined>;
  /** Also where the claim ran out meanwhile; the first time that is told stands. */
  sent(id: number, sent: { at: string; ts: string }): Promise<void>;
  /** Queued again after an attempt that failed; nothing where it is not `sending`. */
  again(id: number, tried: { notBefore: string; problem: string }): Promise<void>;
  /** Not to be sent any more; nothing where it was sent. */
  close(id: number, how: 'superseded' | 'refused', problem: string): Promise<void>;
  /** Wherever it goes or went, in the order in which it was asked for. */
  of(kind: SlackMessage['kind'], subject: string): Promise<SlackMessage[]>;
  shown(id: number, state: string): Promise<void>;
  /** Newest first. */
  list(most: number): Promise<SlackMessage[]>;
}

const claimMs = 5 * 60_000;

export function slackMessageRepository(db: Database): SlackMessageRepository {
  const { id: idOf, status, notBefore, claimedUntil } = slackMessages;
  const isDue = (at: Date) =>
    or(and(eq(status, 'queued'), lte(notBefore, at)), and(eq(status, 'sending'), lte(claimedUntil, at)));
  return {
    async enqueue({ kind, subject, channel, thread, notBefore, createdAt }) {
      const rows = await db
        .insert(slackMessages)
        .values({
          kind,
          subject: plainText(subject),
          channel: plainText(channel),
          thread: thread === null ? null : plainText(thread),
          status: 'queued',
          createdAt: new Date(createdAt),
          notBefore: new Date(notBefore),
          attempts: 0,
        })
        .onConflictDoNothing()
        .returning({ id: idOf });
      return rows.length > 0;
    },
    async due(now) {
      const rows = await db
        .select()
        .from(slackMessages)
        .where(isDue(new Date(now)))
        .orderBy(asc(slackMessages.createdAt), asc(idOf));
      return rows.map(toMessage);
    },
    async sending(id, at) {
      const now = new Date(at);
      const [row] = await db
        .update(slackMessages)
        .set({
          status: 'sending',
          attempts: sql`${slackMessages.attempts} + 1`,
          claimedUntil: new Date(now.getTime() + claimMs),
        })
        .where(and(eq(idOf, id), isDue(now)))
        .returning();
      return row && toMessage(row);
    },
    async sent(id, { at, ts }) {
      await db
        .update(slackMessages)
        .set({ status: 'sent', sentAt: new Date(at), ts: plainText(ts), claimedUntil: null, problem: null })
        .where(and(eq(idOf, id), inArray(status, ['queued', 'sending', 'superseded', 'refused'])));
    },
    async again(id, tried) {
      await db
        .update(slackMessages)
        .set({
          status: 'queued',
          notBefore: new Date(tried.notBefore),
          problem: plainText(tried.problem),
          claimedUntil: null,
        })
        .where(and(eq(idOf, id), eq(status, 'sending')));
    },
    async close(id, how, problem) {
      await db
        .update(slackMessages)
        .set({ status: how, problem: plainText(problem), claimedUntil: null })
        .where(and(eq(idOf, id), inArray(status, ['queued', 'sending'])));
    },
    async of(kind, subject) {
      const rows = await db
        .select()
        .from(slackMessages)
        .where(and(eq(slackMessages.kind, kind), eq(slackMessages.subject, plainText(subject))))
        .orderBy(asc(idOf));
      return rows.map(toMessage);
    },
    async shown(id, state) {
      await db
        .update(slackMessages)
        .set({ shown: plainText(state) })
        .where(eq(idOf, id));
    },
    async list(most) {
      const rows = await db.select().from(slackMessages).orderBy(desc(idOf)).limit(most);
      return rows.map(toMessage);
    },
  };
}

function toMessage({
  createdAt,
  notBefore,
  claimedUntil,
  sentAt,
  ...columns
}: typeof slackMessages.$inferSelect): SlackMessage {
  return {
    ...columns,
    createdAt: createdAt.toISOString(),
    notBefore: notBefore.toISOString(),
    claimedUntil: claimedUntil?.toISOString() ?? null,
    sentAt: sentAt?.toISOString() ?? null,
  };
}
