import type { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { tellBrokenOff } from '../../../src/slack/connection/restart.ts';
import type { SlackEvent } from '../../../src/state/slack-events.ts';
import type { State } from '../../../src/state/state.ts';

const since = '2026-11-23T08:00:00.000Z';

/** A start that finds one question begun; `telling` and `pausing` are what happens meanwhile. */
function start({
  shared = false,
  telling = async () => {},
  pausing = (): unknown => null,
  resting = () => {},
} = {}) {
  const question: SlackEvent = {
    id: 'Ev1',
    at: '2026-11-23T07:59:00.000Z',
    kind: 'message.im',
    channel: 'D1',
    thread: '1.1',
    user: 'U1',
  };
  const open = new Map([[question.id, question]]);
  const [told, pauses, stopping] = [[] as string[], [] as number[], new AbortController()];
  const events = {
    unfinished: async () => [...open.values()],
    end: async (id: string) => void open.delete(id),
  };
  const client = {
    chat: {
      postMessage: async ({ channel }: { channel: string }) => {
        await telling();
        told.push(channel);
      },
    },
    agents: { sessions: { setStatus: async () => resting() } },
  };
  const log = { info() {}, warn() {}, error() {} };
  const begin = () =>
    tellBrokenOff({
      state: { slack: { events } } as unknown as State,
      client: client as unknown as WebClient,
      since,
      shared,
      stopping: stopping.signal,
      sleep: async ms => {
        pauses.push(ms);
        pausing();
      },
      now: () => new Date(since),
      log,
    });
  return { begin, open, told, pauses, stop: () => stopping.abort() };
}

test('what nobody else can be at is told at once', async () => {
  const { begin, open, told, pauses } = start();
  await begin();
  expect([told, pauses, open.size]).toEqual([['D1'], [], 0]);
});

test('what another process ends meanwhile is not told', async () => {
  const made = start({ shared: true, pausing: () => made.open.clear() });
  await made.begin();
  expect([made.told, made.pauses]).toEqual([[], [300_000]]);
});

test('what stays unfinished in a shared state is told', async () => {
  const { begin, open, told } = start({ shared: true });
  await begin();
  expect([told, open.size]).toEqual([['D1'], 0]);
});

test.each(['while it waits', 'while it tells'])('a stop %s leaves it for the next start', async when => {
  const made = start({
    shared: true,
    pausing: () => when === 'while it waits' && made.stop(),
    async telling() {
      made.stop();
      throw new Error('hung up');
    },
  });
  await made.begin();
  expect([made.told, made.open.size]).toEqual([[], 1]);
});

test('a stop between the word and the button of a thread lets nothing be told again', async () => {
  const made = start({
    resting() {
      made.stop();
      throw new Error('hung up');
    },
  });
  await made.begin();
  expect([made.told, made.open.size]).toEqual([['D1'], 0]);
});
