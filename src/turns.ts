import { OperatorError } from './errors.ts';

/** One piece of work at a time, in the order in which they came: the stores have one connection each. */
export interface Turns {
  /** Rejects, without having begun, where the turns were closed or `signal` was aborted while it waited. */
  take<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** The name of the work that has its turn now. */
  current(): string | undefined;
  /** Lets nothing begin any more, and waits for what has begun. */
  close(): Promise<void>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let current: string | undefined;
  let closed = false;
  return {
    take(name, work, signal) {
      const turn = last.then(async () => {
        if (closed)
          throw new OperatorError('The server is stopping.', 'Run the command again when it has stopped.');
        signal?.throwIfAborted();
        current = name;
        try {
          return await work();
        } finally {
          current = undefined;
        }
      });
      last = turn.catch(() => {});
      return turn;
    },
    current: () => current,
    async close() {
      closed = true;
      await last;
    },
  };
}
