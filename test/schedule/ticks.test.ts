import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { dateIn } from '../../src/date-in.ts';
import { latestTick, nextTick, type Schedule, schedulesOf } from '../../src/schedule/ticks.ts';

const monday: Schedule = { kind: 'refresh', cron: '0 6 * * 1', timeZone: 'Europe/London' };
const quarterly: Schedule = { kind: 'recluster', cron: '0 7 * 1,4,7,10 1#1', timeZone: 'UTC' };
const at = (text: string) => new Date(text);

describe('Monday 06:00 in London', () => {
  test.each([
    ['winter', '2026-11-25T12:00:00Z', '2026-11-23T06:00:00.000Z', '2026-11-30T06:00:00.000Z'],
    ['summer', '2026-07-01T12:00:00Z', '2026-06-29T05:00:00.000Z', '2026-07-06T05:00:00.000Z'],
    [
      'over the change to summer time',
      '2026-03-28T12:00:00Z',
      '2026-03-23T06:00:00.000Z',
      '2026-03-30T05:00:00.000Z',
    ],
    [
      'over the change to winter time',
      '2026-10-24T12:00:00Z',
      '2026-10-19T05:00:00.000Z',
      '2026-10-26T06:00:00.000Z',
    ],
    ['at the tick itself', '2026-11-23T06:00:00Z', '2026-11-23T06:00:00.000Z', '2026-11-30T06:00:00.000Z'],
    ['just before it', '2026-11-23T05:59:59.999Z', '2026-11-16T06:00:00.000Z', '2026-11-23T06:00:00.000Z'],
  ])('%s', (_, now, latest, next) => {
    expect(latestTick(monday, at(now))?.toISOString()).toBe(latest);
    expect(nextTick(monday, at(now))?.toISOString()).toBe(next);
  });
});

test('the quarter begins with its first Monday', () => {
  const ticks: string[] = [];
  let now = at('2026-01-01T00:00:00Z');
  for (let i = 0; i < 5; i++) {
    now = nextTick(quarterly, now)!;
    ticks.push(now.toISOString());
  }
  expect(ticks).toEqual([
    '2026-01-05T07:00:00.000Z',
    '2026-04-06T07:00:00.000Z',
    '2026-07-06T07:00:00.000Z',
    '2026-10-05T07:00:00.000Z',
    '2027-01-04T07:00:00.000Z',
  ]);
});

describe('laws', () => {
  const zones = ['UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
  const schedules = fc.record({
    kind: fc.constant('refresh' as const),
    cron: fc.constantFrom(
      '0 6 * * 1',
      '30 1 * * 0',
      '30 2 * * 0',
      '0 7 * 1,4,7,10 1#1',
      '0 0 1 * *',
      '15 */6 * * *',
    ),
    timeZone: fc.constantFrom(...zones),
  });
  const moments = fc.date({
    min: at('2024-01-01T00:00:00Z'),
    max: at('2028-01-01T00:00:00Z'),
    noInvalidDate: true,
  });

  test('the latest tick is not after now, the next one is, and none lies between', () => {
    fc.assert(
      fc.property(schedules, moments, (schedule, now) => {
        const latest = latestTick(schedule, now)!;
        const next = nextTick(schedule, now)!;
        expect(latest.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(nextTick(schedule, latest)).toEqual(next);
        expect(latestTick(schedule, next)).toEqual(next);
      }),
    );
  });
});

test('a schedule that is off is none', () => {
  const config = readConfig({
    KINDRED_RECLUSTER_SCHEDULE: 'off',
    KINDRED_SYNC_IN_SCHEDULE: 'off',
    KINDRED_TIME_ZONE: 'Europe/London',
  });
  expect(schedulesOf(config)).toEqual([monday]);
});

test('today is a date of the time zone', () => {
  const now = at('2026-11-22T23:30:00Z');
  expect(dateIn('UTC', now)).toBe('2026-11-22');
  expect(dateIn('Europe/Berlin', now)).toBe('2026-11-23');
  expect(dateIn('America/Los_Angeles', at('2026-01-01T02:00:00Z'))).toBe('2025-12-31');
});
