import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type Args, readArguments } from './arguments.ts';
import type { Faults } from './faults.ts';
import { Refusal } from './refusal.ts';
import type { Call } from './types.ts';
import { changed, type World } from './world.ts';

/** A request, read. */
export interface Asked {
  /** Behind the kind of address: the method, or an ID. */
  what: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  args: Args;
}

export interface Reply {
  status: number;
  body: string | Record<string, unknown>;
  headers?: Record<string, string>;
}

/** By the first part of the path. */
export type Routes = Record<
  string,
  { name(what: string): string; answer(asked: Asked): Reply | Promise<Reply> }
>;

/** Reads what comes in, keeps a record of it, has it answered, or lets it go wrong. */
export function createDoor(world: World, faults: Faults, routes: Routes) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const [kind = '', ...rest] = new URL(request.url ?? '/', 'http://slack').pathname.split('/').slice(1);
    const route = routes[kind];
    if (body === null || !route) return void response.writeHead(404).end();
    const asked = { what: rest.join('/'), headers: request.headers, body, args: {} };
    const call: Call = {
      method: route.name(asked.what),
      args: {},
      at: world.now,
      ok: false,
      error: null,
      status: null,
    };
    world.calls.push(call);
    const reply = await answered(asked, route.answer, call);
    if (reply === 'cut') response.destroy();
    else if (reply !== 'hang') {
      call.status = reply.status;
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      response
        .writeHead(reply.status, {
          'content-type': typeof reply.body === 'string' ? 'text/plain' : 'application/json; charset=utf-8',
          'x-oauth-scopes': world.app.scopes.join(','),
          ...reply.headers,
        })
        .end(text);
    }
    changed(world);
  };

  async function answered(
    asked: Asked,
    answer: (asked: Asked) => Reply | Promise<Reply>,
    call: Call,
  ): Promise<Reply | 'hang' | 'cut'> {
    try {
      asked.args = readArguments(asked.headers['content-type'] ?? '', asked.body);
      call.args = shown(asked.args);
      const fault = faults.take(call.method, call.args);
      if (!fault || fault.carriedOut) {
        const reply = await answer(asked);
        call.ok = reply.status === 200;
        if (!fault) return reply;
      }
      call.error = fault.error ?? fault.line ?? (fault.retryAfter ? 'ratelimited' : 'http_error');
      if (fault.line) return fault.line;
      if (fault.retryAfter !== undefined) return tooMany(fault.retryAfter);
      if (fault.error === undefined) return { status: fault.status ?? 503, body: 'Server Error' };
      return { status: 200, body: { ok: false, error: fault.error, ...fault.more } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.error = error.code;
      if (error.code === 'ratelimited') return tooMany(Number(error.more.retryAfter));
      return { status: error.status, body: { ok: false, error: error.code, ...error.more } };
    }
  }
}

function tooMany(seconds: number): Reply {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
  };
}

/** Null where whoever asked went away. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

/** Structured arguments read, so that tests see what was meant. */
function shown({ token: _, ...args }: Args): Args {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
