import { afterEach, beforeEach, expect, test } from 'vitest';
import { client, type Serving, serving, textOf, until } from './serving.ts';

let server: Serving;
beforeEach(async () => {
  server = await serving();
});
afterEach(() => server.close());

/** What a client of the revision of 2026 puts into each request. */
const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'by-hand', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

function ask(
  method: string,
  params: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) {
  return fetch(server.url, {
    method: 'POST',
    headers: {
      authorization: 'Bearer ada',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof params.name === 'string' && { 'mcp-name': params.name }),
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } }),
    ...(signal && { signal }),
  });
}
const wait = { name: 'wait', arguments: { word: 'it' } };

test('each request is answered by itself, without a session', async () => {
  const { client: ada, transport } = await client(server, 'modern');
  expect(ada.getNegotiatedProtocolVersion()).toBe('2026-07-28');
  expect(textOf(await ada.callTool({ name: 'echo', arguments: { word: 'hello' } }))).toBe('ada: hello');
  expect(transport.sessionId).toBeUndefined();
  const answer = await ask('tools/list');
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(await answer.json()).toMatchObject({
    id: 1,
    result: { tools: [{ name: 'echo' }, { name: 'wait' }, { name: 'ask' }] },
  });
  await ada.close();
});

test('what headers say must be what the message says', async () => {
  const wrong = [
    await ask('tools/list', {}, { 'mcp-method': 'tools/call' }),
    await ask('tools/call', wait, { 'mcp-name': 'echo' }),
    await ask('tools/list', {}, { 'mcp-protocol-version': '2025-11-25' }),
  ];
  for (const answer of wrong)
    expect([answer.status, await answer.json()]).toMatchObject([400, { id: 1, error: { code: -32020 } }]);
  expect(server.deeds).toEqual([]);
});

test.each([
  ['before anything was answered', {}],
  ['while it is told of progress', { onprogress: () => {} }],
])(
  'a client that vanishes %s has cancelled: the work ends at its next step, the next begins',
  async (_, options) => {
    let vanish = () => {};
    const connection = new AbortController();
    const { client: ada } = await client(server, 'modern', {
      fetch: (url, init) => {
        vanish = () => connection.abort();
        return fetch(url, { ...init, signal: connection.signal });
      },
    });
    const asked = ada.callTool(wait, options);
    const lost = asked.catch(() => 'lost');
    await until(() => expect(server.deeds).toEqual(['it began']));
    const { client: bob } = await client(server, 'modern', { token: 'bob' });
    const next = bob.callTool({ name: 'echo', arguments: { word: 'next' } });
    vanish();
    expect(textOf(await next)).toBe('bob: next');
    expect(server.deeds).toEqual(['it began', 'it was stopped']);
    await Promise.all([ada.close(), bob.close(), lost]);
  },
);

test('who vanishes while waiting for a turn never has it', async () => {
  const { client: bob } = await client(server, 'modern', { token: 'bob' });
  const first = bob.callTool({ name: 'wait', arguments: { word: 'the first' } });
  await until(() => expect(server.deeds).toEqual(['the first began']));
  const gone = new AbortController();
  const second = ask('tools/call', wait, {}, gone.signal).catch(() => {});
  const { client: ada } = await client(server, 'modern');
  await until(() => expect(server.heard).toContain('it asked'));
  gone.abort();
  await second;
  await until(() => expect(server.heard).toContain('it given up'));
  server.release();
  await first;
  expect(textOf(await ada.callTool({ name: 'echo', arguments: { word: 'on' } }))).toBe('ada: on');
  expect(server.deeds).toEqual(['the first began', 'the first ended']);
  await Promise.all([ada.close(), bob.close()]);
});

test('a stream that listens is told of what changed; the watch begins with it', async () => {
  const { client: ada } = await client(server, 'modern');
  const told: string[] = [];
  ada.setNotificationHandler('notifications/resources/list_changed', async () => void told.push('list'));
  expect(server.watched()).toBe(false);
  const listening = await ada.listen({ resourcesListChanged: true });
  expect(server.watched()).toBe(true);
  server.changed('test://thing');
  await until(() => expect(told).toEqual(['list']));
  await listening.close();
  await ada.close();
});
