import type { Platform } from '../../../src/vendors/vendor.ts';

export interface VirtualPlatform extends Platform {
  /** Milliseconds that were slept so far. */
  slept(): number;
  /** What was logged: level and message with its facts. */
  logged: string[];
}

/** The real network, with a clock that only sleeping moves: what waits for minutes takes none. */
export function virtualPlatform(
  start = '2026-11-22T12:00:00Z',
  signal: AbortSignal = new AbortController().signal,
): VirtualPlatform {
  const from = Date.parse(start);
  let time = from;
  const logged: string[] = [];
  const note = (level: string) => (facts: object, message: string) => {
    logged.push(`${level} ${message} ${JSON.stringify(facts)}`);
  };
  return {
    fetch: (...args) => globalThis.fetch(...args),
    now: () => new Date(time),
    async sleep(milliseconds, stopped) {
      stopped.throwIfAborted();
      time += milliseconds;
      // Lets whatever waits for the network go on.
      await new Promise(resolve => setImmediate(resolve));
    },
    signal,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    pacers: new Map(),
    outDir: '/nowhere/out',
    slept: () => time - from,
    logged,
  };
}
