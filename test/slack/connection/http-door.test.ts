import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HttpDoor, httpDoor, slackPath } from '../../../src/slack/connection/http-door.ts';
import type { Received } from '../../../src/slack/connection/receive.ts';
import { webServer } from '../../../src/web/server.ts';
import { signed } from '../../support/slack/http-sender.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = new Date('2026-11-23T08:00:00Z');
const seconds = now.getTime() / 1000;

let door: HttpDoor;
let server: ReturnType<typeof webServer>;
let logged: string[];
let received: Received[];

beforeEach(() => {
  logged = [];
  received = [];
  door = httpDoor({ secret, now: () => now });
  server = webServer({
    health: async () => ({ status: 'ok', version: '1' }),
    token: 'made-lock-token',
    runCommand: async () => 0,
    state: async () => ({}) as never,
    now: () => now,
    signed: [door.route],
    secrets: [secret],
    limits: { requests: 100, refused: 3 },
    writeLog: line => logged.push(line),
  });
  door.open(async what => {
    received.push(what);
    await what.ack();
  });
});
afterEach(() => server.close());

const event = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention' } });
const send = (payload: string | Buffer, headers: Record<string, string> = {}, type = 'application/json') =>
  server.inject({
    method: 'POST',
    url: slackPath,
    payload,
    headers: {
      host: 'localhost',
      'content-type': type,
      ...signed(secret, String(payload), seconds),
      ...headers,
    },
  });
const form = 'application/x-www-form-urlencoded';

describe('what Slack sends over HTTP', () => {
  test('comes in, and is answered with what is acknowledged', async () => {
    const { statusCode, body } = await send(event);
    expect([statusCode, body]).toEqual([200, '']);
    expect(received).toMatchObject([{ body: { event_id: 'Ev1' }, retry: null }]);
  });

  test('says when it comes again, and why', async () => {
    await send(event, { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' });
    expect(received[0]!.retry).toEqual({ num: 2, reason: 'http_timeout' });
  });

  test('is answered when it is acknowledged, not when the work is done', async () => {
    door.open(async ({ ack }) => {
      await ack();
      await new Promise(() => {});
    });
    expect((await send(event)).statusCode).toBe(200);
  });

  test('as a press or a dialog is JSON in a form, and may be answered with an object', async () => {
    const errors = { response_action: 'errors', errors: { why: 'Say why.' } };
    door.open(async what => {
      received.push(what);
      await what.ack(errors);
    });
    const payload = new URLSearchParams({ payload: '{"type":"view_submission","n":"ä&="}' }).toString();
    const response = await send(payload, {}, form);
    expect(response.json()).toEqual(errors);
    expect(received[0]!.body).toEqual({ type: 'view_submission', n: 'ä&=' });
  });

  test('as a command is a form, and may be answered in words', async () => {
    door.open(async what => {
      received.push(what);
      await what.ack('Here they are.');
    });
    const response = await send('command=%2Fsegments&text=show+Loyal%20regulars&trigger_id=t1', {}, form);
    expect(response.body).toBe('Here they are.');
    expect(received[0]!.body).toEqual({
      command: '/segments',
      text: 'show Loyal regulars',
      trigger_id: 't1',
    });
  });

  test('to see whether this is the right server is answered', async () => {
    door.close();
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 'x' });
    expect((await send(challenge)).json()).toEqual({ challenge: 'abc' });
    expect((await send('ssl_check=1&token=x', {}, form)).statusCode).toBe(200);
  });

  test('before Slack is connected, and while the server stops, is to come again', async () => {
    door.close();
    const { statusCode, headers } = await send(event);
    expect([statusCode, headers['retry-after']]).toEqual([503, '5']);
    door.open(async () => {});
    expect((await send(event)).statusCode).toBe(503);
  });

  test.each(['not json', '[]', 'null', '7'])('that is %s is refused', async body => {
    expect((await send(body)).statusCode).toBe(400);
  });

  test('longer than a megabyte is refused', async () => {
    const { statusCode } = await send(JSON.stringify({ text: 'x'.repeat(2 ** 20) }));
    expect(statusCode).toBe(413);
    expect(received).toEqual([]);
  });
});

describe('what Slack did not send', () => {
  const refused: [string, Record<string, string>][] = [
    ['with another signature', signed('another secret of 32 characters.', event, seconds)],
    ['signed for something else', signed(secret, `${event} `, seconds)],
    ['recorded six minutes ago', signed(secret, event, seconds - 360)],
    ['from six minutes ahead', signed(secret, event, seconds + 360)],
    ['with another time than was signed', { 'x-slack-request-timestamp': String(seconds - 1) }],
    ['without a signature', { 'x-slack-signature': '' }],
    ['without a time', { 'x-slack-request-timestamp': '' }],
  ];
  test.each(refused)('%s is refused', async (_, headers) => {
    const { statusCode } = await send(event, headers);
    expect(statusCode).toBe(401);
    expect(received).toEqual([]);
  });

  test('counts as an attempt, and shuts nobody out who signs', async () => {
    const forged = { 'x-slack-signature': `v0=${'0'.repeat(64)}` };
    const found: number[] = [];
    for (let i = 0; i < 5; i++) found.push((await send(event, forged)).statusCode);
    expect(found).toEqual([401, 401, 401, 429, 429]);
    expect((await send(event)).statusCode).toBe(200);
    expect((await send(event, forged)).statusCode).toBe(429);
    const guess = { host: 'localhost', authorization: 'Bearer guess' };
    const other = await server.inject({ method: 'POST', url: '/v1/command', payload: {}, headers: guess });
    expect(other.statusCode).toBe(429);
    expect(logged.filter(line => line.includes('too many wrong tokens'))).toHaveLength(1);
  });

  test('leaves no secret in the log', async () => {
    server.log.warn(
      { secret, token: 'xoxb-1-2-abc', app: 'xapp-1-A-def', at: 'https://hooks.slack.com/commands/T/1/x' },
      'told',
    );
    expect(logged.join()).toContain('told');
    expect(logged.join()).not.toMatch(/8f742231|1-2-abc|A-def|commands\/T/);
  });
});
