import { OperatorError } from '../errors.ts';
import type { RowFates } from '../sources/pull/record.ts';
import type { Page } from '../sources/pull/source.ts';
import type { Turns } from '../turns.ts';

/** Rows of a message. */
export type Message = Pick<Page, 'rows' | 'gone'>;

/** Messages of shops that wait for their turn at the store; those that wait together are stored together. */
export interface ShopifyIntake {
  /**
   * Resolves once the message is stored for good. Rejects with an OperatorError, having stored nothing, where the store does
   * not come free in time: the shop sends it again, and what it sends twice is stored once.
   */
  take(source: string, message: Message): Promise<void>;
}

/** Seconds after which a shop that was turned away is asked to try again. */
export const retryAfter = 10;

/** A shop gives up after five seconds, so it is told before then. */
const patience = 3500;
/** Messages that are stored in one transaction, at most. */
const atOnce = 200;

interface Waiting {
  source: string;
  message: Message;
  resolve: () => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

export function shopifyIntake(
  turns: Turns,
  store: (source: string, messages: readonly Message[]) => Promise<RowFates>,
  patienceMs = patience,
): ShopifyIntake {
  const waiting: Waiting[] = [];
  let draining = false;

  const drain = async () => {
    const begun = together(waiting);
    for (const one of begun) {
      clearTimeout(one.timer);
      waiting.splice(waiting.indexOf(one), 1);
    }
    if (begun.length === 0) return;
    try {
      await store(
        begun[0]!.source,
        begun.map(({ message }) => message),
      );
      for (const { resolve } of begun) resolve();
    } catch (error) {
      for (const { reject } of begun) reject(error);
    }
  };

  const drainSoon = () => {
    if (draining || waiting.length === 0) return;
    draining = true;
    turns
      .take('what a shop told', drain)
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
    take(source, message) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(one), 1);
          reject(busy());
        }, patienceMs);
        const one: Waiting = { source, message, resolve, reject, timer };
        waiting.push(one);
        drainSoon();
      });
    },
  };
}

/** Of one shop, in the order in which they came. One that tells what is gone ends a group: rows behind it are newer. */
function together(waiting: readonly Waiting[]): Waiting[] {
  const alike = waiting.filter(({ source }) => source === waiting[0]!.source).slice(0, atOnce);
  const end = alike.findIndex(({ message }) => message.gone);
  return end < 0 ? alike : alike.slice(0, end + 1);
}

export function busy(): OperatorError {
  return new OperatorError(
    'The store is busy: this message was not taken.',
    `Send it again in ${retryAfter} seconds; what is sent twice is stored once.`,
  );
}
