import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one request. */
export type Fault = 'none' | 'busy' | 'error' | 'drop before' | 'drop after' | 'error after';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  text: string;
  json: unknown;
}

export interface Reply {
  status?: number;
  json?: unknown;
  headers?: Record<string, string>;
}

export interface MockHttp {
  url: string;
  /** All that was asked, in order. */
  asked: Asked[];
  /** Taken one by one by the requests to come that `hits`. */
  faults: Fault[];
  close(): Promise<void>;
}

/**
 * A vendor over real HTTP. A fault hits a request before its effect ("busy", "error", "drop before") or after it ("drop
 * after", "error after"), as networks do.
 */
export async function mockHttp(
  answer: (asked: Asked) => Reply | Promise<Reply>,
  hits: (asked: Asked) => boolean = () => true,
): Promise<MockHttp> {
  const asked: Asked[] = [];
  const faults: Fault[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://mock');
    const one: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      text,
      json: parsed(text),
    };
    asked.push(one);
    const fault = hits(one) ? (faults.shift() ?? 'none') : 'none';
    const say = ({ status = 200, json, headers = {} }: Reply) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(json === undefined ? '' : JSON.stringify(json));
    };
    if (fault === 'drop before') return void request.socket.destroy();
    if (fault === 'busy') return say({ status: 429, headers: { 'retry-after': '2' } });
    if (fault === 'error') return say({ status: 503 });
    const reply = await answer(one);
    if (fault === 'drop after') return void request.socket.destroy();
    say(fault === 'error after' ? { status: 502 } : reply);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    faults,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
