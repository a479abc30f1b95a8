import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { App } from '../../src/app.ts';
import type { Caller } from '../../src/mcp/caller.ts';
import { pageMimeType } from '../../src/mcp/client-of.ts';
import { mcpServer, type ServerParts } from '../../src/mcp/server.ts';

export type Era = 'legacy' | 'modern';
export const eras: readonly Era[] = ['legacy', 'modern'];

/** What somebody is asked, and what they answer. */
export interface Asked {
  message: string;
  requestedSchema: { properties: Record<string, Record<string, unknown>>; required?: string[] };
}
export interface Answered {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, string>;
}

interface ClientSettings {
  era: Era;
  /** Answers what a person is asked; a client without it cannot ask. */
  elicit?: (asked: Asked) => Answered | Promise<Answered>;
  /** It shows pages of the server (MCP Apps). */
  showsPages?: boolean;
  name?: string;
  parts?: ServerParts;
}

export interface ConnectedClient {
  client: Client;
  close(): Promise<void>;
}

/** A real client, connected to the server of `caller` over linked transports in memory, by the rules of stdio. */
export async function connectedClient(
  app: App,
  caller: Caller,
  { era, elicit, showsPages, name = 'test-client', parts }: ClientSettings,
): Promise<ConnectedClient> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const serving = serveStdio(() => mcpServer(app, caller, parts), { transport: far });
  const options: ClientOptions = {
    capabilities: {
      ...(elicit ? { elicitation: { form: {} } } : {}),
      ...(showsPages ? { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [pageMimeType] } } } : {}),
    },
    versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
  };
  const client = new Client({ name, version: '1.0.0' }, options);
  if (elicit)
    client.setRequestHandler('elicitation/create', async ({ params }) => ({
      ...(await elicit(params as unknown as Asked)),
    }));
  await client.connect(near);
  return {
    client,
    async close() {
      await client.close();
      await serving.close();
    },
  };
}

export const person = (changed: Partial<Caller> = {}): Caller => ({
  actor: 'ada',
  role: 'approver',
  surface: 'stdio',
  key: 'ada',
  ...changed,
});
