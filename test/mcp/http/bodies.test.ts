import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { most } from '../../../src/mcp/http/body.ts';
import { call, post, type Serving, serving, session } from './serving.ts';

let server: Serving;
beforeAll(async () => {
  server = await serving();
});
afterAll(() => server.close());

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const withMeta = (value: string) =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"x":${value}}}}`;

test.each([
  ['cut off', '{"jsonrpc":"2.0","id":1,"meth', 400, -32700, /not JSON/],
  ['no text at all', '', 400, -32700, /not JSON/],
  ['bytes that are no text', '\u0000\u0001', 400, -32700, /not JSON/],
  ['a word', 'hello', 400, -32700, /not JSON/],
  ['JSON that is no message', '{"hello":"there"}', 400, -32600, /JSON-RPC/],
  ['an empty batch', '[]', 400, -32600, /batch/i],
  ['a number', '42', 400, -32600, /JSON-RPC/],
  ['nested far too deep', withMeta(nested(100_000)), 400, -32600, /nested/],
  ['nested too deep', withMeta(nested(most.levels)), 400, -32600, /nested/],
])('a message that is %s is refused as JSON-RPC says', async (_, text, status, code, said) => {
  const answer = await post(server, text);
  expect(answer.headers.get('content-type')).toContain('application/json');
  const body = await answer.json();
  expect([answer.status, body]).toMatchObject([
    status,
    { jsonrpc: '2.0', id: null, error: { code, message: expect.stringMatching(said) } },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/\.ts|node_modules/);
});

test('what is nested as deep as may be is read', async () => {
  // In the message itself, its params and its _meta.
  expect((await post(server, withMeta(nested(most.levels - 3)))).status).toBe(200);
});

test.each([
  [{ 'content-type': 'text/plain' }, 415, /application\/json/],
  [{ 'content-type': 'application/x-www-form-urlencoded' }, 415, /application\/json/],
  [{ 'content-encoding': 'gzip' }, 415, /uncompressed/],
  [{ accept: 'text/html' }, 406, /accept/i],
  [{ accept: 'application/json' }, 406, /accept/i],
  [{ 'mcp-session-id': 'nonsense' }, 404, /Initialize again/],
])('%j is answered with %i', async (headers, status, said) => {
  const answer = await post(server, list, headers);
  expect([answer.status, await answer.json()]).toMatchObject([
    status,
    { jsonrpc: '2.0', error: { message: expect.stringMatching(said) } },
  ]);
});

test('a request without any message is refused', async () => {
  const headers = { authorization: 'Bearer ada', accept: 'application/json, text/event-stream' };
  const answer = await fetch(server.url, { method: 'POST', headers });
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: -32700 } }]);
});

test('compressed bytes do not pass for a message', async () => {
  const authorization = 'Bearer ada';
  const headers = {
    authorization,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const answer = await fetch(server.url, { method: 'POST', headers, body: gzipSync(JSON.stringify(list)) });
  expect(answer.status).toBe(400);
});

test('a batch of an older client is answered whole', async () => {
  const id = await session(server);
  const answer = await post(server, [call(1, 'echo', 'one'), call(2, 'echo', 'two')], {
    'mcp-session-id': id,
    'mcp-protocol-version': '2025-03-26',
  });
  const text = await answer.text();
  expect(text).toContain('ada: one');
  expect(text).toContain('ada: two');
});

/** Sends 16 MB but for the last byte, and ends when told to. */
async function begin(headers: Record<string, string | number>) {
  const sent = request(server.url, {
    method: 'POST',
    headers: { authorization: 'Bearer ada', 'content-type': 'application/json', ...headers },
  });
  const answered = once(sent, 'response');
  const chunk = Buffer.alloc(2 ** 20, ' ');
  for (let i = 0; i < 15; i++) if (!sent.write(chunk)) await once(sent, 'drain');
  if (!sent.write(chunk.subarray(1))) await once(sent, 'drain');
  return async () => {
    sent.end(' ');
    const [answer] = await answered;
    let text = '';
    for await (const part of answer) text += part;
    return { status: answer.statusCode, body: JSON.parse(text) };
  };
}

/** Bytes of buffers that something still holds: what only awaits collection is collected first. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

test.each([
  ['with its length', { 'content-length': 16 * 2 ** 20 }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('a message of 16 MB %s is refused in plain words, and never kept', async (_, headers) => {
  const before = held();
  const ends = await Promise.all(
    Array.from({ length: 4 }, () => begin(headers as Record<string, string | number>)),
  );
  // Whoever kept what came would hold 64 MB now.
  await expect.poll(() => held() - before).toBeLessThan(32 * 2 ** 20);
  for (const { status, body } of await Promise.all(ends.map(end => end())))
    expect([status, body]).toMatchObject([
      413,
      { jsonrpc: '2.0', id: null, error: { message: expect.stringMatching(/longer than 1 MB\. Send less/) } },
    ]);
});

test('nothing is read of those who may not ask', async () => {
  const sent = request(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 2 ** 30 },
  });
  sent.on('error', () => {});
  sent.flushHeaders();
  const [answer] = await once(sent, 'response');
  expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="kindred"']);
  sent.destroy();
});

test('a client that stops in the middle of its message holds nothing up', async () => {
  const { hostname, port } = server.url;
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /mcp HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ada\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"json`,
  );
  await once(socket, 'connect');
  socket.destroy();
  expect((await post(server, list)).status).toBe(200);
  expect(server.log.filter(line => line.includes('"level":50'))).toEqual([]);
});

test('no page of a browser is let in: there are no CORS headers', async () => {
  const answer = await post(server, list, { origin: 'http://localhost:8080' });
  const headers = [...answer.headers.keys()];
  expect(headers.filter(name => name.startsWith('access-control'))).toEqual([]);
});
