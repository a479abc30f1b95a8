import type { FastifyInstance } from 'fastify';
import type { Health } from './health.ts';
import { fromThisMachine } from './this-machine.ts';

/** For what watches the server: 200 while the stores answer. Elsewhere than on this machine it is told no more. */
export async function healthRoute(
  server: FastifyInstance,
  { health }: { health: () => Promise<Health> },
): Promise<void> {
  server.get('/healthz', async (request, reply) => {
    const found = await health();
    const { status } = found;
    return reply.code(status === 'down' ? 503 : 200).send(fromThisMachine(request) ? found : { status });
  });
}
