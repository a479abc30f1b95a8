import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { passThrough } from '../../src/cli/pass-through.ts';
import { OperatorError, UpstreamError } from '../../src/errors.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function answering(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>(resolve => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function pass(url: string) {
  let out = '';
  const terminal = {
    env: {},
    cwd: '/here',
    now: () => new Date(),
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    interactive: true,
    columns: 80,
  };
  const code = await passThrough({ url, token: 'the-token' }, ['segments', '--json'], terminal, {
    warehouseUrl: 'postgres://here',
    databaseUrl: undefined,
  });
  return { code, out };
}

test('what was asked arrives, and letters that come in pieces are whole', async () => {
  let asked = '';
  let authorization: string | undefined;
  const url = await answering((request, response) => {
    authorization = request.headers.authorization;
    request.on('data', chunk => {
      asked += chunk;
    });
    request.on('end', () => {
      const bytes = Buffer.from(`${JSON.stringify({ out: 'Zoë £\n' })}\n${JSON.stringify({ exit: 3 })}\n`);
      for (const byte of bytes) response.write(Buffer.from([byte]));
      response.end();
    });
  });
  expect(await pass(url)).toEqual({ code: 3, out: 'Zoë £\n' });
  expect(authorization).toBe('Bearer the-token');
  expect(JSON.parse(asked)).toEqual({
    args: ['segments', '--json'],
    cwd: '/here',
    columns: 80,
    interactive: true,
    warehouseUrl: 'postgres://here',
  });
});

test.each([
  ['breaks off', (socket: { destroy: () => void }) => socket.destroy()],
  ['ends without an exit code', undefined],
])('a server that %s in the middle says that the work is undone', async (_, breakOff) => {
  const url = await answering((_request, response) => {
    response.write(`${JSON.stringify({ out: 'half' })}\n`, () =>
      breakOff ? breakOff(response.socket!) : response.end(),
    );
  });
  const passing = pass(url);
  await expect(passing).rejects.toThrow(UpstreamError);
  await expect(passing).rejects.toThrow('ended before the command was done');
});

test('a server that refuses, or is gone, is told with its address', async () => {
  const url = await answering((_request, response) => response.writeHead(503).end());
  await expect(pass(url)).rejects.toThrow(`at ${url}, which holds the store, does not take the command`);
  await new Promise(resolve => server!.close(resolve));
  await expect(pass(url)).rejects.toThrow('ECONNREFUSED');
  await expect(pass(url)).rejects.toThrow(OperatorError);
});
