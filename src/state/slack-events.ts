import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainText } from './plain-json.ts';
import { slackEvents } from './schema.ts';

/** Something that somebody in Slack wrote or did. Its words are not kept. */
export interface SlackEvent {
  /** As Slack names it, the same whenever it is told again. */
  id: string;
  /** ISO time at which it was first told. */
  at: string;
  kind: string;
  channel: string;
  /** Timestamp of the thread's first message; null where there is none. */
  thread: string | null;
  /** Member ID. */
  user: string;
}

export interface SlackEventRepository {
  /** Notes it before it is acknowledged; false where it is known already, to this process or another. */
  begin(event: SlackEvent): Promise<boolean>;
  /** It was answered, or told that it will not be. */
  end(id: string, at: string): Promise<void>;
  /** Those that were noted before and never answered, oldest first. */
  unfinished(before: string): Promise<SlackEvent[]>;
  /** Those that were noted before: Slack tells nothing again after an hour. */
  forget(before: string): Promise<void>;
}

export function slackEventRepository(db: Database): SlackEventRepository {
  return {
    async begin({ id, at, kind, channel, thread, user }) {
      const rows = await db
        .insert(slackEvents)
        .values({
          id: plainText(id),
          at: new Date(at),
          kind: plainText(kind),
          channel: plainText(channel),
          thread: thread === null ? null : plainText(thread),
          user: plainText(user),
        })
        .onConflictDoNothing()
        .returning({ id: slackEvents.id });
      return rows.length > 0;
    },
    async end(id, at) {
      await db
        .update(slackEvents)
        .set({ endedAt: new Date(at) })
        .where(eq(slackEvents.id, plainText(id)));
    },
    async unfinished(before) {
      const rows = await db
        .select()
        .from(slackEvents)
        .where(and(lt(slackEvents.at, new Date(before)), isNull(slackEvents.endedAt)))
        .orderBy(asc(slackEvents.at), asc(slackEvents.id));
      return rows.map(({ endedAt: _, at, ...event }) => ({ ...event, at: at.toISOString() }));
    },
    async forget(before) {
      await db.delete(slackEvents).where(lt(slackEvents.at, new Date(before)));
    },
  };
}
