import type { Method } from './methods/method.ts';

export interface Limits {
  /** Seconds to wait before the call is taken; null where it is taken. */
  wait(method: string, limit: Method['limit'], channel: string, now: number): number | null;
}

/** Slack's limits by the fake's own clock: so many calls of a method a minute, one message a second and channel. */
export function createLimits(): Limits {
  const taken = new Map<string, number[]>();
  return {
    wait(method, limit, channel, now) {
      const [key, most, span] = limit === 'post' ? [`post:${channel}`, 1, 1000] : [method, limit, 60_000];
      const recent = (taken.get(key) ?? []).filter(at => now - at < span);
      if (recent.length >= most) return Math.max(1, Math.ceil((recent[0]! + span - now) / 1000));
      taken.set(key, [...recent, now]);
      return null;
    },
  };
}
