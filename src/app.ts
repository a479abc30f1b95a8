import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ModelAccess } from './agent/model/access.ts';
import { createPool, type Pool } from './clustering/pool.ts';
import type { Config } from './config.ts';
import type { State } from './state/state.ts';
import { acquireStore, type StoreLock } from './store-lock.ts';
import { createTurns, type Turns } from './turns.ts';
import type { Pacers } from './vendors/pace.ts';
import { memoryFor } from './warehouse/duckdb-memory.ts';
import type { Warehouse } from './warehouse/port.ts';

/** What the use cases need, made on first use and closed together. */
export interface App {
  config: Config;
  now: () => Date;
  /** A folder for files that live no longer than the command. */
  tempDir: string;
  /** Of the data folder, for a server that tells other commands where it listens. */
  lock: Pick<StoreLock, 'token' | 'announce'>;
  warehouse(): Promise<Warehouse>;
  state(): Promise<State>;
  pool(): Pool;
  /** The language model, where one is set up. */
  model(): Promise<ModelAccess | null>;
  /** For all that shares the stores: commands, jobs, events that arrive, tools. */
  turns: Turns;
  /** How fast each connection was asked of late. */
  pacers: Pacers;
  /** Connections that rows are pulled from now, by name. */
  pulling: Set<string>;
}

/** Composition root: takes the data folder, hands the stores to `work`, and closes them however it ends. */
export async function withApp<T>(
  config: Config,
  command: string,
  now: () => Date,
  work: (app: App) => Promise<T>,
): Promise<T> {
  const lock = await acquireStore(config.dataDir, {
    pid: process.pid,
    command,
    startedAt: now().toISOString(),
  });
  const tempDir = join(config.dataDir, 'tmp');
  const closers: (() => Promise<void>)[] = [lock.release];
  const once = <V>(open: () => Promise<V>, close: (value: V) => Promise<void>): (() => Promise<V>) => {
    let opened: Promise<V> | undefined;
    return () => {
      opened ??= open().then(
        value => {
          closers.push(() => close(value));
          return value;
        },
        error => {
          // A database that does not answer now may answer whoever asks next.
          opened = undefined;
          throw error;
        },
      );
      return opened;
    };
  };
  let pool: Pool | undefined;
  let model: Promise<ModelAccess | null> | undefined;
  const app: App = {
    config,
    now,
    tempDir,
    lock,
    warehouse: once(
      () => openWarehouse(config, tempDir),
      warehouse => warehouse.close(),
    ),
    state: once(
      async () => {
        const { openState } = await import('./state/state.ts');
        return openState({ dataDir: config.dataDir, url: config.databaseUrl });
      },
      state => state.close(),
    ),
    pool() {
      if (!pool) {
        const made = createPool(config.threads ?? availableParallelism());
        closers.push(() => made.close());
        pool = made;
      }
      return pool;
    },
    model() {
      // Loaded on first use: its client takes half a second, and few commands ask a model.
      model ??= import('./agent/model/access.ts').then(({ modelAccess }) => modelAccess(config.agent));
      return model;
    },
    turns: createTurns(),
    pacers: new Map(),
    pulling: new Set(),
  };
  let result: T;
  try {
    await mkdir(tempDir, { recursive: true });
    result = await work(app);
  } catch (error) {
    // A store that failed may fail to close as well; the first error is the one worth telling.
    await closeAll(closers.reverse()).catch(() => {});
    throw error;
  }
  await closeAll(closers.reverse());
  return result;
}

/** One that fails does not keep the others open; its error is told once all were tried. */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch(error => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** The stores' drivers are loaded with the first that is opened: a server that is asked nothing yet is there at once. */
async function openWarehouse(config: Config, tempDir: string): Promise<Warehouse> {
  const file = join(config.dataDir, 'warehouse.duckdb');
  const memoryMb = config.memoryMb ?? (() => memoryFor(file));
  const limits = { threads: config.threads, memoryMb, spillDir: tempDir };
  if (config.warehouseUrl) {
    const { openPostgres } = await import('./warehouse/postgres.ts');
    return openPostgres({ url: config.warehouseUrl, ...limits });
  }
  const { openDuckDb } = await import('./warehouse/duckdb.ts');
  return openDuckDb({ file, ...limits });
}
