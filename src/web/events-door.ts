import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperatorError, UpstreamError } from '../errors.ts';
import type { EventFates } from '../sources/arriving-record.ts';
import type { ReadEvents } from '../sources/arriving-rows.ts';
import type { Attempt } from './guesses.ts';
import { type Intake, retryAfter } from './intake.ts';
import { Refusal } from './refusal.ts';

export interface EventsOptions {
  /** Absent where no events are taken. */
  events?: { token: string; intake: Intake; now: () => Date } | undefined;
}

/** Answers at addresses for events of a server that takes none. */
export function takesNoEvents(server: FastifyInstance, urls: readonly string[]): void {
  for (const url of urls)
    server.post(url, async (_request, reply) =>
      reply.code(404).send({
        error: {
          message: 'This server takes no events.',
          next: 'Start it with KINDRED_EVENTS_TOKEN set to a secret of at least 16 characters.',
        },
      }),
    );
}

/** Lets nothing in, before its body is read, but uncompressed requests of who knows the token. */
export function onlySenders(
  server: FastifyInstance,
  {
    knows,
    attempt,
    challenge,
    how,
  }: {
    knows: (request: FastifyRequest) => boolean;
    attempt: Attempt;
    challenge: string;
    /** How the token is to be sent. */
    how: string;
  },
): void {
  server.addHook('onRequest', async (request, reply) => {
    await attempt(request, () => {
      if (!knows(request))
        throw new Refusal(
          { status: 401, headers: { 'www-authenticate': challenge } },
          'The token in KINDRED_EVENTS_TOKEN is needed.',
          how,
        );
    });
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      return reply
        .code(415)
        .send({ error: { message: 'Compressed requests are not read.', next: 'Send it uncompressed.' } });
  });
}

/** The fates of events once they are durable; a sender that is turned away is told when to come again. */
export async function taken(
  intake: Intake,
  { source, read, size }: { source: string; read: ReadEvents; size: number },
  reply: FastifyReply,
): Promise<EventFates> {
  try {
    return await intake.take(source, read, size);
  } catch (error) {
    if (error instanceof OperatorError || error instanceof UpstreamError)
      reply.header('retry-after', String(retryAfter));
    throw error;
  }
}
