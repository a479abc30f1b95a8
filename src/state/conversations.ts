import { and, asc, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainJson, plainText } from './plain-json.ts';
import { conversations, messages } from './schema.ts';

/** A message as the Messages API takes it: content blocks of text, tool calls and tool results. */
export interface Message {
  role: 'user' | 'assistant';
  content: Record<string, unknown>[];
}

export interface ConversationRepository {
  /** Oldest first; empty where nothing was said in the thread. */
  messages(thread: string): Promise<Message[]>;
  /**
   * Adds what was said after the first `after` messages, and opens the thread where it is new.
   *
   * @returns false, having added nothing, where somebody else said something in it meanwhile
   */
  append(said: {
    thread: string;
    after: number;
    messages: readonly Message[];
    surface: string;
    at: string;
    actor: string;
  }): Promise<boolean>;
}

export function conversationRepository(db: Database): ConversationRepository {
  return {
    async messages(thread) {
      const rows = await db
        .select({ role: messages.role, content: messages.content })
        .from(messages)
        .where(eq(messages.thread, thread))
        .orderBy(asc(messages.position));
      return rows;
    },
    async append({ thread, after, messages: said, surface, at, actor }) {
      const moment = new Date(at);
      return db.transaction(async tx => {
        await tx
          .insert(conversations)
          .values({ thread: plainText(thread), surface, startedAt: moment, startedBy: plainText(actor) })
          .onConflictDoNothing();
        // Locks the thread, so that two who answer in it take turns.
        await tx.select().from(conversations).where(eq(conversations.thread, thread)).for('update');
        const [taken] = await tx
          .select({ position: messages.position })
          .from(messages)
          .where(and(eq(messages.thread, thread), eq(messages.position, after)));
        if (taken) return false;
        const rows = said.map(({ role, content }, i) => ({
          thread,
          position: after + i,
          role,
          content: plainJson(content, 'message'),
          at: moment,
        }));
        if (rows.length > 0) await tx.insert(messages).values(rows);
        return true;
      });
    },
  };
}
