import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CommandEvent, type CommandLine, commandLine } from './protocol.ts';

/** Runs a command line, tells what it prints as it comes, and returns its exit code. */
export type CommandRunner = (
  line: CommandLine,
  tell: (event: CommandEvent) => void,
  signal: AbortSignal,
) => Promise<number>;

/** Commands of other processes on the same data folder; `signal` is aborted where the asker goes away. */
export async function commandRoute(
  server: FastifyInstance,
  { runCommand }: { runCommand: CommandRunner },
): Promise<void> {
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
