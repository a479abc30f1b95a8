import { expect, test } from 'vitest';
import { notesIn } from '../../../src/slack/connection/notes.ts';
import type { State } from '../../../src/state/state.ts';

test('what is over goes with each new day', async () => {
  const forgotten: string[] = [];
  const events = { begin: async () => true, forget: async (before: string) => void forgotten.push(before) };
  const { begin } = notesIn(async () => ({ slack: { events } }) as unknown as State);
  const at = (moment: string) =>
    begin({ id: moment, at: moment, kind: 'command', channel: '', thread: null, user: '' });
  for (const moment of ['2026-11-23T08:00:00.000Z', '2026-11-23T23:59:59.000Z', '2026-11-24T00:00:01.000Z'])
    expect(await at(moment)).toBe(true);
  expect(forgotten).toEqual(['2026-11-22T08:00:00.000Z', '2026-11-23T00:00:01.000Z']);
});

test('what is noted is noted where nothing could be let go', async () => {
  const noted: string[] = [];
  const events = {
    begin: async ({ id }: { id: string }) => noted.push(id) === 1,
    forget: () => Promise.reject(new Error('gone for a moment')),
  };
  const { begin } = notesIn(async () => ({ slack: { events } }) as unknown as State);
  const at = '2026-11-23T08:00:00.000Z';
  const told = { id: 'Ev1', at, kind: 'command', channel: '', thread: null, user: '' };
  expect([await begin(told), await begin(told)]).toEqual([true, false]);
});
