import type { IncomingMessage, ServerResponse } from 'node:http';
import { needScope } from './access.ts';
import { type Args, readArguments, textOf } from './arguments.ts';
import type { Fault, Faults } from './faults.ts';
import type { Limits } from './limits.ts';
import { methods } from './methods/index.ts';
import type { Method } from './methods/method.ts';
import { Refusal, refuse } from './refusal.ts';
import type { Call } from './types.ts';
import { changed, type World } from './world.ts';

export interface WebApi {
  world: World;
  faults: Faults;
  limits: Limits | null;
  /** Methods besides those that work on the workspace alone. */
  more: Record<string, Method>;
  base(): string;
}

/** Answers a call of `/api/METHOD`. */
export async function answerCall(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const { world } = api;
  const call: Call = { method: name, args: {}, at: world.now, ok: false, error: null, status: null };
  world.calls.push(call);
  const type = request.headers['content-type'] ?? '';
  const fault = api.faults.take(name);
  if (fault && !fault.carriedOut) {
    call.args = shown(readArguments(type, body));
    return answerFault(world, call, fault, response);
  }
  let answer: Record<string, unknown>;
  try {
    const args = readArguments(type, body);
    call.args = shown(args);
    const method = methods[name] ?? api.more[name] ?? refuse('unknown_method', { req_method: name });
    authorise(world, method, request, args);
    const wait = api.limits?.wait(name, method.limit, textOf(args, 'channel') ?? '', world.now) ?? null;
    if (wait !== null) return answerFault(world, call, { retryAfter: wait }, response);
    needScope(world, ...(method.token === 'app' ? [] : method.scopes));
    answer = { ok: true, ...method.run(world, args, api.base()) };
    call.ok = true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.error = error.code;
    answer = { ok: false, error: error.code, ...error.more };
  }
  if (fault) return answerFault(world, call, fault, response);
  call.status = 200;
  send(world, response, 200, answer);
  changed(world);
}

function authorise(world: World, method: Method, request: IncomingMessage, args: Args): void {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = header ?? textOf(args, 'token');
  if (token === undefined) refuse('not_authed');
  if (token !== world.app.botToken && token !== world.app.appToken) refuse('invalid_auth');
  if ((token === world.app.appToken) !== (method.token === 'app')) refuse('not_allowed_token_type');
}

function answerFault(world: World, call: Call, fault: Fault, response: ServerResponse): void {
  if (fault.line === 'cut') response.destroy();
  else if (fault.retryAfter !== undefined) {
    call.error = 'ratelimited';
    call.status = 429;
    response.setHeader('retry-after', fault.retryAfter);
    send(world, response, 429, { ok: false, error: 'ratelimited' });
  } else if (fault.error !== undefined) {
    call.error = fault.error;
    call.status = 200;
    send(world, response, 200, { ok: false, error: fault.error, ...fault.more });
  } else if (fault.line === undefined) {
    call.error = `http_${fault.status ?? 503}`;
    call.status = fault.status ?? 503;
    response.writeHead(call.status, { 'content-type': 'text/html' }).end('<html>Server Error</html>');
  }
  call.error ??= fault.line ?? null;
  changed(world);
}

function send(world: World, response: ServerResponse, status: number, answer: Record<string, unknown>): void {
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'x-oauth-scopes': world.app.scopes.join(','),
    })
    .end(JSON.stringify(answer));
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
