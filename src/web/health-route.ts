import type { FastifyInstance } from 'fastify';
import type { Health } from './health.ts';

/** For what watches the server: 200 while the stores answer. */
export async function healthRoute(
  server: FastifyInstance,
  { health }: { health: () => Promise<Health> },
): Promise<void> {
  server.get('/healthz', async (_request, reply) => {
    const found = await health();
    return reply.code(found.status === 'down' ? 503 : 200).send(found);
  });
}
