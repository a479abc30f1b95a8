import type { Caller } from '../caller.ts';
import type { Refused } from './refused.ts';

/** A request and its answer, from the first byte to the last: it may last as long as a stream stays open. */
export interface Exchange {
  caller: Caller;
  /** Aborted when the connection no longer waits for anything, however that came. */
  closed: AbortSignal;
  /** Aborted where the server ends it before that. */
  ended: AbortSignal;
  /** Why it was ended. */
  why(): Refused | undefined;
}

export interface Exchanges {
  /**
   * Begins one; undefined where the caller has too many open. `close` is to be called when its connection is done;
   * `stillMay` says why its caller may no longer ask, if so.
   */
  open(
    caller: Caller,
    stillMay: () => Promise<Refused | undefined>,
  ): { exchange: Exchange; close: () => void } | undefined;
  /** Ends those of all callers, or of the one with this key. */
  end(why: Refused, key?: string): void;
  /** Looks again at who is there, and calls `gone` for those whose right has ended. */
  look(gone: (key: string, why: Refused) => Promise<void>): Promise<void>;
}

interface Open {
  key: string;
  stillMay: () => Promise<Refused | undefined>;
  end(why: Refused): void;
}

export function createExchanges(mostOfOne: number): Exchanges {
  const all = new Set<Open>();
  return {
    open(caller, stillMay) {
      const { key } = caller;
      if ([...all].filter(other => other.key === key).length >= mostOfOne) return undefined;
      const closed = new AbortController();
      const ended = new AbortController();
      let reason: Refused | undefined;
      const one: Open = {
        key,
        stillMay,
        end(why) {
          reason ??= why;
          ended.abort();
        },
      };
      all.add(one);
      const close = () => {
        all.delete(one);
        closed.abort();
      };
      return { exchange: { caller, closed: closed.signal, ended: ended.signal, why: () => reason }, close };
    },
    end(why, key) {
      for (const one of all) if (key === undefined || one.key === key) one.end(why);
    },
    async look(gone) {
      const askers = new Map([...all].map(({ key, stillMay }) => [key, stillMay]));
      for (const [key, stillMay] of askers) {
        const why = await stillMay();
        if (why) await gone(key, why);
      }
    },
  };
}
