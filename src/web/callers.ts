import type { FastifyRequest } from 'fastify';
import type { Caller } from '../mcp/caller.ts';
import { bearing } from './bearing.ts';
import { ownerOf } from './owner-headers.ts';
import { Refusal } from './refusal.ts';

/**
 * Who sends the request. To be asked before its body is read, and again for each request: a token that was revoked is
 * refused from then on. Rejects with a Refusal, which the server answers with what to do.
 */
export type CallerOf = (request: FastifyRequest) => Promise<Caller>;

export function callersOf({ lockToken }: { lockToken: string }): CallerOf {
  return async request => {
    const owner = bearing(request, lockToken) ? ownerOf(request.headers) : undefined;
    if (owner) return { ...owner, surface: 'http', key: 'owner' };
    throw new Refusal(
      { status: 401, headers: { 'www-authenticate': 'Bearer realm="kindred"' } },
      'An access token is needed.',
      'Make one with `kindred token create` on the machine that runs Kindred, and send it as "Authorization: Bearer …".',
    );
  };
}
