import { Cron } from 'croner';
import { dateIn } from '../../date-in.ts';

/** A clock on the wall of a channel. */
export interface ChannelClock {
  /** IANA name. */
  timeZone: string;
  /** "08:00"; where a change to summer time leaves it out on a day, the first moment after it. */
  time: string;
}

/** Now where that time of today is over, else that time of today. */
export function onceOver(clock: ChannelClock, now: Date): Date {
  const next = cronOf(clock).nextRun(now);
  return next && sameDay(clock, next, now) ? next : now;
}

/** That time of the next day. */
export function tomorrow(clock: ChannelClock, now: Date): Date {
  const cron = cronOf(clock);
  const next = cron.nextRun(now);
  const later = next && sameDay(clock, next, now) ? cron.nextRun(next) : next;
  return later ?? now;
}

const sameDay = ({ timeZone }: ChannelClock, a: Date, b: Date) => dateIn(timeZone, a) === dateIn(timeZone, b);

function cronOf({ timeZone, time }: ChannelClock): Cron {
  const [hours, minutes] = time.split(':').map(Number);
  return new Cron(`${minutes} ${hours} * * *`, { timezone: timeZone, mode: '5-part', paused: true });
}
