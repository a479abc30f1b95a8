import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { mcpServer } from '../../../src/mcp/server.ts';
import { appOver } from '../../support/mcp-app.ts';
import { eras, person } from '../../support/mcp-client.ts';
import { serving } from '../http/serving.ts';
import { askedShop, freshName } from './asked-shop.ts';

const waiting = askedShop();

it.each(eras)('an answer with a token that was revoked meanwhile decides nothing: %s era', async era => {
  const app = appOver(waiting.shop.context);
  const server = await serving({ serverOf: caller => mcpServer(app, caller), lookEveryMs: 50 });
  server.tokens.set('ada', person({ surface: 'http' }));
  const client = new Client(
    { name: 'test-client', version: '1.0.0' },
    {
      capabilities: { elicitation: { form: {} } },
      versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
    },
  );
  const asked: string[] = [];
  client.setRequestHandler('elicitation/create', async ({ params: { message } }) => {
    asked.push(message);
    server.tokens.delete('ada');
    return { action: 'accept', content: { decision: 'approve' } };
  });
  await client.connect(
    new StreamableHTTPClientTransport(server.url, {
      requestInit: { headers: { authorization: 'Bearer ada' } },
      reconnectionOptions: {
        initialReconnectionDelay: 1,
        maxReconnectionDelay: 1,
        reconnectionDelayGrowFactor: 1,
        maxRetries: 1,
      },
    }),
  );
  const call = client.callTool({
    name: 'propose_persona',
    arguments: { segment: waiting.key, name: freshName(), why: 'clearer' },
  });
  await expect(call).rejects.toThrow();
  expect(asked).toHaveLength(1);
  const { id, status } = await waiting.latest();
  expect(status).toBe('open');
  const rows = await waiting.shop.context.state.audit.list();
  expect(rows.filter(row => row.subject === id).map(({ action }) => action)).toEqual(['proposal.opened']);
  await client.close();
  await server.close();
});
