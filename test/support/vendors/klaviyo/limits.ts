import type { ContractOperation } from './contract.ts';

export interface Allowed {
  headers: Record<string, string>;
  /** Seconds to wait, where it is one too many. */
  retryAfter: number | null;
}

/** Counts requests of each operation in fixed windows of the clock, as Klaviyo says that it does. */
export function rateLimits(now: () => Date) {
  const counts = new Map<string, number>();
  const count = (key: string) => {
    const to = (counts.get(key) ?? 0) + 1;
    counts.set(key, to);
    return to;
  };
  return (name: string, { perSecond, perMinute, perDay }: ContractOperation['limits'][number]): Allowed => {
    const time = now().getTime();
    const left = (window: number) => Math.ceil((window - (time % window)) / 1000);
    const windows = [
      { most: perSecond, ms: 1000 },
      { most: perMinute, ms: 60_000 },
      ...(perDay === null ? [] : [{ most: perDay, ms: 86_400_000 }]),
    ];
    for (const { most, ms } of windows)
      if ((counts.get(`${name} ${ms} ${Math.floor(time / ms)}`) ?? 0) >= most)
        return { headers: {}, retryAfter: Math.max(1, left(ms)) };
    for (const { ms } of windows) count(`${name} ${ms} ${Math.floor(time / ms)}`);
    const used = counts.get(`${name} 60000 ${Math.floor(time / 60_000)}`) ?? 0;
    return {
      headers: {
        'ratelimit-limit': `${perMinute}, ${perSecond};w=1, ${perMinute};w=60`,
        'ratelimit-remaining': String(perMinute - used),
        'ratelimit-reset': String(left(60_000)),
      },
      retryAfter: null,
    };
  };
}
