import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Refuses requests under any other name than this machine's own: a page in a browser may have its name point here, and
 * would then read what the server answers.
 */
export async function onlyThisMachine(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name)) return;
  const message = 'This server answers only to the names of its own machine.';
  return reply.code(421).send({ error: { message } });
}
