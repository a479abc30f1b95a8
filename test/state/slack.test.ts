import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/state/database.ts';
import type { SlackEvent } from '../../src/state/slack-events.ts';
import { openState, type State, stateOver } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const monday = '2026-11-23T09:00:00.000Z';
/** Minutes after Monday morning. */
const at = (minutes: number) => new Date(Date.parse(monday) + minutes * 60_000).toISOString();

const event = (id: string, minutes: number): SlackEvent => ({
  id,
  at: at(minutes),
  kind: 'app_mention',
  channel: 'C1',
  thread: '1763888400.000100',
  user: 'U1',
});

const digest = (channel: string, subject = 'refresh-1') => ({
  kind: 'digest' as const,
  subject,
  channel,
  thread: null,
  notBefore: at(0),
  createdAt: at(0),
});

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  describe('events', () => {
    test('are begun once, however often and however late they are told', async () => {
      const { events } = state.slack;
      expect(await events.begin(event('Ev1', 0))).toBe(true);
      expect(await events.begin({ ...event('Ev1', 5), user: 'U2' })).toBe(false);
      await events.end('Ev1', at(1));
      expect(await events.begin(event('Ev1', 60))).toBe(false);
      expect(await events.unfinished(at(100))).toEqual([]);
    });

    test('that were never answered are known, oldest first, but for those that only just began', async () => {
      const { events } = state.slack;
      const direct = { ...event('Ev3\0', 1), thread: null };
      for (const each of [event('Ev2', 2), direct, event('Ev1', 2), event('Ev4', 3), event('Ev5', 10)])
        await events.begin(each);
      await events.end('Ev4', at(4));
      expect(await events.unfinished(at(10))).toEqual([
        { ...direct, id: 'Ev3' },
        event('Ev1', 2),
        event('Ev2', 2),
      ]);
    });

    test('are forgotten from a day on, answered or not', async () => {
      const { events } = state.slack;
      for (const each of [event('Ev1', 0), event('Ev2', 1), event('Ev3', 2)]) await events.begin(each);
      await events.end('Ev1', at(1));
      await events.forget(at(2));
      expect(await events.unfinished(at(10))).toEqual([event('Ev3', 2)]);
      expect(await events.begin(event('Ev1', 20))).toBe(true);
    });
  });

  describe('messages', () => {
    const only = async () => {
      const [message, ...others] = await state.slack.messages.list(10);
      expect(others).toEqual([]);
      return message!;
    };

    test('are queued once for each channel', async () => {
      const { messages } = state.slack;
      expect(await messages.enqueue(digest('C1'))).toBe(true);
      expect(await messages.enqueue({ ...digest('C1'), notBefore: at(60) })).toBe(false);
      expect(await only()).toEqual({
        id: 1,
        ...digest('C1'),
        status: 'queued',
        attempts: 0,
        claimedUntil: null,
        problem: null,
        sentAt: null,
        ts: null,
        shown: null,
      });
      expect(await messages.enqueue(digest('C2'))).toBe(true);
      expect(await messages.enqueue(digest('C1', 'refresh-2'))).toBe(true);
      expect(await messages.enqueue({ ...digest('C1'), kind: 'alert' })).toBe(true);
      const shown = await messages.of('digest', 'refresh-1');
      expect(shown.map(({ channel }) => channel)).toEqual(['C1', 'C2']);
      expect((await messages.list(2)).map(({ kind, subject }) => [kind, subject])).toEqual([
        ['alert', 'refresh-1'],
        ['digest', 'refresh-2'],
      ]);
    });

    test('are due in the order in which they were asked for, not before their time', async () => {
      const { messages } = state.slack;
      await messages.enqueue({ ...digest('later'), notBefore: at(30) });
      await messages.enqueue({ ...digest('second'), createdAt: at(1) });
      await messages.enqueue(digest('first'));
      const due = async (now: string) => (await messages.due(now)).map(({ channel }) => channel);
      expect(await due(at(-1))).toEqual([]);
      expect(await due(at(1))).toEqual(['first', 'second']);
      expect(await due(at(30))).toEqual(['later', 'first', 'second']);
    });

    test('are taken by one, and by another only after five minutes, who is told that it is not the first', async () => {
      const { messages } = state.slack;
      await messages.enqueue(digest('C1'));
      expect(await messages.sending(1, at(-1))).toBeUndefined();
      expect(await messages.sending(1, at(0))).toMatchObject({
        status: 'sending',
        attempts: 1,
        claimedUntil: at(5),
      });
      expect(await messages.due(at(4.9))).toEqual([]);
      expect(await messages.sending(1, at(4.9))).toBeUndefined();
      expect(await messages.due(at(5))).toMatchObject([{ id: 1, status: 'sending', attempts: 1 }]);
      expect(await messages.sending(1, at(5))).toMatchObject({ attempts: 2, claimedUntil: at(10) });
      await messages.sent(1, { at: at(6), ts: '1.5' });
      expect(await only()).toMatchObject({ status: 'sent', sentAt: at(6), ts: '1.5', claimedUntil: null });
      expect(await messages.due(at(1000))).toEqual([]);
      expect(await messages.sending(1, at(1000))).toBeUndefined();
    });

    test('that failed come back not before their time, and the next attempt is not the first', async () => {
      const { messages } = state.slack;
      await messages.enqueue(digest('C1'));
      await messages.sending(1, at(0));
      await messages.again(1, { notBefore: at(10), problem: 'Slack does not answer\0' });
      expect(await only()).toMatchObject({
        status: 'queued',
        attempts: 1,
        notBefore: at(10),
        problem: 'Slack does not answer',
        claimedUntil: null,
      });
      expect(await messages.sending(1, at(9))).toBeUndefined();
      expect(await messages.sending(1, at(10))).toMatchObject({ attempts: 2 });
    });

    test('once sent stay as they are, whatever somebody slow says of them', async () => {
      const { messages } = state.slack;
      await messages.enqueue(digest('C1'));
      await messages.sending(1, at(0));
      await messages.sending(1, at(5));
      await messages.sent(1, { at: at(6), ts: '1.5' });
      const sent = await only();
      await messages.again(1, { notBefore: at(7), problem: 'late' });
      await messages.close(1, 'refused', 'late');
      await messages.sent(1, { at: at(7), ts: '2.5' });
      expect(await only()).toEqual(sent);
    });

    test('that are closed are sent no more; one that was on its way is sent all the same', async () => {
      const { messages } = state.slack;
      await messages.enqueue(digest('C1'));
      await messages.sending(1, at(0));
      await messages.close(1, 'superseded', 'a newer refresh');
      expect(await messages.due(at(100))).toEqual([]);
      expect(await messages.sending(1, at(100))).toBeUndefined();
      await messages.again(1, { notBefore: at(1), problem: 'late' });
      expect(await only()).toMatchObject({ status: 'superseded', problem: 'a newer refresh' });
      await messages.sent(1, { at: at(2), ts: '1.5' });
      await messages.shown(1, 'approved');
      expect(await only()).toMatchObject({ status: 'sent', problem: null, shown: 'approved' });
    });
  });

  describe('digests', () => {
    test('are kept as they were first written', async () => {
      const first = { headline: 'Quiet 🛍️', segments: [{ share: 0.1 + 0.2 }], since: null };
      expect(await state.digests.get('refresh-1')).toBeUndefined();
      expect(await state.digests.keep('refresh-1', first, at(0))).toEqual(first);
      expect(await state.digests.keep('refresh-1', { headline: 'Another' }, at(1))).toEqual(first);
      expect(await state.digests.get('refresh-1')).toEqual(first);
      const broken = await state.digests.keep('refresh-2', { headline: 'half a \ud83d\0' }, at(0));
      expect(broken).toEqual({ headline: 'half a \ufffd' });
    });
  });
});

