import { AsyncLocalStorage } from 'node:async_hooks';
import { OperatorError } from './errors.ts';

/**
 * One piece of work at a time, in the order in which they came: the warehouse has one connection, on which two pieces
 * would meet inside a transaction. The state queues statements and transactions by itself, so single reads and writes of
 * it need no turn.
 */
export interface Turns {
  /**
   * Work that asks for a turn inside its turn goes on in the same one. Rejects, without having begun, where the turns
   * were closed, and at once where `signal` is aborted while it waits.
   */
  take<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** The name of the work that has its turn now. */
  current(): string | undefined;
  /** Lets nothing begin any more, and waits for what has begun. */
  close(): Promise<void>;
}

export function createTurns(): Turns {
  const inside = new AsyncLocalStorage<{ over: boolean }>();
  let last: Promise<unknown> = Promise.resolve();
  let current: string | undefined;
  let closed = false;
  return {
    async take(name, work, signal) {
      signal?.throwIfAborted();
      // What a turn started and did not wait for is no part of it any more.
      if (inside.getStore()?.over === false) return work();
      const mine = { over: false };
      let begun = false;
      const turn = last.then(async () => {
        if (closed)
          throw new OperatorError('The server is stopping.', 'Run the command again when it has stopped.');
        signal?.throwIfAborted();
        begun = true;
        current = name;
        try {
          return await inside.run(mine, work);
        } finally {
          mine.over = true;
          current = undefined;
        }
      });
      last = turn.catch(() => {});
      return signal ? orGone(turn, signal, () => begun) : turn;
    },
    current: () => current,
    async close() {
      closed = true;
      await last;
    },
  };
}

/** What the turn gives; rejects where the signal is aborted before it has begun. */
function orGone<T>(turn: Promise<T>, signal: AbortSignal, begun: () => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      if (!begun()) reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
