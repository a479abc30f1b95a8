import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { gate } from '../../../src/slack/connection/gate.ts';
import type { Received } from '../../../src/slack/connection/receive.ts';
import { openSocket } from '../../../src/slack/connection/socket.ts';

let http: Server;
let wires: number;
let peers: WebSocket[];
let hello: boolean;
let sent: string[];
let heard: () => void;

beforeEach(async () => {
  [peers, sent, hello, heard] = [[], [], true, () => {}];
  http = createServer();
  wires = 0;
  http.on('connection', wire => {
    wires += 1;
    wire.on('close', () => {
      wires -= 1;
    });
  });
  new WebSocketServer({ server: http }).on('connection', peer => {
    peers.push(peer);
    peer.on('message', data => {
      sent.push(String(data));
      heard();
    });
    if (hello) peer.send('{"type":"hello"}');
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
});
afterEach(() => {
  for (const peer of peers) peer.terminate();
  http.close();
});

/** Opens one whose seconds pass when the test says so. */
function open(receive: (received: Received) => Promise<void> = async () => {}) {
  let second = () => {};
  let looking = true;
  const giving = new AbortController();
  const opened = openSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    receive,
    signal: giving.signal,
    every(_, act) {
      second = act;
      return () => {
        looking = false;
      };
    },
  });
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds && looking; i++) second();
  };
  return { opened, pass, looking: () => looking, giveUp: () => giving.abort() };
}
const envelope = (id: string, more: object = {}) =>
  JSON.stringify({ envelope_id: id, type: 'events_api', payload: { event_id: id }, ...more });
const arrived = (count: number) =>
  new Promise<void>(resolve => {
    heard = () => sent.length >= count && resolve();
    heard();
  });

describe('a socket', () => {
  test('hands on what it takes, and acknowledges it', async () => {
    const received: Received[] = [];
    const { opened } = open(async what => {
      received.push(what);
      await what.ack(what.body.event_id === 'e2' ? { text: 'yes' } : undefined);
    });
    const socket = await opened;
    peers[0]!.send(envelope('e1', { retry_attempt: 2, retry_reason: 'timeout' }));
    peers[0]!.send(envelope('e2', { retry_attempt: 0 }));
    await arrived(2);
    expect(sent.map(text => JSON.parse(text) as unknown)).toEqual([
      { envelope_id: 'e1' },
      { envelope_id: 'e2', payload: { text: 'yes' } },
    ]);
    expect(received.map(({ retry }) => retry)).toEqual([{ num: 2, reason: 'timeout' }, null]);
    socket.drop();
  });

  test('passes over frames that it does not understand', async () => {
    const { opened } = open(({ ack }) => ack());
    const socket = await opened;
    for (const frame of [
      'not json',
      'null',
      '7',
      '{}',
      '{"type":"events_api"}',
      '{"envelope_id":"e0"}',
      '{"envelope_id":"e0","payload":null}',
    ])
      peers[0]!.send(frame);
    peers[0]!.send(Buffer.from([1, 2, 3]));
    peers[0]!.send(envelope('e1'));
    await arrived(1);
    expect(sent).toEqual(['{"envelope_id":"e1"}']);
    socket.drop();
  });

  test('tells that Slack wants another one, and goes on until then', async () => {
    const { opened } = open(({ ack }) => ack());
    const socket = await opened;
    peers[0]!.send('{"type":"disconnect","reason":"warning"}');
    expect(await socket.leaving).toBe('warning');
    peers[0]!.send(envelope('e1'));
    await arrived(1);
    socket.drop();
  });

  test('acknowledges what it took before it is left, takes nothing after, and closes', async () => {
    const work = gate<void>();
    const took: unknown[] = [];
    const { opened } = open(async ({ body, ack }) => {
      took.push(body.event_id);
      await work.promise;
      await ack();
    });
    const socket = await opened;
    peers[0]!.send(envelope('e1'));
    await expect.poll(() => took).toEqual(['e1']);
    socket.leave();
    peers[0]!.send(envelope('e2'));
    const over = once(peers[0]!, 'close');
    work.resolve();
    await over;
    await socket.closed;
    expect([took, sent]).toEqual([['e1'], ['{"envelope_id":"e1"}']]);
  });

  test('that was closed rejects what is acknowledged late', async () => {
    const late = gate<unknown>();
    const { opened } = open(async ({ ack }) => {
      await socket.closed;
      await ack().catch(late.resolve);
    });
    const socket = await opened;
    peers[0]!.send(envelope('e1'));
    peers[0]!.close();
    expect(await late.promise).toMatchObject({ message: 'The connection to Slack is closed.' });
  });

  test.each([
    ['closes', () => peers[0]!.close(), /^was closed/],
    ['breaks off', () => peers[0]!.terminate(), /^(was closed|broke off)/],
  ])('whose peer %s is over', async (_, end, reason) => {
    const { opened, looking } = open();
    const socket = await opened;
    end();
    expect(await socket.leaving).toMatch(reason);
    await socket.closed;
    expect(looking()).toBe(false);
  });

  test('asks a silent peer whether it is there, and stays while it answers', async () => {
    const took: unknown[] = [];
    const { opened, pass } = open(async ({ body }) => void took.push(body.event_id));
    const socket = await opened;
    for (let round = 0; round < 5; round++) {
      const ping = once(peers[0]!, 'ping');
      pass(10);
      await ping;
      // Its pong goes the way that a message after it goes.
      peers[0]!.send(envelope(`e${round}`));
      await expect.poll(() => took).toHaveLength(round + 1);
    }
    expect(await Promise.race([socket.closed.then(() => 'closed'), 'open'])).toBe('open');
    socket.drop();
  });

  test('whose peer has gone without a word is over after half a minute', async () => {
    const { opened, pass } = open();
    const socket = await opened;
    pass(30);
    expect(await Promise.race([socket.closed.then(() => 'closed'), 'open'])).toBe('open');
    pass(1);
    expect(await socket.leaving).toBe('has gone silent');
  });

  test('that nobody greets is given up', async () => {
    hello = false;
    const { opened, pass } = open();
    const refused = expect(opened).rejects.toThrow('has gone silent');
    pass(31);
    await refused;
  });

  test.each(['before it is connected', 'before it is greeted'])(
    'that nobody waits for %s is dropped',
    async when => {
      hello = false;
      const connected = once(http, 'connection');
      const { opened, giveUp, looking } = open();
      const refused = expect(opened).rejects.toThrow('was dropped');
      if (when === 'before it is greeted') await expect.poll(() => peers).toHaveLength(1);
      giveUp();
      await refused;
      await connected;
      await expect.poll(() => wires).toBe(0);
      expect(looking()).toBe(false);
    },
  );

  test('that cannot be opened is told', async () => {
    const { port } = http.address() as AddressInfo;
    http.close();
    await expect(
      openSocket(`ws://127.0.0.1:${port}`, { receive: async () => {}, signal: new AbortController().signal }),
    ).rejects.toThrow('broke off');
  });
});
