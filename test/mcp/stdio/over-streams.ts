import { PassThrough, Writable } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { runRelay } from '../../../src/mcp/stdio/run.ts';
import type { Connect } from '../../../src/mcp/stdio/upstream.ts';
import type { Answered, Asked, Era } from '../../support/mcp-client.ts';

export interface OverStreams {
  client: Client;
  /** What the relay said beside the protocol. */
  log: string[];
  /** The client goes away; resolves when the relay has ended. */
  leave(): Promise<void>;
}

/** A real client whose standard streams end in a relay in this process. */
export async function overStreams(
  connect: Connect,
  era: Era,
  elicit?: (asked: Asked) => Answered | Promise<Answered>,
): Promise<OverStreams> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const log: string[] = [];
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  const ended = runRelay(connect, { stdin: there, stdout: back, stderr });
  const client = new Client(
    { name: 'test-client', version: '1.0.0' },
    {
      capabilities: elicit ? { elicitation: { form: {} } } : {},
      versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
    },
  );
  if (elicit)
    client.setRequestHandler('elicitation/create', async ({ params }) => ({
      ...(await elicit(params as unknown as Asked)),
    }));
  // The server's end of standard input and output is a client's as well, with the two streams changed over.
  await client.connect(new StdioServerTransport(back, there));
  return {
    client,
    log,
    async leave() {
      there.end();
      await ended;
      await client.close();
    },
  };
}
