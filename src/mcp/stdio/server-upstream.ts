import { InMemoryTransport, type McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Watch } from '../changes.ts';
import { tellOfChanges } from '../resources/subscriptions.ts';
import { isRequest, type Message, needsStores } from './message.ts';
import type { Upstream, UpstreamEvents } from './upstream.ts';

export interface ServerParts {
  standIn: boolean;
  log: (text: string) => void;
  /** Tells of resources that read otherwise, until it is stopped; absent where there are no stores to look into. */
  watch?: (changed: (uris: readonly string[]) => void) => Pick<Watch, 'stop'>;
}

/** For whoever only asks what Kindred is, no store is opened. */
const wantsToHear = (message: Message) =>
  needsStores(message) || (isRequest(message) && message.method === 'subscriptions/listen');

/** A server in this process, in the dialect of whoever speaks first. */
export function serverUpstream(
  factory: () => McpServer,
  { standIn, log, watch }: ServerParts,
  { message: hear }: UpstreamEvents,
): Upstream {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  /** Of a connection there is one; where it opened in one era and went on in the other, the last that was made. */
  let server: McpServer | undefined;
  const made = () => {
    server = factory();
    return server;
  };
  const handle = serveStdio(made, { transport: theirs, onerror: error => log(error.message) });
  ours.onmessage = message => hear(message as Message);
  const started = ours.start();
  let turn: Promise<unknown> = started;
  let watching: Pick<Watch, 'stop'> | undefined;
  const changed = (uris: readonly string[]) => {
    // It may end while it is told.
    if (server) tellOfChanges(server, uris).catch(() => {});
  };
  return {
    standIn,
    send(message) {
      if (wantsToHear(message)) watching ??= watch?.(changed);
      turn = turn
        .then(() => ours.send(message as Parameters<typeof ours.send>[0]))
        .catch(error => log(String(error)));
    },
    close() {
      watching?.stop();
      return handle.close();
    },
  };
}
