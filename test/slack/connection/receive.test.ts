import { describe, expect, it } from 'vitest';
import { gate } from '../../../src/slack/connection/gate.ts';
import {
  createReception,
  type Received,
  type ReceptionOptions,
} from '../../../src/slack/connection/receive.ts';
import type { SlackEvent } from '../../../src/state/slack-events.ts';

/** A reception over notes in memory, whose time passes when a test says so. */
function reception(change: Partial<ReceptionOptions> = {}) {
  const [noted, ended, dispatched] = [new Map<string, SlackEvent>(), [] as string[], [] as Received[]];
  const logged: string[] = [];
  const timers = new Set<() => void>();
  const stopping = new AbortController();
  const log = (_: object, message: string) => void logged.push(message);
  const made = createReception({
    async begin(event) {
      if (noted.has(event.id)) return false;
      noted.set(event.id, event);
      return true;
    },
    end: async id => void ended.push(id),
    mayCome: () => true,
    dispatch: async received => {
      dispatched.push(received);
      await received.ack();
    },
    stopping: stopping.signal,
    now: () => new Date('2026-11-23T08:00:00Z'),
    log: { info: log, warn: log, error: log },
    later(_, act) {
      timers.add(act);
      return () => timers.delete(act);
    },
    ...change,
  });
  const acks: unknown[] = [];
  const tell = (id = 'Ev1', event: object = {}) =>
    made.receive({
      body: { event_id: id, event: { type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1', ...event } },
      ack: async response => void acks.push(response),
      retry: null,
    });
  const pass = () => {
    for (const act of timers) act();
  };
  return { ...made, acks, noted, ended, dispatched, logged, timers, stopping, tell, pass };
}
const turn = () => new Promise(setImmediate);

describe('the reception', () => {
  it('notes, hands on, acknowledges once, and notes the end', async () => {
    const { tell, noted, acks, ended, dispatched, timers } = reception();
    await tell();
    expect([...noted.values()]).toEqual([
      {
        id: 'Ev1',
        at: '2026-11-23T08:00:00.000Z',
        kind: 'app_mention',
        channel: 'C1',
        thread: '1.1',
        user: 'U1',
      },
    ]);
    expect([acks, ended, dispatched.length, timers.size]).toEqual([[undefined], ['Ev1'], 1, 0]);
  });

  it('does nothing with what is known, and acknowledges it', async () => {
    const { tell, acks, ended, dispatched } = reception();
    await Promise.all([tell(), tell(), tell()]);
    expect([acks.length, ended, dispatched.length]).toEqual([3, ['Ev1'], 1]);
  });

  it('is not acknowledged before it is noted', async () => {
    const notes = gate<boolean>();
    const { tell, acks } = reception({ begin: () => notes.promise });
    const told = tell();
    await turn();
    expect(acks).toEqual([]);
    notes.resolve(true);
    await told;
    expect(acks).toHaveLength(1);
  });

  it('is acknowledged in time where the state is slow, and done when it is noted', async () => {
    const notes = gate<boolean>();
    const { tell, pass, acks, dispatched } = reception({ begin: () => notes.promise });
    const told = tell();
    pass();
    await turn();
    expect([acks.length, dispatched.length]).toEqual([1, 0]);
    notes.resolve(true);
    await told;
    expect([acks.length, dispatched.length]).toEqual([1, 1]);
  });

  it('is acknowledged in time where a listener takes long to', async () => {
    const work = gate<void>();
    const { tell, pass, acks, ended } = reception({ dispatch: () => work.promise });
    const told = tell();
    await turn();
    pass();
    expect([acks.length, ended]).toEqual([1, []]);
    work.resolve();
    await told;
    expect([acks.length, ended]).toEqual([1, ['Ev1']]);
  });

  it('is done without a note where the state does not answer, and once all the same', async () => {
    const begin = async () => {
      throw new Error('gone');
    };
    const { tell, acks, dispatched, ended, logged } = reception({ begin });
    await Promise.all([tell(), tell()]);
    await tell();
    // The note may have arrived where only its answer was lost.
    expect([acks.length, dispatched.length, ended]).toEqual([3, 1, ['Ev1']]);
    expect(logged.filter(message => message.includes('could not be noted'))).toHaveLength(2);
  });

  it('logs what a listener throws, and is done with it', async () => {
    const { tell, acks, ended, logged } = reception({ dispatch: () => Promise.reject(new Error('broken')) });
    await tell();
    expect([acks.length, ended, logged]).toEqual([1, ['Ev1'], ['what Slack told was not dealt with']]);
  });

  it('leaves open what breaks off because the server stops', async () => {
    const work = gate<void>();
    const { tell, ended, stopping } = reception({ dispatch: () => work.promise });
    const told = tell();
    await turn();
    stopping.abort();
    work.reject(stopping.signal.reason);
    await told;
    expect(ended).toEqual([]);
  });

  it('neither notes nor hands on what bots say, and what others say that may not come', async () => {
    const { tell, acks, noted, dispatched } = reception({ mayCome: ({ user }) => user === 'U1' });
    await tell('Ev1', { bot_id: 'B1' });
    await tell('Ev2', { user: 'U2' });
    expect([acks.length, noted.size, dispatched.length]).toEqual([2, 0, 0]);
  });

  it('takes nothing once it is closed, and says when nothing is under way', async () => {
    const work = gate<void>();
    const { tell, close, idle, acks, noted } = reception({ dispatch: () => work.promise });
    const told = tell();
    close();
    await tell('Ev2');
    expect([acks.length, [...noted.keys()]]).toEqual([0, ['Ev1']]);
    let over = false;
    const waited = idle().then(() => {
      over = true;
    });
    await turn();
    expect(over).toBe(false);
    work.resolve();
    await Promise.all([told, waited]);
    expect(over).toBe(true);
  });

  it('survives a connection that is gone when it acknowledges', async () => {
    const { receive, ended, logged } = reception();
    await receive({
      body: { event_id: 'Ev1', event: { type: 'app_mention' } },
      ack: () => Promise.reject(new Error('closed')),
      retry: null,
    });
    expect([ended, logged]).toEqual([
      ['Ev1'],
      ['Slack was gone before it could be acknowledged, and tells it again'],
    ]);
  });
});
