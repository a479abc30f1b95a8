import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError, OperatorError, UpstreamError } from '../../src/errors.ts';
import type { Health } from '../../src/web/health.ts';
import type { CommandLine } from '../../src/web/protocol.ts';
import { type WebOptions, webServer } from '../../src/web/server.ts';

const line: CommandLine = { args: ['segments'], cwd: '/somewhere', columns: 80, interactive: false };
const authorization = 'Bearer the-token';

let logged: string[];
let asked: CommandLine[];
let health: Health;
let server: ReturnType<typeof webServer>;
beforeEach(() => {
  logged = [];
  asked = [];
  health = { status: 'ok', version: '1' };
  server = start();
});
afterEach(() => server.close());

function start(change: Partial<WebOptions> = {}) {
  return webServer({
    health: async () => health,
    token: 'the-token',
    async runCommand(given, tell) {
      asked.push(given);
      tell({ out: 'Grüße\n' });
      tell({ err: 'a warning\n' });
      return 3;
    },
    state: async () => {
      throw new Error('no store is looked at');
    },
    now: () => new Date('2026-11-22T12:00:00Z'),
    writeLog: text => logged.push(text),
    ...change,
  });
}

const command = (payload: unknown, headers: Record<string, string> = { authorization }) =>
  server.inject({
    method: 'POST',
    url: '/v1/command',
    headers: { host: '127.0.0.1:7373', ...headers },
    payload: payload as object,
  });

test.each([
  [new OperatorError('The store is busy.', 'Send it again.'), 503, '5'],
  [new UpstreamError('The store is away.', 'Send it again.'), 502, '5'],
  [new Error('somebody@example.org'), 500, undefined],
])(
  'events that cannot be stored are answered with when to send them again: %s',
  async (error, status, after) => {
    const intake = { take: () => Promise.reject(error) };
    const own = start({ events: { token: 'the-token', intake, now: () => new Date() } });
    const headers = { host: '127.0.0.1:7373', authorization };
    const answer = await own.inject({ method: 'POST', url: '/v1/events', headers, payload: [] });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([status, after]);
    expect(answer.body).not.toContain('example.org');
    await own.close();
  },
);

describe('health', () => {
  test.each([
    ['ok', 200],
    ['failing', 200],
    ['down', 503],
  ] as const)('%s is answered with %i', async (status, code) => {
    health = { status, version: '1' };
    const response = await server.inject({ url: '/healthz', headers: { host: 'localhost:1' } });
    expect(response.statusCode).toBe(code);
    expect(response.json()).toEqual(health);
  });

  test('leaves no lines in the log', async () => {
    await server.inject('/healthz');
    expect(logged).toEqual([]);
  });
});

describe('a command', () => {
  test('is run as it was given, and told as it goes', async () => {
    const response = await command(line);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    expect(
      response.body
        .trim()
        .split('\n')
        .map(text => JSON.parse(text)),
    ).toEqual([{ out: 'Grüße\n' }, { err: 'a warning\n' }, { exit: 3 }]);
    expect(asked).toEqual([line]);
  });

  test('that something still speaks for after its end has its whole answer all the same', async () => {
    await server.close();
    const long = 'x'.repeat(5_000_000);
    server = start({
      async runCommand(_line, tell) {
        tell({ out: long });
        await new Promise(resolve => setTimeout(resolve, 1));
        // Runs when all promises are settled: after the exit code was told, and before the answer has ended.
        process.nextTick(() => tell({ err: 'too late' }));
        return 3;
      },
    });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(`${url}/v1/command`, {
      method: 'POST',
      headers,
      body: JSON.stringify(line),
    });
    const events = (await response.text()).trim().split('\n');
    expect(events.map(text => JSON.parse(text))).toEqual([{ out: long }, { exit: 3 }]);
  });

  test.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer the-tokem' }],
    ['a longer one', { authorization: 'Bearer the-token2' }],
    ['none after the word', { authorization: 'Bearer ' }],
  ])('with %s is refused', async (_, headers) => {
    const response = await command(line, headers);
    expect(response.statusCode).toBe(401);
    expect(asked).toEqual([]);
  });

  test.each([
    ['no arguments', { ...line, args: undefined }],
    ['arguments that are no text', { ...line, args: [1] }],
    ['something more', { ...line, env: {} }],
  ])('with %s is wrong', async (_, payload) => {
    expect((await command(payload)).statusCode).toBe(400);
    expect(asked).toEqual([]);
  });
});

test.each([
  ['kindred.example.org', 421],
  ['127.0.0.1.example.org:7373', 421],
  ['localhost.example.org', 421],
  ['localhost', 200],
  ['127.0.0.1:7373', 200],
  ['[::1]:7373', 200],
])('as %j it answers with %i', async (host, code) => {
  const response = await server.inject({ url: '/healthz', headers: { host } });
  expect(response.statusCode).toBe(code);
  const asCommand = await command(line, { authorization, host });
  expect(asCommand.statusCode).toBe(code);
});

test('an error is sorted by who can mend it; a defect is logged and not told', async () => {
  await server.close();
  server = start({
    health: async () => {
      throw new InputError('Wrong.', 'Right it.');
    },
  });
  const wrong = await server.inject('/healthz');
  expect([wrong.statusCode, wrong.json()]).toEqual([
    400,
    { error: { message: 'Wrong.', next: 'Right it.' } },
  ]);
  await server.close();
  server = start({
    health: async () => {
      throw new Error('secret detail');
    },
  });
  const defect = await server.inject('/healthz');
  expect([defect.statusCode, defect.json()]).toEqual([500, { error: { message: 'Internal error.' } }]);
  expect(logged.join('')).toContain('secret detail');
});
