import { format } from 'node:util';
import type { Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../../log.ts';

/**
 * What Slack's libraries log, in the log of the server. Their debug lines hold what people wrote, and are left out; so are
 * their errors, which are thrown as well and logged where somebody knows what they mean.
 */
export function boltLog(log: Log): Logger {
  const told = (...said: unknown[]) =>
    format(...said.map(part => (part instanceof Error ? part.message : part)));
  return {
    debug() {},
    info() {},
    warn: (...said: unknown[]) => log.warn({}, `Slack's library: ${told(...said)}`),
    error: (...said: unknown[]) => log.warn({}, `Slack's library: ${told(...said)}`),
    setLevel() {},
    // Of the enumeration, whose values would load the library.
    getLevel: () => 'info' as LogLevel,
    setName() {},
  };
}
