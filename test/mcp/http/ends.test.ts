import { connect, type Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../../src/web/refusal.ts';
import { eras } from '../../support/mcp-client.ts';
import {
  allEvents,
  call,
  client,
  of,
  post,
  type Serving,
  serving,
  session,
  textOf,
  until,
} from './serving.ts';

let server: Serving;
const start = async (...options: Parameters<typeof serving>) => {
  await server?.close();
  server = await serving(...options);
};
beforeEach(() => start());
afterEach(() => server.close());

const work = { name: 'wait', arguments: { word: 'it' } };

test.each(eras)(
  'what is under way for a %s client when the server stops is answered with that',
  async era => {
    const { client: ada } = await client(server, era);
    const quiet = ada.callTool(work).catch(String);
    await until(() => expect(server.deeds).toEqual(['it began']));
    const progress = ada.callTool(work, { onprogress: () => {} }).catch(String);
    const listening = era === 'modern' ? await ada.listen({ resourcesListChanged: true }) : undefined;
    server.stop();
    expect(await quiet).toMatch(/The server is stopping\. Ask again/);
    expect(await progress).toMatch(/The server is stopping\. Ask again/);
    await until(() => expect(server.deeds.slice(0, 2)).toEqual(['it began', 'it was stopped']));
    if (listening) expect(await listening.closed).toBe('graceful');
    await expect(ada.listTools()).rejects.toThrow(/The server is stopping/);
    await ada.close();
  },
);

test('a client in the midst of progress hears that the server stops, on the stream it has', async () => {
  const { client: ada } = await client(server, 'modern');
  let told = 0;
  const asked = ada.callTool(work, { onprogress: () => void told++ }).catch(String);
  await until(() => expect(told).toBe(1));
  server.stop();
  expect(await asked).toMatch(/The server is stopping/);
  await ada.close();
});

test.each(eras)(
  'a %s client whose token is revoked loses what it has open, others keep theirs',
  async era => {
    await start({ lookEveryMs: 20 });
    const [{ client: ada }, { client: bob }] = [
      await client(server, era),
      await client(server, era, { token: 'bob' }),
    ];
    const id = await session(server);
    const stream = await fetch(server.url, {
      headers: { authorization: 'Bearer ada', accept: 'text/event-stream', 'mcp-session-id': id },
    });
    const alone = post(server, call(3, 'wait', 'alone'));
    const bobs = bob.callTool(work);
    await until(() => expect(server.deeds).toHaveLength(1));
    const asked = ada.callTool(work).catch(String);
    server.tokens.delete('ada');
    expect(await asked).toMatch(/An access token is needed/);
    expect(await allEvents(stream)).toEqual([]);
    const [last] = await allEvents(await alone);
    expect(JSON.parse(last!.data)).toMatchObject({
      id: 3,
      error: { message: expect.stringMatching(/token/) },
    });
    await expect(ada.listTools()).rejects.toThrow(/An access token is needed/);
    await until(() => expect(server.deeds).toContain('it began'));
    server.release();
    expect(textOf(await bobs)).toBe('it is done');
    await Promise.all([ada.close(), bob.close()]);
  },
);

test('a server that closes does not wait for those who listen', async () => {
  const { client: ada } = await client(server, 'modern');
  const listening = await ada.listen({ resourcesListChanged: true });
  await client(server, 'legacy', { token: 'bob' });
  await server.close();
  expect(await listening.closed).toBe('graceful');
});

test('more than fit of one token are refused while they are open, not those of another', async () => {
  await start({ limits: { openOfOne: 2 } });
  const id = await session(server);
  const open = () =>
    fetch(server.url, {
      headers: { authorization: 'Bearer ada', accept: 'text/event-stream', 'mcp-session-id': id },
    });
  const first = await open();
  const working = await post(server, call(1, 'wait', 'it'), { 'mcp-session-id': id });
  const refused = await post(server, call(2, 'echo', 'more'));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
  const bobs = await post(server, call(2, 'echo', 'more'), { authorization: 'Bearer bob' });
  expect(bobs.status).toBe(200);
  server.release();
  expect(await working.text()).toContain('it is done');
  expect(await bobs.text()).toContain('bob: more');
  expect((await post(server, call(2, 'echo', 'more'))).status).toBe(200);
  await first.body!.cancel();
});

test('who vanishes while they are looked up takes up no room', async () => {
  let found = () => {};
  let gate: Promise<void> | undefined = new Promise(resolve => {
    found = resolve;
  });
  let asked: FastifyRequest | undefined;
  await start({
    limits: { openOfOne: 1 },
    async callerOf(request) {
      asked = request;
      await gate;
      return of('ada');
    },
  });
  const socket = connect(Number(server.url.port), server.url.hostname);
  socket.write('POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{');
  await until(() => expect(asked).toBeDefined());
  socket.resetAndDestroy();
  await until(() => expect(asked!.raw.socket.destroyed).toBe(true));
  gate = undefined;
  found();
  expect((await post(server, call(1, 'echo', 'on'))).status).toBe(200);
});

test('a connection that is gone is not asked whether it still may', async () => {
  let gate: Promise<void> | undefined;
  let looking = false;
  let bobs: Socket | undefined;
  await start({
    lookEveryMs: 20,
    async callerOf({ method, headers: { authorization = '' }, raw: { socket } }) {
      // As the owner of the folder, who counts on this machine alone.
      if (socket.destroyed) throw new Refusal({ status: 401 }, 'Who asks is not there.', 'Come back.');
      const name = authorization.replace('Bearer ', '');
      if (name === 'bob' && method === 'POST') bobs = socket;
      if (name === 'ada' && gate) {
        looking = true;
        await gate;
      }
      return of(name);
    },
  });
  const adas = await post(server, call(1, 'wait', 'adas'));
  const id = await session(server, { authorization: 'Bearer bob' });
  const headers = { authorization: 'Bearer bob', 'mcp-session-id': id };
  const stream = await fetch(server.url, { headers: { ...headers, accept: 'text/event-stream' } });
  const gone = new AbortController();
  await post(server, call(2, 'wait', 'bobs'), headers, gone.signal);
  let open = () => {};
  gate = new Promise(resolve => {
    open = resolve;
  });
  await until(() => expect(looking).toBe(true));
  gone.abort();
  await until(() => expect(bobs!.destroyed).toBe(true));
  gate = undefined;
  open();
  expect((await post(server, call(3, 'echo', 'on'))).status).toBe(200);
  expect((await post(server, call(3, 'echo', 'on'), headers)).status).toBe(200);
  await stream.body!.cancel();
  server.release();
  await adas.text();
});
