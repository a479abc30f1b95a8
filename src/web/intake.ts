import { OperatorError } from '../errors.ts';
import { type EventFates, storableAtOnce } from '../sources/arriving-events.ts';
import type { ReadEvents } from '../sources/arriving-rows.ts';
import type { Turns } from '../turns.ts';

/** Requests with events that wait for their turn at the store; those that wait together are stored together. */
export interface Intake {
  /**
   * The fates of the events once they are durable. Rejects with an OperatorError, having stored nothing, where the store
   * does not come free in time or too much waits already: the sender sends again, and what it sends twice is stored once.
   */
  take(source: string, post: ReadEvents): Promise<EventFates>;
}

export interface IntakeOptions {
  turns: Turns;
  /** All of them or none. */
  store: (source: string, posts: readonly ReadEvents[]) => Promise<EventFates[]>;
  /** How long a request waits for its turn. Senders commonly give up after ten seconds or more. */
  patienceMs?: number;
  /** Events that may wait, and that are stored at once, at most. */
  most?: { waiting: number; atOnce: number };
}

/** Seconds after which a sender that was turned away is to try again. */
export const retryAfter = 5;

interface Waiting {
  source: string;
  post: ReadEvents;
  resolve: (fates: EventFates) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

export function createIntake({
  turns,
  store,
  patienceMs = 8000,
  most = { waiting: 50_000, atOnce: 20_000 },
}: IntakeOptions): Intake {
  const waiting: Waiting[] = [];
  let draining = false;

  /** Takes no more than fits at once, so that commands have their turns in between. */
  const drain = async () => {
    const source = waiting[0]?.source;
    const other = waiting.findIndex(one => one.source !== source);
    const alike = waiting.slice(0, other < 0 ? waiting.length : other);
    const posts = alike.map(({ post }) => post);
    const begun = waiting.splice(0, storableAtOnce(posts, most.atOnce));
    if (begun.length === 0) return;
    for (const { timer } of begun) clearTimeout(timer);
    try {
      const fates = await store(
        source!,
        begun.map(({ post }) => post),
      );
      for (const [i, { resolve }] of begun.entries()) resolve(fates[i]!);
    } catch (error) {
      for (const { reject } of begun) reject(error);
    }
  };

  const drainSoon = () => {
    if (draining || waiting.length === 0) return;
    draining = true;
    turns
      .take('events that arrived', drain)
      .catch(error => {
        for (const { reject, timer } of waiting.splice(0)) {
          clearTimeout(timer);
          reject(error);
        }
      })
      .finally(() => {
        draining = false;
        drainSoon();
      });
  };

  return {
    take(source, post) {
      const queued = waiting.reduce((sum, { post: { events } }) => sum + events.length, 0);
      if (waiting.length > 0 && queued + post.events.length > most.waiting) return Promise.reject(busy());
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(one), 1);
          reject(busy());
        }, patienceMs);
        const one: Waiting = { source, post, resolve, reject, timer };
        waiting.push(one);
        drainSoon();
      });
    },
  };
}

function busy(): OperatorError {
  return new OperatorError(
    'The store is busy: these events were not taken.',
    `Send them again in ${retryAfter} seconds; those that are sent twice are stored once.`,
  );
}
