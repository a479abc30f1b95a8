import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bearing } from './bearing.ts';
import type { Attempt } from './guesses.ts';
import { type CommandEvent, type CommandLine, commandLine } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { fromThisMachine } from './this-machine.ts';

/** Runs a command line, tells what it prints as it comes, and returns its exit code. */
export type CommandRunner = (
  line: CommandLine,
  tell: (event: CommandEvent) => void,
  signal: AbortSignal,
) => Promise<number>;

/** Commands of other processes on the same data folder; `signal` is aborted where the asker goes away. */
export async function commandRoute(
  server: FastifyInstance,
  { token, runCommand, attempt }: { token: string; runCommand: CommandRunner; attempt: Attempt },
): Promise<void> {
  server.addHook('onRequest', async request => {
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
  });

  server.post('/v1/command', async (request, reply) => {
    const parsed = commandLine.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: { message: z.prettifyError(parsed.error) } });
    const gone = new AbortController();
    const events = new Readable({ read() {} });
    events.on('close', () => gone.abort());
    let over = false;
    const tell = (event: CommandEvent) => {
      // Work that a command failed beside may still speak; after the end of the answer that would break it off.
      if (!over && !gone.signal.aborted) events.push(`${JSON.stringify(event)}\n`);
    };
    runCommand(parsed.data, tell, gone.signal).then(
      code => {
        tell({ exit: code });
        over = true;
        events.push(null);
      },
      error => events.destroy(error),
    );
    return reply.type('application/x-ndjson').send(events);
  });
}
