import type { FastifyInstance } from 'fastify';
import { InputError } from '../errors.ts';

/** Lets the data folder go, for a server that is to hold it; `signal` is aborted where that one does not wait any more. */
export type HandOver = (signal: AbortSignal) => Promise<void>;

export const handOverPath = '/v1/hand-over';

/** Of a process that holds the folder for an MCP client alone: it can be asked to let go of it. */
export async function handOverRoute(
  server: FastifyInstance,
  { handOver }: { handOver: HandOver },
): Promise<void> {
  server.post(handOverPath, async (_request, reply) => {
    const gone = new AbortController();
    reply.raw.once('close', () =>
      gone.abort(new InputError('Nobody waits for the folder any more.', 'Ask for it again.')),
    );
    await handOver(gone.signal);
    return {};
  });
}
