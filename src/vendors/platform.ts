import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Log } from '../log.ts';
import type { Platform } from './vendor.ts';

const silentLog: Log = { info() {}, warn() {}, error() {} };

/**
 * The world as it is: its clock runs also where the app computes as of a given moment, since a vendor's limits are kept by
 * it. Calls over one connection share these limits as long as the app lives.
 */
export function platformOf(
  { pacers, config }: Pick<App, 'pacers' | 'config'>,
  signal: AbortSignal,
  log: Log = silentLog,
): Platform {
  return {
    fetch: (...args) => globalThis.fetch(...args),
    now: () => new Date(),
    sleep: (milliseconds, stopped) => delay(milliseconds, undefined, { signal: stopped }),
    signal,
    log,
    pacers,
    outDir: join(config.dataDir, 'out'),
  };
}
