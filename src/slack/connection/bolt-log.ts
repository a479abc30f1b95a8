import { format } from 'node:util';
import type { Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../../log.ts';

/** Each call that fails says so here, and to whoever made it. */
const thrownAsWell = 'http request failed';

/** What Slack's libraries log, in the log of the server. Their debug lines hold what people wrote, and are left out. */
export function boltLog(log: Log): Logger {
  const told = (...said: unknown[]) =>
    format(...said.map(part => (part instanceof Error ? part.message : part)));
  return {
    debug() {},
    info() {},
    warn(...said: unknown[]) {
      if (said[0] !== thrownAsWell) log.warn({}, `Slack's library: ${told(...said)}`);
    },
    error: (...said: unknown[]) => log.warn({}, `Slack's library: ${told(...said)}`),
    setLevel() {},
    // Of the enumeration, whose values would load the library.
    getLevel: () => 'info' as LogLevel,
    setName() {},
  };
}
