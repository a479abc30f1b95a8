import type { Platform } from './vendor.ts';

/** So many requests in any stretch of this length. */
export interface Limit {
  requests: number;
  perMs: number;
}

/** Lets requests begin no faster than a vendor allows, and no slower. */
export interface Pacer {
  /** Resolves when the next request may begin, in the order in which they asked. */
  turn(platform: Pick<Platform, 'now' | 'sleep' | 'signal'>): Promise<void>;
  /** Lets none begin before this moment: the vendor asked to wait. */
  holdUntil(time: number): void;
}

/**
 * Keeps all of the limits at once, as a burst and a steady one. It remembers when the last requests began, as many as a
 * limit allows: the next may begin once the earliest of them is `perMs` ago. No stretch of time then holds more than a limit
 * allows, wherever the vendor begins to count, which a bucket that is filled up drop by drop does not promise.
 */
export function pacer(limits: readonly Limit[]): Pacer {
  const windows = limits.map(({ requests, perMs }) => ({
    perMs,
    begun: new Array<number>(requests).fill(Number.NEGATIVE_INFINITY),
    next: 0,
  }));
  let held = Number.NEGATIVE_INFINITY;
  let last: Promise<unknown> = Promise.resolve();
  const earliest = () => Math.max(held, ...windows.map(({ begun, next, perMs }) => begun[next]! + perMs));
  const wait = async ({ now, sleep, signal }: Pick<Platform, 'now' | 'sleep' | 'signal'>) => {
    signal.throwIfAborted();
    // Asked again after each sleep: meanwhile the vendor may have asked for more patience, and timers may be early.
    for (let time = now().getTime(); time < earliest(); time = now().getTime())
      await sleep(Math.ceil(earliest() - time), signal);
    const time = now().getTime();
    for (const window of windows) {
      window.begun[window.next] = time;
      window.next = (window.next + 1) % window.begun.length;
    }
  };
  return {
    turn(platform) {
      const turn = last.then(() => wait(platform));
      last = turn.catch(() => {});
      return turn;
    },
    holdUntil(time) {
      held = Math.max(held, time);
    },
  };
}

/** The pacers of one process by what they pace, so that all calls over a connection share its limits. */
export type Pacers = Map<string, Pacer>;

export function sharedPacer(pacers: Pacers, key: string, limits: readonly Limit[]): Pacer {
  const known = pacers.get(key);
  if (known) return known;
  const made = pacer(limits);
  pacers.set(key, made);
  return made;
}
