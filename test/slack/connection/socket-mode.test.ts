import { describe, expect, it } from 'vitest';
import { gate } from '../../../src/slack/connection/gate.ts';
import type { SlackSocket } from '../../../src/slack/connection/socket.ts';
import { socketMode } from '../../../src/slack/connection/socket-mode.ts';

/** A socket that ends when a test says so. */
function madeSocket() {
  const [leaving, closed] = [gate<string>(), gate<void>()];
  const asked: string[] = [];
  const close = (how: string) => {
    asked.push(how);
    leaving.resolve(how);
    closed.resolve();
  };
  const socket: SlackSocket = {
    leaving: leaving.promise,
    closed: closed.promise,
    leave: () => close('left'),
    drop: () => close('dropped'),
  };
  return { socket, asked, says: leaving.resolve, close };
}
const turns = async () => {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
};

function mode(connect: (signal: AbortSignal) => Promise<SlackSocket>) {
  const [pauses, changes, logged] = [[] as number[], [] as boolean[], [] as string[]];
  const clock = { now: 0 };
  const log = (_: object, message: string) => void logged.push(message);
  const made = socketMode({
    connect,
    changed: connected => changes.push(connected),
    now: () => new Date(clock.now),
    sleep: async ms => void pauses.push(ms),
    log: { info: log, warn: log, error: log },
  });
  return { ...made, pauses, changes, logged, clock };
}

describe('a connection that is kept', () => {
  it('is replaced before it is left where Slack asks for it', async () => {
    const [first, second] = [madeSocket(), madeSocket()];
    const opening = gate<SlackSocket>();
    const waiting = [Promise.resolve(first.socket), opening.promise];
    const { changes, leave, ended } = mode(() => waiting.shift()!);
    await turns();
    first.says('refresh_requested');
    await turns();
    expect([first.asked, changes]).toEqual([[], [true]]);
    opening.resolve(second.socket);
    await turns();
    expect([first.asked, second.asked]).toEqual([['left'], []]);
    expect(changes).not.toContain(false);
    leave();
    await ended;
    expect(second.asked).toEqual(['left']);
  });

  it('is replaced at once where it held, and after pauses that grow where it did not', async () => {
    const made: ReturnType<typeof madeSocket>[] = [];
    const { pauses, clock, leave, ended } = mode(async () => {
      const next = madeSocket();
      made.push(next);
      return next.socket;
    });
    for (const held of [3600_000, 100, 100, 100, 3600_000]) {
      await turns();
      clock.now += held;
      made.at(-1)!.close('was closed');
    }
    await turns();
    expect(pauses).toEqual([0, 0, 500, 1000, 2000, 0]);
    leave();
    await ended;
  });

  it('tells when there is none', async () => {
    const only = madeSocket();
    const never = new Promise<SlackSocket>(() => {});
    const waiting = [Promise.resolve(only.socket), never];
    const { changes } = mode(() => waiting.shift()!);
    await turns();
    only.close('was closed');
    await turns();
    expect(changes).toEqual([true, false]);
  });

  it('says what to do where Socket Mode is switched off', async () => {
    const only = madeSocket();
    const waiting = [Promise.resolve(only.socket), new Promise<SlackSocket>(() => {})];
    const { logged } = mode(() => waiting.shift()!);
    await turns();
    only.says('link_disabled');
    await turns();
    expect(logged).toEqual(['Socket Mode is switched off for the Slack app']);
  });

  it('is given up where it is left before it stands', async () => {
    const { leave, ended, logged } = mode(
      signal =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('dropped')))),
    );
    await turns();
    leave();
    await ended;
    expect(logged).toEqual([]);
  });

  it('is dropped where it stands only after it was left', async () => {
    const late = madeSocket();
    const opening = gate<SlackSocket>();
    const { leave, ended } = mode(() => opening.promise);
    await turns();
    leave();
    opening.resolve(late.socket);
    await ended;
    expect(late.asked).toEqual(['dropped']);
  });
});