describe('two servers on one Postgres', () => {
  let states: [State, State];
  beforeAll(async () => {
    const url = await freshDatabase();
    const openOne = () => openState({ dataDir: folder.path, url });
    states = [await openOne(), await openOne()];
  });
  afterAll(() => Promise.all(states.map(state => state.close())));
  const ids = Array.from({ length: 12 }, (_, i) => i + 1);
  /** Both at once; what came of each. */
  const both = <T>(work: (state: State, i: number) => Promise<T>) =>
    Promise.all(ids.flatMap(i => states.map(state => work(state, i))));

  test('begin an event once, and queue, take and keep a thing once', async () => {
    const begun = await both(({ slack }, i) => slack.events.begin(event(`Ev${i}`, 0)));
    expect(begun.filter(first => first)).toHaveLength(ids.length);
    const queued = await both(({ slack }, i) => slack.messages.enqueue(digest(`C${i}`)));
    expect(queued.filter(first => first)).toHaveLength(ids.length);
    const due = await states[0].slack.messages.due(at(0));
    expect(due).toHaveLength(ids.length);
    const taken = await both(({ slack }, i) => slack.messages.sending(due[i - 1]!.id, at(0)));
    expect(taken.flatMap(one => one?.channel ?? []).sort()).toEqual(ids.map(i => `C${i}`).sort());
    const kept = await Promise.all(
      states.map((state, i) => state.digests.keep('refresh-1', { by: i }, at(0))),
    );
    expect(kept[0]).toEqual(kept[1]);
  });
});
