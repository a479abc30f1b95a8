import { needScope } from './access.ts';
import { textOf } from './arguments.ts';
import type { Asked, Reply } from './door.ts';
import type { Limits } from './limits.ts';
import { methods } from './methods/index.ts';
import type { Method, Methods } from './methods/method.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

export interface WebApi {
  world: World;
  limits: Limits | null;
  /** Methods besides those that work on the workspace alone. */
  more: Methods;
  base(): string;
}

/** Answers a call of `/api/METHOD`; throws what refuses it. */
export function answerCall(
  { world, limits, more, base }: WebApi,
  { what: name, headers, args }: Asked,
): Reply {
  const method = methods[name] ?? more[name] ?? refuse('unknown_method', { req_method: name });
  authorise(world, method, /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? textOf(args, 'token'));
  const wait = limits?.wait(name, method.limit, textOf(args, 'channel') ?? '', world.now) ?? null;
  if (wait !== null) refuse('ratelimited', { retryAfter: wait });
  if (method.token !== 'app') needScope(world, ...method.scopes);
  return { status: 200, body: { ok: true, ...method.run(world, args, base()) } };
}

function authorise(world: World, method: Method, token: string | undefined): void {
  if (token === undefined) refuse('not_authed');
  if (token !== world.app.botToken && token !== world.app.appToken) refuse('invalid_auth');
  if ((token === world.app.appToken) !== (method.token === 'app')) refuse('not_allowed_token_type');
}
