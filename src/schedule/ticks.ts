import { Cron } from 'croner';
import type { Config } from '../config.ts';
import type { JobKind } from '../state/jobs.ts';

/** When a kind of job is due. */
export interface Schedule {
  kind: JobKind;
  /** Five parts; hours are meant in `timeZone`, through its changes to and from summer time. */
  cron: string;
  timeZone: string;
}

/** Those that are not switched off. */
export function schedulesOf({
  refreshSchedule,
  reclusterSchedule,
  syncInSchedule,
  timeZone,
}: Config): Schedule[] {
  const entries: [JobKind, string | null][] = [
    ['refresh', refreshSchedule],
    ['recluster', reclusterSchedule],
    ['pull', syncInSchedule],
  ];
  return entries.flatMap(([kind, cron]) => (cron === null ? [] : [{ kind, cron, timeZone }]));
}

/** Every night: what has expired goes. Not for anybody to switch off, as `KINDRED_KEEP` says what that is. */
export function retentionSchedule({ timeZone }: Pick<Config, 'timeZone'>): Schedule {
  return { kind: 'retention', cron: '30 3 * * *', timeZone };
}

/** The latest tick at or before `now`; undefined where there was none. */
export function latestTick(schedule: Schedule, now: Date): Date | undefined {
  // croner looks strictly before its reference.
  return cronOf(schedule).previousRuns(1, new Date(now.getTime() + 1))[0];
}

/** The first tick after `now`. */
export function nextTick(schedule: Schedule, now: Date): Date | undefined {
  return cronOf(schedule).nextRun(now) ?? undefined;
}

function cronOf({ cron, timeZone }: Schedule): Cron {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
}
