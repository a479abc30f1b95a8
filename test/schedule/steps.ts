import type { Log } from '../../src/log.ts';
import type { JobWork, Runner } from '../../src/schedule/run-job.ts';
import type { JobKind } from '../../src/state/jobs.ts';
import type { State } from '../../src/state/state.ts';

/** A clock that stands still until it is stepped; what is to happen every so often happens on the way. */
export interface Clock {
  now: () => Date;
  every: Runner['every'];
  to(iso: string): void;
  step(seconds: number): void;
}

export function clockAt(iso: string): Clock {
  let time = Date.parse(iso);
  const timers = new Set<{ seconds: number; due: number; act: () => void }>();
  const advance = (end: number) => {
    for (;;) {
      const next = [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      time = Math.max(time, next.due);
      next.due += next.seconds * 1000;
      next.act();
    }
    time = end;
  };
  return {
    now: () => new Date(time),
    every(seconds, act) {
      const timer = { seconds, due: time + seconds * 1000, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    to: to => advance(Date.parse(to)),
    step: seconds => advance(time + seconds * 1000),
  };
}

/** Lines as `level message`. */
export function logTo(lines: string[]): Log {
  const line = (level: string) => (_facts: object, message: string) => {
    lines.push(`${level} ${message}`);
  };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

export function runnerOf(
  state: State,
  clock: Clock,
  name: string,
  lines: string[],
  work: Partial<Record<JobKind, JobWork>>,
): Runner & { state: State } {
  const none: JobWork = async () => 'nothing to do';
  return {
    state,
    work: { refresh: none, recluster: none, pull: none, retention: none, ...work },
    name,
    now: clock.now,
    every: clock.every,
    log: logTo(lines),
  };
}
