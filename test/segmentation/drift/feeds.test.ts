import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/demo/random.ts';
import type { Flow } from '../../../src/features/activity/flows.ts';
import { returnedFlow, stateOf, stoppedFlow } from '../../../src/segmentation/drift/feeds.ts';

/** A flow of so many weeks; `rows` says how many arrive on a day that lies so many days before the date. */
const flow = (weeks: number, rows: (day: number) => number): Flow => ({
  table: 'events',
  source: 'site',
  type: 'View',
  daily: Float64Array.from({ length: 7 * weeks }, (_, day) => rows(day)),
});

describe('a steady flow', () => {
  test('that goes on flows', () => {
    expect(stateOf(flow(14, () => 10))).toBe('flowing');
  });

  test.each([3, 5, 7, 12, 40, 80])('that fell silent %i days ago stopped', days => {
    const stopped = stoppedFlow(flow(27, day => (day < days ? 0 : 10)));
    expect(stopped).toMatchObject({ silentDays: days, lately: Math.max(0, 70 - 10 * days) });
    // A week in the middle of which it stopped may be among those that tell what is usual.
    expect(stopped!.weekly).toBeGreaterThan(63);
    expect(stopped!.weekly).toBeLessThanOrEqual(70);
  });

  test('that is silent for two days may only be late', () => {
    expect(stateOf(flow(14, day => (day < 2 ? 0 : 100)))).toBe('flowing');
  });

  test('of which a trickle is left stopped; one that halved did not', () => {
    expect(stateOf(flow(14, day => (day < 7 ? 1 : 10)))).toBe('stopped');
    expect(stateOf(flow(14, day => (day < 7 ? 5 : 10)))).toBe('flowing');
  });

  test('of one day a week is not silent on the others', () => {
    const weekly = (last: number) => flow(14, day => (day % 7 === 5 && day >= last ? 100 : 0));
    expect(stateOf(weekly(0))).toBe('flowing');
    expect(stateOf(weekly(7))).toBe('stopped');
  });
});

describe('nothing can be said of a flow', () => {
  test.each<[string, Flow]>([
    ['that is thin', flow(14, day => (day % 7 < 5 ? 3 : 0))],
    ['that is new', flow(14, day => (day < 50 ? 10 : 0))],
    ['that comes every other week', flow(27, day => (day % 14 === 3 ? 500 : 0))],
    ['that is as uneven as this', flow(27, day => (day % 7 === 0 ? 2 ** (Math.floor(day / 7) % 9) : 0))],
  ])('%s', (_name, uncertain) => {
    expect(stateOf(uncertain)).toBe('unsteady');
  });

  test('after it has been gone for so long that nobody waits for it', () => {
    expect(stoppedFlow(flow(27, day => (day < 150 ? 0 : 10)))).toBeNull();
  });
});

describe('a flow that came back', () => {
  const gap = (backFor: number, days: number) =>
    returnedFlow(flow(27, day => (day >= backFor && day < backFor + days ? 0 : 10)));

  test('is known with its gap, for some time', () => {
    expect(gap(3, 21)).toMatchObject({ backFor: 3, gap: 21 });
    expect(gap(63, 21)).toMatchObject({ backFor: 63, gap: 21 });
    expect(gap(64, 21)).toBeNull();
    expect(gap(4, 9)).toMatchObject({ gap: 9 });
  });

  test('was gone for a week at least', () => {
    expect(gap(4, 6)).toBeNull();
    expect(returnedFlow(flow(27, () => 10))).toBeNull();
  });
});

test('chance alone stops no flow', () => {
  const random = createRandom(3);
  let stopped = 0;
  for (let run = 0; run < 1500; run++) {
    const perDay = Math.exp(random.between(0.5, 4));
    // Weeks differ by a third, as campaigns have it.
    const weeks = Array.from({ length: 14 }, () => random.gamma(0.33));
    if (stateOf(flow(14, day => random.poisson(perDay * weeks[Math.floor(day / 7)]!))) === 'stopped')
      stopped++;
  }
  expect(stopped).toBeLessThanOrEqual(1);
});
