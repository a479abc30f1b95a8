import type { FastifyInstance } from 'fastify';
import type { Attempt } from '../../web/guesses.ts';
import type { Receive } from './receive.ts';

/** Where Slack comes in over HTTP. It stands in the server before Slack is started, and turns everybody away until then. */
export interface HttpDoor {
  route(server: FastifyInstance, attempt: Attempt): Promise<void>;
  open(receive: Receive): void;
  close(): void;
}
