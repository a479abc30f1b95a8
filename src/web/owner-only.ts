import type { FastifyRequest } from 'fastify';
import { bearing } from './bearing.ts';
import type { Attempt } from './guesses.ts';
import { Refusal } from './refusal.ts';
import { fromThisMachine } from './this-machine.ts';

/** Refuses whoever is not a process of this machine that can read the lock file of the data folder. */
export function ownerOnly(token: string, attempt: Attempt): (request: FastifyRequest) => Promise<void> {
  return async request => {
    if (!fromThisMachine(request))
      throw new Refusal(
        { status: 403 },
        'Commands are taken from processes of this machine only.',
        'Run `kindred` on the machine that runs the server, or ask over MCP.',
      );
    await attempt(request, () => {
      if (!bearing(request, token))
        throw new Refusal(
          { status: 401, headers: { 'www-authenticate': 'Bearer realm="Kindred commands"' } },
          'The token of the lock file is needed.',
          'Run `kindred` with the data folder of the server.',
        );
    });
  };
}
