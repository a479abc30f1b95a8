import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { OperatorError, UpstreamError } from '../../src/errors.ts';
import { downloadLines } from '../../src/vendors/download.ts';
import { type HttpOptions, type VendorRequest, vendorHttp } from '../../src/vendors/http.ts';
import { VendorRefusal } from '../../src/vendors/refusal.ts';
import type { Connection } from '../../src/vendors/vendor.ts';
import { virtualPlatform } from '../support/vendors/virtual-platform.ts';

type Act = (response: ServerResponse, request: IncomingMessage) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A vendor that acts so with one request after the other; the last act stands for all that follow. */
async function vendor(...acts: Act[]): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const act = acts[Math.min(seen.length, acts.length - 1)]!;
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    request.resume().on('end', () => act(response, request));
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const says =
  (status: number, body = '{}', headers: Record<string, string> = {}): Act =>
  response =>
    response.writeHead(status, headers).end(body);
const drops: Act = response => response.destroy();

const connection = (api_url: string): Connection => ({
  name: 'klaviyo',
  vendor: 'klaviyo',
  settings: { api_url },
  secrets: { private_key: 'sesame' },
});

function client(url: string, options: Partial<HttpOptions> = {}) {
  const platform = virtualPlatform();
  const http = vendorHttp(
    connection(url),
    {
      base: 'https://a.klaviyo.com/api',
      headers: { authorization: 'Bearer sesame' },
      limits: [{ requests: 100, perMs: 1000 }],
      ...options,
    },
    platform,
  );
  return {
    platform,
    send: (request: Partial<VendorRequest>) => http.send({ path: '/profiles', ...request }),
  };
}

describe('a request to a vendor', () => {
  test('goes to the address in place of its host, with its query and credentials', async () => {
    const { url, seen } = await vendor(says(200, '{"data": []}'));
    const answer = await client(url).send({ query: { 'page[size]': 100, filter: 'a b', left: undefined } });
    expect(answer.json()).toEqual({ data: [] });
    expect(seen).toEqual(['GET /api/profiles?page%5Bsize%5D=100&filter=a+b Bearer sesame']);
  });

  test('follows the next page that the vendor names, by its own name too, and no other host', async () => {
    const { url, seen } = await vendor(says(200));
    const { send } = client(url);
    await send({ path: `${url}/api/profiles?page=2` });
    await send({ path: 'https://a.klaviyo.com/api/profiles?page=3' });
    await expect(send({ path: 'https://evil.example/api/profiles' })).rejects.toThrow(UpstreamError);
    expect(seen.map(line => line.split(' ')[1])).toEqual(['/api/profiles?page=2', '/api/profiles?page=3']);
  });

  test('waits as long as a 429 says, in seconds or until a date, and all others of the connection with it', async () => {
    const { url } = await vendor(
      says(429, '', { 'retry-after': '9' }),
      says(429, '', { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }),
      says(200),
    );
    const { platform, send } = client(url);
    await send({ method: 'POST', json: {} });
    expect(platform.slept()).toBe(30_000);
    const held = platform.now().getTime() + 5000;
    platform.pacers.get('klaviyo klaviyo all')!.holdUntil(held);
    await send({});
    expect(platform.now().getTime()).toBe(held);
  });

  test('does not wait for a vendor that asks for hours', async () => {
    const { url } = await vendor(says(429, '', { 'retry-after': '7200' }));
    const { platform, send } = client(url);
    await expect(send({})).rejects.toThrow('asks to wait 120 minutes');
    expect(platform.slept()).toBe(0);
  });

  test.each([
    ['an answer of 500', says(500)],
    ['a dropped connection', drops],
  ])('is sent again after %s, each time later, and not for ever', async (_, bad) => {
    const { url, seen } = await vendor(bad, bad, says(200));
    const { platform, send } = client(url);
    await send({});
    expect(seen).toHaveLength(3);
    expect(platform.slept()).toBeGreaterThanOrEqual(500);
    const lost = await vendor(bad);
    await expect(client(lost.url).send({})).rejects.toThrow('does not answer over the connection klaviyo');
    expect(lost.seen).toHaveLength(6);
  });

  test.each([
    ['an answer of 503', says(503)],
    ['a dropped connection', drops],
  ])(
    'that must not be done twice is not sent again after %s, unless the caller says that it may',
    async (_, bad) => {
      const { url, seen } = await vendor(bad, says(200));
      await expect(client(url).send({ method: 'POST', json: {} })).rejects.toThrow('is not known');
      expect(seen).toHaveLength(1);
      const other = await vendor(bad, says(200));
      await client(other.url).send({ method: 'POST', json: {}, idempotent: true });
      expect(other.seen).toHaveLength(2);
    },
  );

  test('that never left is sent again whatever it is', async () => {
    const { url } = await vendor(says(200));
    servers.pop()!.close();
    const error: unknown = await client(url)
      .send({ method: 'POST', json: {} })
      .catch(failure => failure);
    expect(String(error)).toContain('does not answer over the connection klaviyo (ECONNREFUSED)');
  });

  test('that is answered too slowly is given up', async () => {
    const { url, seen } = await vendor(() => {}, says(200));
    await client(url, { timeoutMs: 60 }).send({});
    expect(seen).toHaveLength(2);
  });

  test('takes no redirect to another host, and follows one on its own', async () => {
    const { url } = await vendor(says(302, '', { location: '/api/moved' }), says(200, '"here"'));
    expect((await client(url).send({})).json()).toBe('here');
    const away = await vendor(says(301, '', { location: 'https://evil.example/' }));
    await expect(client(away.url).send({})).rejects.toThrow('leads on to https://evil.example');
  });

  test('asks for new credentials once where the old are refused, and then says what to do', async () => {
    const { url, seen } = await vendor(says(401), says(200));
    const headers = async (renew: boolean) => ({ authorization: renew ? 'new' : 'old' });
    await client(url, { headers }).send({});
    expect(seen.map(line => line.split(' ')[2])).toEqual(['old', 'new']);
    const shut = await vendor(says(401, 'ann@x.org'));
    const error: unknown = await client(shut.url)
      .send({})
      .catch(failure => failure);
    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toMatchObject({ next: expect.stringContaining('kindred connect klaviyo --name klaviyo') });
  });

  test('that is refused tells the caller why, and nobody else', async () => {
    const { url } = await vendor(says(422, '{"email": "ann@x.org"}'));
    const { platform, send } = client(url);
    const error: unknown = await send({}).catch(failure => failure);
    expect(error).toBeInstanceOf(VendorRefusal);
    expect((error as VendorRefusal).json).toEqual({ email: 'ann@x.org' });
    const { inspect } = await import('node:util');
    expect([inspect(error), JSON.stringify(error), ...platform.logged].join()).not.toContain('ann@');
  });

  test('does not hold an answer without bounds', async () => {
    const { url } = await vendor(says(200, 'x'.repeat(100_000)));
    await expect(client(url, { mostBytes: 50_000 }).send({})).rejects.toThrow('more over the connection');
  });

  test.each(['http://proxy.example.org', 'ftp://127.0.0.1', 'klaviyo.com'])('never goes to %s', address => {
    expect(() => client(address)).toThrow(OperatorError);
  });
});

