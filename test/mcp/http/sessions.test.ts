import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  allEvents,
  call,
  client,
  events,
  firstClient,
  initialize,
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

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

test.each([
  ['the maintained line', (token: string) => client(server, 'legacy', { token })],
  ['the first line', (token: string) => firstClient(server, token)],
])('a client of %s keeps a session of its own', async (_, connect) => {
  const [ada, bob] = [await connect('ada'), await connect('bob')];
  expect(ada.transport.sessionId).toMatch(/^[0-9a-f-]{36}$/);
  expect(ada.transport.sessionId).not.toBe(bob.transport.sessionId);
  for (const [who, { client }] of [
    ['ada', ada],
    ['bob', bob],
  ] as const)
    expect(textOf(await client.callTool({ name: 'echo', arguments: { word: 'hello' } }))).toBe(
      `${who}: hello`,
    );
  const id = ada.transport.sessionId!;
  await ada.transport.terminateSession();
  const ended = await post(server, list, { 'mcp-session-id': id });
  expect([ended.status, await ended.json()]).toMatchObject([
    404,
    { error: { message: expect.stringContaining('Initialize again') } },
  ]);
  await ada.client.close();
  await bob.client.close();
});

test('a session belongs to who began it: with another token it is not there', async () => {
  const id = await session(server);
  const asked = async (token: string) =>
    (await post(server, list, { 'mcp-session-id': id, authorization: `Bearer ${token}` })).status;
  expect([await asked('bob'), await asked('ada')]).toEqual([404, 200]);
  server.tokens.delete('ada');
  expect(await asked('ada')).toBe(401);
});

test('clients that keep no session are answered one by one, and have no stream', async () => {
  const [event] = await allEvents(await post(server, call(5, 'echo', 'alone')));
  expect(JSON.parse(event!.data)).toMatchObject({ id: 5, result: { content: [{ text: 'ada: alone' }] } });
  const headers = { authorization: 'Bearer ada', accept: 'text/event-stream' };
  for (const method of ['GET', 'DELETE', 'PUT', 'OPTIONS'])
    expect([(await fetch(server.url, { method, headers })).status, method]).toEqual([405, method]);
});

test('who keeps no session cannot come back: their work ends with the connection', async () => {
  const gone = new AbortController();
  const asked = post(server, call(5, 'wait', 'it'), {}, gone.signal);
  await until(() => expect(server.deeds).toEqual(['it began']));
  gone.abort();
  await asked.then(response => response.text()).catch(() => {});
  await until(() => expect(server.deeds).toEqual(['it began', 'it was stopped']));
});

test('of one caller the longest unused session makes room for a new one, never one at work', async () => {
  await start({ limits: { ofOne: 2 } });
  const [first, second] = [await session(server), await session(server)];
  const bobs = await session(server, { authorization: 'Bearer bob' });
  const working = await post(server, call(1, 'wait', 'the first'), { 'mcp-session-id': first });
  const third = await session(server);
  const asked = async (id: string, token = 'ada') =>
    (await post(server, list, { 'mcp-session-id': id, authorization: `Bearer ${token}` })).status;
  expect(await asked(second)).toBe(404);
  expect([await asked(third), await asked(bobs, 'bob')]).toEqual([200, 200]);
  const alsoWorking = await post(server, call(1, 'wait', 'the third'), { 'mcp-session-id': third });
  const refused = await post(server, initialize());
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining('at work') } });
  await until(() => expect(server.deeds).toEqual(['the first began']));
  server.release();
  await until(() => expect(server.deeds).toContain('the third began'));
  server.release();
  expect(await working.text()).toContain('the first is done');
  expect(await alsoWorking.text()).toContain('the third is done');
});

describe('a stream that broke', () => {
  /** Asks for slow work with progress, and loses the connection after the first event. */
  async function lose(id: string) {
    const gone = new AbortController();
    const response = await fetch(server.url, {
      method: 'POST',
      signal: gone.signal,
      headers: {
        authorization: 'Bearer ada',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': id,
        'mcp-protocol-version': '2025-11-25',
      },
      body: JSON.stringify(call(7, 'wait', 'the work')),
    });
    const { value } = await events(response).next();
    expect(value).toMatchObject({ data: '' });
    await until(() => expect(server.deeds).toEqual(['the work began']));
    gone.abort();
    return value!.id!;
  }
  const resume = (id: string, last: string) =>
    fetch(server.url, {
      headers: {
        authorization: 'Bearer ada',
        accept: 'text/event-stream',
        'mcp-session-id': id,
        'mcp-protocol-version': '2025-11-25',
        'last-event-id': last,
      },
    });

  test('is taken up again where the client comes back, before its work is done', async () => {
    const id = await session(server);
    const last = await lose(id);
    const again = await resume(id, last);
    server.release();
    const [event] = await allEvents(again);
    expect(JSON.parse(event!.data)).toMatchObject({
      id: 7,
      result: { content: [{ text: 'the work is done' }] },
    });
  });

  test('is taken up again after its work is done, too', async () => {
    const id = await session(server);
    const last = await lose(id);
    server.release();
    await until(() => expect(server.deeds).toContain('the work ended'));
    const [event] = await allEvents(await resume(id, last));
    expect(JSON.parse(event!.data)).toMatchObject({ id: 7, result: {} });
  });

  test('where nobody comes back the work ends, the next in the line begins, and who comes late hears why', async () => {
    await start({ limits: { patienceMs: 50 } });
    const id = await session(server);
    const last = await lose(id);
    const other = await client(server, 'legacy', { token: 'bob' });
    expect(textOf(await other.client.callTool({ name: 'echo', arguments: { word: 'next' } }))).toBe(
      'bob: next',
    );
    expect(server.deeds).toEqual(['the work began', 'the work was stopped']);
    const [event] = await allEvents(await resume(id, last));
    expect(JSON.parse(event!.data)).toMatchObject({
      id: 7,
      error: { message: expect.stringContaining('Ask again') },
    });
    await other.client.close();
  });

  test('an id that is none is refused', async () => {
    const id = await session(server);
    expect((await resume(id, 'nonsense')).status).toBe(400);
  });
});

