import { setTimeout as wait } from 'node:timers/promises';

/** Fulfilled after a while, and at once when `signal` is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Seconds before the first try, the second and so on; the last stands for all that follow. */
const seconds = [0, 0.5, 1, 2, 4, 8, 16, 32, 60];

/** Milliseconds to wait where so many tries in a row failed. */
export function pauseAfter(failed: number): number {
  return (seconds[failed] ?? seconds.at(-1)!) * 1000;
}

export const sleep: Sleep = async (ms, signal) => {
  if (ms > 0) await wait(ms, undefined, { signal }).catch(() => {});
};
