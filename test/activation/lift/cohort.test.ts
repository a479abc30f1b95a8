import { expect, test } from 'vitest';
import { cohortOf } from '../../../src/activation/lift/cohort.ts';
import type { Assignment } from '../../../src/activation/sync.ts';

const assignment = (n: number, assignedAt: string): Assignment => ({
  profileId: `shop/${n}`,
  arm: n % 10 === 0 ? 'holdout' : 'treated',
  segment: 'one',
  asOf: assignedAt.slice(0, 10),
  assignedAt,
});
const wave = (from: number, size: number, at: string) =>
  Array.from({ length: size }, (_, i) => assignment(from + i, at));

const first = wave(0, 100, '2026-03-01T09:30:00.000Z');
const later = wave(100, 40, '2026-03-08T09:30:00.000Z');
const assigned = [...first, ...later];

test('before the window of the first is over nobody is compared, and it says when', () => {
  const cohort = cohortOf({ assigned, sent: null }, { asOf: '2026-03-31', days: 30 })!;
  expect(cohort).toMatchObject({ look: null, members: [], answered: null, next: '2026-04-01' });
  expect(cohort.waiting).toEqual({ treated: 126, heldOut: 14 });
});

test('between two looks the answer is that of the last one', () => {
  const at = (asOf: string) => cohortOf({ assigned, sent: null }, { asOf, days: 30 })!;
  const looked = at('2026-04-01');
  expect(looked.members).toHaveLength(100);
  expect(looked).toMatchObject({ answered: '2026-04-01', next: '2026-05-01' });
  expect(at('2026-04-30').members).toEqual(looked.members);
  expect(at('2026-05-01').members).toHaveLength(140);
  expect(at('2026-05-01').look!.level).toBeLessThan(looked.look!.level);
});

test('what takes longer is told of those for whom it is over', () => {
  const { members } = cohortOf({ assigned, sent: null }, { asOf: '2026-07-03', days: 30 })!;
  expect(members.filter(({ retentionDue }) => retentionDue)).toHaveLength(100);
  expect(members.every(({ returnsDue }) => returnsDue)).toBe(true);
});

test('a campaign that was sent once has one answer, of the whole level', () => {
  const recipients = new Set(['shop/1', 'shop/10', 'shop/110', 'not assigned']);
  const sent = { id: 'spring', at: '2026-03-10T08:00:00.000Z', recipients };
  const at = (asOf: string) => cohortOf({ assigned, sent }, { asOf, days: 14 })!;
  expect(at('2026-03-24')).toMatchObject({ look: null, next: '2026-03-25' });
  const cohort = at('2026-03-25');
  expect(cohort.look).toMatchObject({ number: 1, level: 0.05 });
  expect(cohort).toMatchObject({ answered: '2026-03-25', next: '2026-04-24' });
  // Both arms from the same moment on, whenever they were assigned.
  expect(new Set(cohort.members.map(({ exposed }) => exposed))).toEqual(new Set([Date.parse(sent.at)]));
  expect(at('2026-12-01')).toMatchObject({ answered: '2026-06-23', next: null });
  // Who was held out and got it all the same is known before the window is over.
  expect([at('2026-03-24').crossed, cohort.crossed]).toEqual([2, 2]);
});

test('only who was assigned before the date, and from the day that is asked for', () => {
  const options = { asOf: '2026-05-20', days: 30 };
  expect(cohortOf({ assigned, sent: null }, { ...options, from: '2026-03-02' })!.members).toHaveLength(40);
  expect(cohortOf({ assigned, sent: null }, { ...options, from: '2026-04-02' })).toBeNull();
  expect(cohortOf({ assigned, sent: null }, { asOf: '2026-03-01', days: 30 })).toBeNull();
});