describe('a file that a vendor made ready', () => {
  const lines = Array.from({ length: 400 }, (_, i) => `{"line": ${i}, "text": "Zoë £"}`);
  const bytes = Buffer.from(`${lines.join('\n')}\n\n`);
  const part = (request: IncomingMessage) =>
    Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);

  async function read(url: string, from = 0): Promise<{ line: string; end: number }[]> {
    const found = [];
    for await (const line of downloadLines(url, { from }, virtualPlatform())) found.push(line);
    return found;
  }

  test.each([
    ['takes up what broke off', true],
    ['leaves out what it has where it comes whole again', false],
  ])('comes line by line, and %s', async (_, ranges) => {
    const act: Act = (response, request) => {
      const from = part(request);
      const rest = bytes.subarray(ranges ? from : 0);
      response.writeHead(ranges && from > 0 ? 206 : 200);
      // Breaks off in the middle of a letter, now and then.
      if (from < 9000)
        response.write(rest.subarray(0, from + 3001), () => setTimeout(() => response.destroy(), 20));
      else response.end(rest);
    };
    const { url, seen } = await vendor(act);
    const found = await read(url);
    expect(found.map(({ line }) => line)).toEqual(lines);
    expect(seen.length).toBeGreaterThan(2);
    const middle = found[200]!;
    const whole = await vendor((response, request) => {
      response.writeHead(206).end(bytes.subarray(part(request)));
    });
    expect((await read(whole.url, middle.end)).map(({ line }) => line)).toEqual(lines.slice(201));
  });

  test('that is gone is told so', async () => {
    const { url } = await vendor(says(404));
    await expect(read(url)).rejects.toThrow('HTTP 404');
    await expect(read('http://files.example.org/x')).rejects.toThrow('https://');
  });
});
