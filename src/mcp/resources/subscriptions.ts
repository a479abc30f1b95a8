import type { McpServer } from '@modelcontextprotocol/server';

/** From this revision on a connection says itself which of its streams wants to hear of a resource. */
const ownStreams = '2026-07-28';

/** Resources that the client at the other end asked to be told of. It is of no use after its server. */
const wanted = new WeakMap<McpServer, Set<string>>();

/** Takes subscriptions to resources of clients of older revisions; those of newer ones never come this far. */
export function takeSubscriptions(mcp: McpServer): void {
  const uris = new Set<string>();
  wanted.set(mcp, uris);
  mcp.server.registerCapabilities({ resources: { subscribe: true, listChanged: true } });
  mcp.server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
    // Nobody means more than there are; a client that goes on holds no memory by it.
    if (uris.size < mostUris) uris.add(uri.slice(0, longestUri));
    return {};
  });
  mcp.server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    uris.delete(uri.slice(0, longestUri));
    return {};
  });
}

const mostUris = 1000;
const longestUri = 300;

/** Tells the client of a connection that lists, and those of these resources that it subscribed to, read otherwise now. */
export async function tellOfChanges(mcp: McpServer, uris: readonly string[]): Promise<void> {
  mcp.sendResourceListChanged();
  const version = mcp.server.getNegotiatedProtocolVersion() ?? '';
  const told = uris.filter(uri => version >= ownStreams || wanted.get(mcp)?.has(uri));
  for (const uri of told) await mcp.server.sendResourceUpdated({ uri });
}
