import type { App } from '../../app.ts';
import { inProcess } from '../../clustering/pool.ts';
import type { Config } from '../../config.ts';
import { createTurns } from '../../turns.ts';

/**
 * What stands in for an app that cannot be had: a server made of it says what Kindred is and lists its tools, and answers
 * whatever needs a store with the reason, which is where a person who only sees the chat can read it.
 */
export function appWithoutStores(config: Config, now: () => Date, reason: () => unknown): App {
  const refuse = async () => {
    throw reason();
  };
  return {
    config,
    now,
    tempDir: config.dataDir,
    lock: { token: '', announce: refuse },
    warehouse: refuse,
    state: refuse,
    pool: () => inProcess,
    model: async () => null,
    turns: createTurns(),
    pacers: new Map(),
    pulling: new Set(),
  };
}
