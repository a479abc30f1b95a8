import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import { storableAtOnce } from '../sources/arriving-events.ts';
import type { EventFates } from '../sources/arriving-record.ts';
import type { ReadEvents } from '../sources/arriving-rows.ts';
import type { Turns } from '../turns.ts';

/** Requests with events that wait for their turn at the store; those that wait together are stored together. */
export interface Intake {
  /**
   * The fates of the events once they are durable. Rejects with an OperatorError, having stored nothing, where the store
   * does not come free in time or too much waits already: the sender sends again, and what it sends twice is stored once.
   * `size` is the length of the request's text.
   */
  take(source: string, post: ReadEvents, size: number): Promise<EventFates>;
}

export interface IntakeOptions {
  turns: Turns;
  /** All of them or none. */
  store: (source: string, posts: readonly ReadEvents[]) => Promise<EventFates[]>;
  /** How long a request waits for its turn. Senders commonly give up after ten seconds or more. */
  patienceMs?: number;
  /** The length of what may wait together, and how many events are stored at once, at most. */
  most?: { waiting: number; atOnce: number };
}

/** Seconds after which a sender that was turned away is to try again. */
export const retryAfter = 5;

/**
 * How long the first of a group waits for others: senders that were answered together send their next within moments, and a
 * group costs nearly the same whatever its size.
 */
const gatherMs = 10;

interface Waiting {
  source: string;
  post: ReadEvents;
  size: number;
  resolve: (fates: EventFates) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

export function createIntake({
  turns,
  store,
  patienceMs = 8000,
  most = { waiting: 32 * 2 ** 20, atOnce: 20_000 },
}: IntakeOptions): Intake {
  const waiting: Waiting[] = [];
  let draining = false;

  /** Takes no more than fits at once, so that commands have their turns in between. */
  const drain = async () => {
    const alike = waiting.filter(({ source }) => source === waiting[0]!.source);
    const posts = alike.map(({ post }) => post);
    const begun = alike.slice(0, storableAtOnce(posts, most.atOnce));
    for (const one of begun) {
      clearTimeout(one.timer);
      waiting.splice(waiting.indexOf(one), 1);
    }
    if (begun.length === 0) return;
    try {
      const fates = await store(
        begun[0]!.source,
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
    delay(gatherMs)
      .then(() => turns.take('events that arrived', drain))
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
    take(source, post, size) {
      const queued = waiting.reduce((sum, other) => sum + other.size, size);
      if (waiting.length > 0 && queued > most.waiting) return Promise.reject(busy());
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(one), 1);
          reject(busy());
        }, patienceMs);
        const one: Waiting = { source, post, size, resolve, reject, timer };
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
