import { millisecondsPerDay } from './trigger.ts';

/** A condition as the engine counts it. All times are milliseconds since 1970, all spans milliseconds. */
export interface CountedCondition {
  /** Which kind of event meets it; see signals.ts. */
  signal: number;
  span: number;
  atLeast?: number;
  atMost?: number;
  /** Events of one day (UTC) count once, at the first of them. */
  daily: boolean;
}

/** One customer as seen by one trigger. */
export interface Track {
  profileId: string;
  /** For each condition the times of its events in order: those that count, those to come, and for a while those of before. */
  times: number[][];
  inside: boolean;
  /** When `inside` changed last. */
  flippedAt: number;
  /** The latest moment up to now at which a count changed: what happened from then on finds the counts as they are now. */
  decidedAt: number;
  /** When it is to be looked at next; an entry of the queue with another time is stale. */
  wakeAt: number;
}

/** From `enteredAt` until `leftAt`, null while it lasts. */
export interface Interval {
  enteredAt: number;
  leftAt: number | null;
}

/**
 * Events that come so late at most are fitted into what was told of the time since: senders gather them, and several of
 * them overtake each other. So much longer than they count, events are kept.
 */
export const lateness = 3_600_000;

export function newTrack(profileId: string, conditions: number): Track {
  return {
    profileId,
    times: Array.from({ length: conditions }, () => []),
    inside: false,
    flippedAt: Number.NEGATIVE_INFINITY,
    decidedAt: Number.NEGATIVE_INFINITY,
    wakeAt: Number.POSITIVE_INFINITY,
  };
}

/** How long an event is kept: the first of a day goes on to say that those after it do not count. */
export function kept({ span, daily }: Pick<CountedCondition, 'span' | 'daily'>): number {
  return span + (daily ? millisecondsPerDay : 0) + lateness;
}

/**
 * Puts the event among those of a condition.
 *
 * @returns whether it no longer counts, though it did for a time before now
 */
export function insert(condition: CountedCondition, times: number[], at: number, now: number): boolean {
  if (at + kept(condition) <= now) return true;
  const over = at + condition.span <= now;
  let place = times.length;
  while (place > 0 && times[place - 1]! > at) place--;
  if (condition.daily) {
    const day = dayOf(at);
    if (place > 0 && dayOf(times[place - 1]!) === day) return false;
    if (place < times.length && dayOf(times[place]!) === day) {
      times[place] = at;
      return over;
    }
  }
  times.splice(place, 0, at);
  return over;
}

const dayOf = (at: number) => Math.floor(at / millisecondsPerDay);

/**
 * Brings `inside`, `decidedAt` and the times up to `now`.
 *
 * @returns when to look next; Infinity where no event is left
 */
export function evaluate(conditions: readonly CountedCondition[], track: Track, now: number): number {
  let inside = true;
  let next = Number.POSITIVE_INFINITY;
  for (const [c, condition] of conditions.entries()) {
    const times = track.times[c]!;
    const { span } = condition;
    let gone = 0;
    while (gone < times.length && times[gone]! + kept(condition) <= now) gone++;
    if (gone > 0) times.splice(0, gone);
    let first = 0;
    while (first < times.length && times[first]! + span <= now) first++;
    let end = times.length;
    while (end > first && times[end - 1]! > now) end--;
    if (first > 0) track.decidedAt = Math.max(track.decidedAt, times[first - 1]! + span);
    if (end > first) track.decidedAt = Math.max(track.decidedAt, times[end - 1]!);
    if (first < times.length) next = Math.min(next, times[first]! + span);
    if (end < times.length) next = Math.min(next, times[end]!);
    if (first > 0) next = Math.min(next, times[0]! + kept(condition));
    if (!holds(condition, end - first)) inside = false;
  }
  track.inside = inside;
  return next;
}

function holds({ atLeast, atMost }: CountedCondition, count: number): boolean {
  return count >= (atLeast ?? 0) && count <= (atMost ?? Number.POSITIVE_INFINITY);
}

/**
 * What the events that are kept say of the time from `since` until `now`, of which no more than `lateness` may lie between.
 *
 * @returns the intervals in order; the first begins at `since` where it holds then, whether or not it held before
 */
export function historySince(
  conditions: readonly CountedCondition[],
  { times }: Track,
  since: number,
  now: number,
): Interval[] {
  const moments = new Set([since]);
  for (const [c, { span }] of conditions.entries())
    for (const at of times[c]!)
      for (const moment of [at, at + span]) if (moment > since && moment <= now) moments.add(moment);
  const intervals: Interval[] = [];
  let open: Interval | undefined;
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const inside = conditions.every((condition, c) =>
      holds(condition, times[c]!.filter(at => at <= moment && moment < at + condition.span).length),
    );
    if (inside && !open) {
      open = { enteredAt: moment, leftAt: null };
      intervals.push(open);
    } else if (!inside && open) {
      open.leftAt = moment;
      open = undefined;
    }
  }
  return intervals;
}
