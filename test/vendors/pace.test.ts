import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Limit, pacer } from '../../src/vendors/pace.ts';
import { virtualPlatform } from '../support/vendors/virtual-platform.ts';

const limit = fc.record({
  requests: fc.integer({ min: 1, max: 6 }),
  perMs: fc.integer({ min: 1, max: 5000 }),
});

/** When requests may begin at the earliest, where each is asked for `pauses[i]` after the one before has begun. */
function earliest(limits: readonly Limit[], pauses: readonly number[]): number[] {
  const begun: number[] = [];
  for (const pause of pauses) {
    let time = (begun.at(-1) ?? 0) + pause;
    for (const { requests, perMs } of limits) {
      const first = begun[begun.length - requests];
      if (first !== undefined) time = Math.max(time, first + perMs);
    }
    begun.push(time);
  }
  return begun;
}

test('no stretch of time holds more than any limit allows, and nothing waits for longer than it must', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(limit, { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 25 }),
      async (limits, pauses) => {
        const platform = virtualPlatform('1970-01-01T00:00:00Z');
        const paced = pacer(limits);
        const begun: number[] = [];
        for (const pause of pauses) {
          await platform.sleep(pause, platform.signal);
          await paced.turn(platform);
          begun.push(platform.now().getTime());
        }
        for (const { requests, perMs } of limits)
          for (const [i, time] of begun.entries())
            expect(begun.slice(i).filter(other => other < time + perMs).length).toBeLessThanOrEqual(requests);
        expect(begun).toEqual(earliest(limits, pauses));
      },
    ),
  );
});

test('those who ask at once begin in the order in which they asked, and who gives up keeps nobody waiting', async () => {
  const platform = virtualPlatform();
  const paced = pacer([{ requests: 2, perMs: 1000 }]);
  const order: string[] = [];
  const start = platform.now().getTime();
  const ask = (name: string) =>
    paced.turn(platform).then(() => order.push(`${name} ${platform.now().getTime() - start}`));
  const gone = AbortSignal.abort(new Error('gave up'));
  const asked = [ask('a'), ask('b'), paced.turn({ ...platform, signal: gone }), ask('c'), ask('d'), ask('e')];
  const ended = await Promise.allSettled(asked);
  expect(ended.map(({ status }) => status).filter(status => status === 'rejected')).toHaveLength(1);
  expect(order).toEqual(['a 0', 'b 0', 'c 1000', 'd 1000', 'e 2000']);
});

test('all wait where the vendor asks for it', async () => {
  const platform = virtualPlatform();
  const paced = pacer([{ requests: 10, perMs: 1000 }]);
  await paced.turn(platform);
  paced.holdUntil(platform.now().getTime() + 7000);
  await paced.turn(platform);
  expect(platform.slept()).toBe(7000);
});
