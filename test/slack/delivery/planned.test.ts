import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateIn } from '../../../src/date-in.ts';
import { plannedDeliveries } from '../../../src/slack/delivery/planned.ts';
import { onceOver, tomorrow } from '../../../src/slack/delivery/when.ts';
import type { SlackMessage } from '../../../src/state/slack-messages.ts';

/** Those with changes of half an hour, at midnight, of the past, and none. */
const zones = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
];
const clocks = fc.record({
  timeZone: fc.constantFrom(...zones),
  time: fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':')),
});
/** Any minute of two years, and often one of a day on which clocks change somewhere. */
const moments = fc
  .oneof(
    fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }),
    fc
      .tuple(
        fc.constantFrom(
          '2026-03-29',
          '2026-10-25',
          '2026-03-08',
          '2026-11-01',
          '2026-04-05',
          '2026-09-06',
          '2026-04-24',
        ),
        fc.integer({ min: -86_400_000, max: 2 * 86_400_000 }),
      )
      .map(([day, ms]) => Date.parse(day) + ms),
  )
  .map(ms => new Date(Math.floor(ms / 60_000) * 60_000));

const wallClock = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

describe('when a channel is sent a digest', () => {
  test('it is this day, not before its time by the clock on its wall, and no minute later than it has to be', () => {
    fc.assert(
      fc.property(clocks, moments, (clock, now) => {
        const { timeZone, time } = clock;
        const at = onceOver(clock, now);
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(dateIn(timeZone, at)).toBe(dateIn(timeZone, now));
        if (at.getTime() === now.getTime()) return;
        expect(wallClock(timeZone, at) >= time).toBe(true);
        const before = new Date(at.getTime() - 60_000);
        expect(dateIn(timeZone, before) < dateIn(timeZone, at) || wallClock(timeZone, before) < time).toBe(
          true,
        );
      }),
      { numRuns: 400 },
    );
  });

  test('it waits where the clock has not come to its time, and to no other moment', () => {
    fc.assert(
      fc.property(clocks, moments, (clock, now) => {
        const waits = onceOver(clock, now) > now;
        // Where a clock was turned back, its time may have been there already.
        const turnedBack = new Date(now.getTime() - 3 * 3_600_000);
        if (!waits && wallClock(clock.timeZone, now) < clock.time)
          expect(onceOver(clock, turnedBack) <= now).toBe(true);
        if (waits) expect(wallClock(clock.timeZone, now) < clock.time).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('tomorrow is the next day of the calendar, at the same time', () => {
    fc.assert(
      fc.property(clocks, moments, (clock, now) => {
        const at = tomorrow(clock, now);
        const days =
          (Date.parse(dateIn(clock.timeZone, at)) - Date.parse(dateIn(clock.timeZone, now))) / 86_400_000;
        expect(days).toBe(1);
        expect(wallClock(clock.timeZone, at) >= clock.time).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['08:00', 'Europe/London', '2026-03-29T05:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['08:00', 'Europe/London', '2026-10-25T05:00:00Z', '2026-10-25T08:00:00.000Z'],
    ['08:00', 'America/New_York', '2026-11-23T06:00:00Z', '2026-11-23T13:00:00.000Z'],
    ['08:00', 'America/New_York', '2026-11-23T14:00:00Z', '2026-11-23T14:00:00.000Z'],
    // There is no 01:30 on this day.
    ['01:30', 'Europe/London', '2026-03-29T00:10:00Z', '2026-03-29T01:00:00.000Z'],
    // Twice on this one, of which the first counts.
    ['01:30', 'Europe/London', '2026-10-25T00:10:00Z', '2026-10-25T00:30:00.000Z'],
    ['01:30', 'Europe/London', '2026-10-25T01:10:00Z', '2026-10-25T01:10:00.000Z'],
  ])('%s in %s, asked at %s: %s', (time, timeZone, now, at) => {
    expect(onceOver({ time, timeZone }, new Date(now)).toISOString()).toBe(at);
  });
});

describe('the deliveries of a digest', () => {
  const config = {
    digestTime: '08:00',
    digestChannels: [
      { id: 'CLONDON', timeZone: 'Europe/London' },
      { id: 'CNEWYORK', timeZone: 'America/New_York' },
    ],
  };
  const now = new Date('2026-11-23T10:00:00Z');
  const message = (changed: Partial<SlackMessage>): SlackMessage => ({
    id: 1,
    kind: 'digest',
    subject: 'refresh-2026-11-23',
    channel: 'CLONDON',
    thread: null,
    status: 'sent',
    createdAt: '2026-11-23T08:30:00.000Z',
    notBefore: '2026-11-23T08:30:00.000Z',
    attempts: 1,
    claimedUntil: null,
    problem: null,
    sentAt: '2026-11-23T08:31:00.000Z',
    ts: '1.2',
    shown: null,
    ...changed,
  });

  test('each channel has it by its own clock', () => {
    expect(plannedDeliveries(config, now, 'refresh-2026-11-23', [])).toEqual([
      {
        channel: 'CLONDON',
        timeZone: 'Europe/London',
        at: now.toISOString(),
        status: 'planned',
        problem: null,
      },
      {
        channel: 'CNEWYORK',
        timeZone: 'America/New_York',
        at: '2026-11-23T13:00:00.000Z',
        status: 'planned',
        problem: null,
      },
    ]);
  });

  test('what was sent or waits is told as it is', () => {
    const waits = message({
      channel: 'CNEWYORK',
      status: 'queued',
      sentAt: null,
      problem: 'Slack does not answer.',
    });
    expect(plannedDeliveries(config, now, 'refresh-2026-11-23', [message({}), waits])).toMatchObject([
      { status: 'sent', at: '2026-11-23T08:31:00.000Z' },
      { status: 'queued', at: '2026-11-23T08:30:00.000Z', problem: 'Slack does not answer.' },
    ]);
  });

  test('a channel that had a digest today has the next one tomorrow; alerts do not count', () => {
    const known = [message({}), message({ kind: 'alert', channel: 'CNEWYORK' })];
    expect(plannedDeliveries(config, now, 'refresh-2026-11-24', known).map(({ at }) => at)).toEqual([
      '2026-11-24T08:00:00.000Z',
      '2026-11-23T13:00:00.000Z',
    ]);
  });
});
