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

export function newTrack(profileId: string, conditions: number, decidedAt: number): Track {
  return {
    profileId,
    times: Array.from({ length: conditions }, () => []),
    inside: false,
    flippedAt: Number.NEGATIVE_INFINITY,
    decidedAt,
    wakeAt: Number.POSITIVE_INFINITY,
  };
}

/** How long an event is kept: the first of a day goes on to say that those after it do not count. */
const kept = ({ span, daily }: CountedCondition) => span + (daily ? millisecondsPerDay : 0);

/**
 * Puts the event among those of a condition.
 *
 * @returns whether it changes counts that lie in the past for good, which the engine keeps no trace of
 */
export function insert(condition: CountedCondition, times: number[], at: number, now: number): boolean {
  const over = at + condition.span <= now;
  if (at + kept(condition) <= now) return true;
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
 * @returns when to look next; NaN where nothing is left that could matter to an event still to come
 */
export function evaluate(conditions: readonly CountedCondition[], track: Track, now: number): number {
  let inside = true;
  let next = Number.POSITIVE_INFINITY;
  for (const [c, condition] of conditions.entries()) {
    const times = track.times[c]!;
    const { span, atLeast, atMost } = condition;
    let gone = 0;
    while (gone < times.length && times[gone]! + kept(condition) <= now) gone++;
    if (gone > 0) track.decidedAt = Math.max(track.decidedAt, times[gone - 1]! + span);
    if (gone > 0) times.splice(0, gone);
    let first = 0;
    while (first < times.length && times[first]! + span <= now) first++;
    let end = times.length;
    while (end > first && times[end - 1]! > now) end--;
    if (first > 0) track.decidedAt = Math.max(track.decidedAt, times[first - 1]! + span);
    if (end > first) track.decidedAt = Math.max(track.decidedAt, times[end - 1]!);
    if (first < times.length) next = Math.min(next, times[first]! + span);
    if (end < times.length) next = Math.min(next, times[end]!);
    const count = end - first;
    if (count < (atLeast ?? 0) || count > (atMost ?? Number.POSITIVE_INFINITY)) inside = false;
  }
  track.inside = inside;
  if (next < Number.POSITIVE_INFINITY) return next;
  // An event from before `decidedAt` that comes when this is over counts nowhere any more.
  const over = track.decidedAt + Math.max(...conditions.map(kept));
  return over > now ? over : Number.NaN;
}
