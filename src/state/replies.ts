import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainJson, plainText } from './plain-json.ts';
import { replies, verdicts } from './schema.ts';

/** A call of a tool that a reply is based on. */
export interface KeptCall {
  name: string;
  input: unknown;
  /** Aggregates, as the tool gave them; null where it failed. */
  output: unknown;
  /** Where the output was too long to be kept whole: how many characters it had as JSON. */
  cutFrom?: number;
}

/** Something that was said in words, which people may judge. */
export interface ReplyRecord {
  at: string;
  actor: string;
  /** Where it was asked: `cli`, `slack`, `mcp`, `eval`. */
  surface: string;
  /** The conversation that it stands in; null where none was kept. */
  thread: string | null;
  /** Digests are asked for by nobody; what they tell stands in the place of the question. */
  purpose: 'answer' | 'digest';
  /** Without addresses, as it was put to the model. */
  question: string;
  /** As it was shown. */
  text: string;
  author: 'model' | 'deterministic';
  sources: { tool: string; what: string; asOf: string | null }[];
  calls: KeptCall[];
  /** The row of what asking a model took; null where none was asked. */
  answer: number | null;
}

export interface Reply extends ReplyRecord {
  id: number;
}

/** What one person thought of a reply. */
export interface Verdict {
  actor: string;
  verdict: 'good' | 'bad';
  comment: string | null;
  at: string;
}

export interface JudgedReply extends Reply {
  /** One a person, in the order in which they were last given. */
  verdicts: Verdict[];
}

export interface ReplyRepository {
  /** Tells its id. */
  record(reply: ReplyRecord): Promise<number>;
  get(id: number): Promise<Reply | undefined>;
  /**
   * The last verdict of a person stands. Recorded in the audit, without the comment. For surfaces there is `judgeReply`,
   * which takes addresses out of comments.
   *
   * @returns false where there is no such reply
   */
  judge(verdict: Verdict & { reply: number }): Promise<boolean>;
  /** Questions that were answered before it in its conversation, oldest first; none where it stands by itself. */
  earlier(reply: Pick<Reply, 'id' | 'thread'>): Promise<string[]>;
  /** Those with verdicts, oldest first. */
  judged(): Promise<JudgedReply[]>;
}

export function replyRepository(db: Database): ReplyRepository {
  return {
    async record(unchecked) {
      const { at, ...reply } = plainJson(unchecked, 'reply');
      const [row] = await db
        .insert(replies)
        .values({ ...reply, at: new Date(at) })
        .returning({ id: replies.id });
      return row!.id;
    },
    async get(id) {
      const [row] = await db.select().from(replies).where(eq(replies.id, id));
      return row && toReply(row);
    },
    async judge({ reply, actor, verdict, comment, at }) {
      const said = { verdict, comment: comment === null ? null : plainText(comment), at: new Date(at) };
      return db.transaction(async tx => {
        const [known] = await tx.select({ id: replies.id }).from(replies).where(eq(replies.id, reply));
        if (!known) return false;
        await tx
          .insert(verdicts)
          .values({ reply, actor: plainText(actor), ...said })
          .onConflictDoUpdate({ target: [verdicts.reply, verdicts.actor], set: said });
        await auditLog(tx).append({
          at,
          actor,
          action: 'reply.judged',
          subject: `r-${reply}`,
          details: { verdict, commented: comment !== null },
        });
        return true;
      });
    },
    async earlier({ id, thread }) {
      if (thread === null) return [];
      const rows = await db
        .select({ question: replies.question })
        .from(replies)
        .where(and(eq(replies.thread, thread), lt(replies.id, id)))
        .orderBy(asc(replies.id));
      return rows.map(({ question }) => question);
    },
    async judged() {
      const given = await db.select().from(verdicts).orderBy(asc(verdicts.at), asc(verdicts.actor));
      const ids = [...new Set(given.map(({ reply }) => reply))];
      const rows = await db.select().from(replies).where(inArray(replies.id, ids)).orderBy(asc(replies.id));
      return rows.map(row => ({
        ...toReply(row),
        verdicts: given
          .filter(({ reply }) => reply === row.id)
          .map(({ reply: _, at, ...verdict }) => ({ ...verdict, at: at.toISOString() })),
      }));
    },
  };
}

function toReply({ at, ...columns }: typeof replies.$inferSelect): Reply {
  return { ...columns, at: at.toISOString() };
}
