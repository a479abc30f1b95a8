import {
  type CountedCondition,
  evaluate,
  historySince,
  type Interval,
  insert,
  lateness,
  newTrack,
  type Track,
} from './track.ts';
import { wakeQueue } from './wake-queue.ts';

/** A trigger as the engine counts it; at least one condition asks for something that happened. */
export interface CountedTrigger {
  id: string;
  conditions: readonly CountedCondition[];
}

/** An event that meets conditions. */
export interface Hit {
  signal: number;
  profileId: string;
  /** Milliseconds since 1970; may lie ahead, and counts from then on. */
  at: number;
}

/**
 * `entered` and `left` take turns for each customer and trigger. `past`: an event that came late may have changed who was
 * in from `at` on; `historySince` says how. `at` of a change that comes with a `past` is only when it was noticed.
 */
export interface TriggerChange {
  kind: 'entered' | 'left' | 'past';
  triggerId: string;
  profileId: string;
  at: number;
}

export interface Engine {
  /** Takes an event in. Events may come in any order, each of them once. */
  observe(hit: Hit): TriggerChange[];
  /** Lets time pass: events fall out of the window, and those from ahead begin to count, at their own moments. */
  advance(now: number): TriggerChange[];
  /** When `advance` next has something to look at; Infinity where nothing is awaited. */
  nextAt(): number;
  now(): number;
  /**
   * When this customer was in, from `since` on, as all events that are known say; the first interval may have begun before.
   * Null where that lies too far back for the events that are kept.
   */
  historySince(triggerId: string, profileId: string, since: number): Interval[] | null;
  /** Who is in now, in no order. */
  members(triggerId: string): string[];
}

interface Watched extends CountedTrigger {
  tracks: Map<string, Track>;
  /** Places of the conditions that each signal meets. */
  met: Map<number, number[]>;
}

/**
 * Watches who meets the triggers. Holds the events within the windows, and some of before, and nothing else: no clock,
 * no I/O. A customer's part of it ends with the last event that could matter.
 */
export function createEngine(triggers: readonly CountedTrigger[], begin: number): Engine {
  const watched: Watched[] = triggers.map(trigger => ({
    ...trigger,
    tracks: new Map(),
    met: placesOf(trigger),
  }));
  const queue = wakeQueue<{ trigger: Watched; track: Track }>();
  let clock = begin;

  const wakeAt = (trigger: Watched, track: Track, at: number) => {
    if (at === Number.POSITIVE_INFINITY) trigger.tracks.delete(track.profileId);
    else if (at !== track.wakeAt) queue.push(at, { trigger, track });
    track.wakeAt = at;
  };

  const change = ({ id }: Watched, { profileId }: Track, kind: TriggerChange['kind'], at: number) =>
    ({ kind, triggerId: id, profileId, at }) as const;

  const observeIn = (trigger: Watched, { signal, profileId, at }: Hit): TriggerChange[] => {
    const places = trigger.met.get(signal);
    if (!places) return [];
    const track = trigger.tracks.get(profileId) ?? newTrack(profileId, trigger.conditions.length);
    trigger.tracks.set(profileId, track);
    const { inside, decidedAt, flippedAt } = track;
    let late = at < decidedAt || at <= clock - lateness;
    for (const place of places)
      if (insert(trigger.conditions[place]!, track.times[place]!, at, clock)) late = true;
    wakeAt(trigger, track, evaluate(trigger.conditions, track, clock));
    const flips = track.inside !== inside;
    // Twice at one moment: what is known of it as an interval of no length has to go.
    if (flips && at === flippedAt) late = true;
    if (flips) track.flippedAt = late ? clock : at;
    return [
      ...(late ? [change(trigger, track, 'past', at)] : []),
      ...(flips ? [change(trigger, track, track.inside ? 'entered' : 'left', track.flippedAt)] : []),
    ];
  };

  return {
    observe: hit => watched.flatMap(trigger => observeIn(trigger, hit)),
    advance(now) {
      const changes: TriggerChange[] = [];
      while (queue.nextAt() <= now) {
        const at = queue.nextAt();
        const { trigger, track } = queue.pop()!;
        if (track.wakeAt !== at) continue;
        clock = Math.max(clock, at);
        const { inside } = track;
        track.wakeAt = Number.POSITIVE_INFINITY;
        wakeAt(trigger, track, evaluate(trigger.conditions, track, clock));
        if (track.inside === inside) continue;
        track.flippedAt = clock;
        changes.push(change(trigger, track, track.inside ? 'entered' : 'left', clock));
      }
      clock = Math.max(clock, now);
      return changes;
    },
    nextAt: queue.nextAt,
    now: () => clock,
    historySince(triggerId, profileId, since) {
      const trigger = watched.find(({ id }) => id === triggerId);
      const track = trigger?.tracks.get(profileId);
      if (!trigger || !track || since <= clock - lateness) return null;
      return historySince(trigger.conditions, track, since, clock);
    },
    members(triggerId) {
      const tracks = watched.find(({ id }) => id === triggerId)?.tracks.values() ?? [];
      return [...tracks].filter(({ inside }) => inside).map(({ profileId }) => profileId);
    },
  };
}

function placesOf({ conditions }: CountedTrigger): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, { signal }] of conditions.entries())
    places.set(signal, [...(places.get(signal) ?? []), place]);
  return places;
}