test('who asks on without waiting for answers is refused in the end, and may still cancel', async () => {
  const id = await session(server);
  const ask = (message: unknown) => post(server, message, { 'mcp-session-id': id });
  const batch = (from: number) => Array.from({ length: 50 }, (_, i) => call(from + i, 'wait', 'it'));
  const headers = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-03-26' };
  for (const from of [100, 200]) {
    const gone = new AbortController();
    const asked = await post(server, batch(from), headers, gone.signal);
    expect(asked.status).toBe(200);
    gone.abort();
  }
  await until(() => expect(server.heard).toHaveLength(100));
  const refused = await ask(call(1, 'echo', 'more'));
  expect([refused.status, await refused.json()]).toMatchObject([
    429,
    { error: { message: expect.stringContaining('Wait for the answers') } },
  ]);
  const params = { requestId: 100 };
  expect((await ask({ jsonrpc: '2.0', method: 'notifications/cancelled', params })).status).toBe(202);
  await until(() => expect(server.heard).toContain('it given up'));
  expect((await ask(call(1, 'echo', 'more'))).status).toBe(200);
});

test('a cancelled request ends at its next step, and its stream with it', async () => {
  const { client: ada } = await client(server, 'legacy');
  const change = new AbortController();
  const asked = ada.callTool({ name: 'wait', arguments: { word: 'it' } }, { signal: change.signal });
  await until(() => expect(server.deeds).toEqual(['it began']));
  change.abort();
  await expect(asked).rejects.toThrow();
  await until(() => expect(server.deeds).toEqual(['it began', 'it was stopped']));
  expect(textOf(await ada.callTool({ name: 'echo', arguments: { word: 'on' } }))).toBe('ada: on');
  await ada.close();
});

test('a session that was left alone for long ends; one with a stream stays', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await start();
    const alone = await session(server);
    const listening = await session(server);
    const stream = await fetch(server.url, {
      headers: { authorization: 'Bearer ada', accept: 'text/event-stream', 'mcp-session-id': listening },
    });
    server.pass(24 * 3600_000);
    await vi.advanceTimersByTimeAsync(60_000);
    const asked = async (id: string) => (await post(server, list, { 'mcp-session-id': id })).status;
    expect([await asked(alone), await asked(listening)]).toEqual([404, 200]);
    await stream.body!.cancel();
  } finally {
    vi.useRealTimers();
  }
});

test('who opens the stream of a session anew takes it over: the old one may be broken unnoticed', async () => {
  const id = await session(server);
  const open = () =>
    fetch(server.url, {
      headers: { authorization: 'Bearer ada', accept: 'text/event-stream', 'mcp-session-id': id },
    });
  const old = await open();
  const anew = await open();
  expect(await allEvents(old)).toEqual([]);
  server.changed();
  const { value } = await events(anew).next();
  expect(JSON.parse(value!.data)).toMatchObject({ method: 'notifications/resources/list_changed' });
});

test('a stream is open at once, and tells of changes; the watch begins with the first session', async () => {
  expect(server.watched()).toBe(false);
  const told: string[] = [];
  const { client: ada } = await client(server, 'legacy');
  ada.setNotificationHandler('notifications/resources/list_changed', async () => void told.push('ada'));
  const id = await session(server, { authorization: 'Bearer bob' });
  const stream = await fetch(server.url, {
    headers: { authorization: 'Bearer bob', accept: 'text/event-stream', 'mcp-session-id': id },
  });
  expect(server.watched()).toBe(true);
  server.changed('test://thing');
  const { value } = await events(stream).next();
  expect(JSON.parse(value!.data)).toMatchObject({ method: 'notifications/resources/list_changed' });
  await until(() => expect(told).toEqual(['ada']));
  await ada.close();
});
