import { InMemoryTransport, type McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Message } from './message.ts';
import type { Upstream, UpstreamEvents } from './upstream.ts';

/** A server in this process, in the dialect of whoever speaks first. */
export function serverUpstream(
  factory: () => McpServer,
  { standIn, log }: { standIn: boolean; log: (text: string) => void },
  { message: hear }: UpstreamEvents,
): Upstream {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const handle = serveStdio(factory, { transport: theirs, onerror: error => log(error.message) });
  ours.onmessage = message => hear(message as Message);
  const started = ours.start();
  let turn: Promise<unknown> = started;
  return {
    standIn,
    send(message) {
      turn = turn
        .then(() => ours.send(message as Parameters<typeof ours.send>[0]))
        .catch(error => log(String(error)));
    },
    close: () => handle.close(),
  };
}
