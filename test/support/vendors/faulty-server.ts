import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What can go wrong with a request: before it took effect, or after. */
export type Fault = '429' | '500' | '500 after' | 'drop' | 'drop after' | 'slow';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** As JSON; undefined where there is none. */
  body: unknown;
}

export interface Answered {
  status: number;
  json?: unknown;
}

export interface FaultyServer {
  url: string;
  /** Method and path of each request, those that failed too. */
  requests: string[];
  close(): Promise<void>;
}

/** Real HTTP before a vendor that is a function. Requests are counted from 1 for `faultOf`. */
export async function faultyServer(
  answer: (asked: Asked) => Answered,
  faultOf: (request: number, asked: Asked) => Fault | null,
): Promise<FaultyServer> {
  const requests: string[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await askedOf(request);
    const fault = faultOf(requests.push(`${asked.method} ${asked.path}`), asked);
    const send = ({ status, json }: Answered, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(json === undefined ? '' : JSON.stringify(json));
    };
    if (fault === 'drop') return request.socket.destroy();
    if (fault === '429') return send({ status: 429, json: {} }, { 'retry-after': '2' });
    if (fault === '500') return send({ status: 500, json: {} });
    const answered = answer(asked);
    if (fault === 'drop after') return request.socket.destroy();
    if (fault === '500 after') return send({ status: 502, json: {} });
    if (fault === 'slow') await delay(5);
    send(answered);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(error => response.destroy(error));
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((closed, failed) => {
        server.close(error => (error ? failed(error) : closed()));
        server.closeAllConnections();
      }),
  };
}

async function askedOf(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url!, 'http://vendor');
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return {
    method: request.method!,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
