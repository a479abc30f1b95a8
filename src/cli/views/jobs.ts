import type { Config } from '../../config.ts';
import { nextTick, schedulesOf } from '../../schedule/ticks.ts';
import type { Job } from '../../state/jobs.ts';
import { textTable } from './table.ts';

export function jobsView(jobs: readonly Job[], config: Config, now: Date, width: number): string {
  if (jobs.length === 0)
    return `No jobs yet: \`kindred serve\` makes them when they are due.\n\n${scheduleView(config, now)}`;
  const at = (iso: string) => momentIn(config.timeZone, new Date(iso));
  const table = textTable(
    [
      { head: 'Job' },
      { head: 'Due' },
      { head: 'Status' },
      { head: 'Tries', align: 'right' },
      { head: 'What came of it', grows: true },
    ],
    jobs.map(job => [
      job.kind,
      at(job.dueAt),
      job.status,
      String(job.attempts),
      [...(job.message ? [job.message] : []), ...nextTry(job, at)].join('\n'),
    ]),
    width,
  );
  return `${table}\n${scheduleView(config, now)}`;
}

function nextTry({ status, notBefore }: Job, at: (iso: string) => string): string[] {
  return status === 'waiting' ? [`Next try: ${at(notBefore)}`] : [];
}

/** When each kind of job comes next. */
export function scheduleView(config: Config, now: Date): string {
  const lines = schedulesOf(config).map(schedule => {
    const next = nextTick(schedule, now);
    return `Next ${schedule.kind === 'pull' ? 'pull from connected tools' : schedule.kind}: ${next ? momentIn(config.timeZone, next) : 'never'}\n`;
  });
  return lines.length > 0
    ? `${lines.join('')}Times are of ${config.timeZone}.\n`
    : 'All schedules are switched off.\n';
}

/** "Mon 2026-11-23 06:00". */
function momentIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(found => found.type === type)!.value;
  return `${part('weekday')} ${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
