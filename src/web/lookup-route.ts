import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InputError, OperatorError, UpstreamError } from '../errors.ts';
import type { Lookup } from '../segmentation/lookup/read-lookup.ts';
import { retryAfter } from './intake.ts';

export interface LookupOptions {
  /** Rejects with a Refusal where the request has no token with the right to look up. */
  mayLookUp: (request: FastifyRequest) => Promise<void>;
  lookup: () => Promise<Lookup>;
}

/** How long a cache of the shop's own may keep an answer: an objection is to be heeded soon. */
const keptFor = 60;

/**
 * The segment of one customer, for pages that greet people by it. The answer says nothing of the person: not even the id
 * that was asked. To be asked by the shop's server, as the token may look anybody up.
 */
export async function lookupRoute(
  server: FastifyInstance,
  { mayLookUp, lookup }: LookupOptions,
): Promise<void> {
  server.addHook('onRequest', mayLookUp);
  server.get<{ Params: { id: string }; Querystring: { source?: string | string[] } }>(
    '/v1/customers/:id/segment',
    async (request, reply) => {
      const { source = 'shop' } = request.query;
      if (typeof source !== 'string')
        throw new InputError('The source is named more than once.', 'Name it once, as in ?source=shop.');
      const { asOf, find } = await current(lookup, reply);
      const segment = find(source, request.params.id);
      if (!segment)
        return reply
          .code(404)
          .header('cache-control', `private, max-age=${keptFor}`)
          .send({
            error: { message: 'No segment is known for this id.', next: 'Show the page as for anybody.' },
          });
      const body = JSON.stringify({ segment, asOf });
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      reply.header('etag', etag).header('cache-control', `private, max-age=${keptFor}`);
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(body);
    },
  );
}

async function current(lookup: () => Promise<Lookup>, reply: FastifyReply): Promise<Lookup> {
  try {
    return await lookup();
  } catch (error) {
    if (error instanceof OperatorError || error instanceof UpstreamError)
      reply.header('retry-after', String(retryAfter));
    throw error;
  }
}

/** A list of tags, weak or not, or any. */
function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some(tag => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
