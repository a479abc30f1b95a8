import { resolve } from 'node:path';
import type { App } from '../../src/app.ts';
import type { Pool } from '../../src/clustering/pool.ts';
import { inProcess } from '../../src/clustering/pool.ts';
import { readConfig } from '../../src/config.ts';
import type { State } from '../../src/state/state.ts';
import { createTurns } from '../../src/turns.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';

interface Stores {
  warehouse: Warehouse;
  state: State;
  pool?: Pool;
  now?: () => Date;
}

/** An app over stores that stand: those of a `livedShop().context`, say. */
export function appOver(
  { warehouse, state, pool = inProcess, now = () => new Date('2026-11-22T12:00:00Z') }: Stores,
  changed: Partial<App> = {},
): App {
  return {
    config: readConfig({}, 'made-data'),
    now,
    tempDir: resolve('made-data', 'tmp'),
    lock: { token: 'made-token', announce: async () => {} },
    warehouse: async () => warehouse,
    state: async () => state,
    pool: () => pool,
    model: async () => null,
    turns: createTurns(),
    pacers: new Map(),
    pulling: new Set(),
    ...changed,
  };
}

/** An app whose stores must not be opened. */
export function closedApp(changed: Partial<App> = {}): App {
  const shut = async () => {
    throw new Error('A store was opened.');
  };
  return { ...appOver({} as Stores), warehouse: shut, state: shut, ...changed };
}
