import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { clientOf } from '../../../src/mcp/client-of.ts';

const older = (info: object | undefined, capabilities: object | undefined) =>
  clientOf(
    {
      server: { getClientVersion: () => info, getClientCapabilities: () => capabilities },
    } as unknown as McpServer,
    { mcpReq: {} } as ServerContext,
  );

const modern = (info: object, capabilities: object) =>
  clientOf(
    {
      server: { getClientVersion: () => undefined, getClientCapabilities: () => undefined },
    } as unknown as McpServer,
    {
      mcpReq: {
        envelope: {
          'io.modelcontextprotocol/clientInfo': info,
          'io.modelcontextprotocol/clientCapabilities': capabilities,
        },
      },
    } as unknown as ServerContext,
  );

it('a client is what it says with the request, or said when it connected', () => {
  expect(older({ name: 'claude-ai', title: 'Claude' }, {})).toEqual({
    name: 'Claude',
    asks: false,
    showsPages: false,
  });
  expect(modern({ name: 'inspector' }, { elicitation: { form: {} } })).toEqual({
    name: 'inspector',
    asks: true,
    showsPages: false,
  });
});

const ui = (said: unknown) => ({ extensions: { 'io.modelcontextprotocol/ui': said } });
it.each([
  [ui({ mimeTypes: ['text/html;profile=mcp-app'] }), true],
  [ui({ mimeTypes: ['text/html'] }), false],
  [ui({}), false],
  [{ extensions: {} }, false],
  [{}, false],
])('%j shows pages: %s', (capabilities, showsPages) => {
  expect(modern({ name: 'x' }, capabilities).showsPages).toBe(showsPages);
  expect(older({ name: 'x' }, capabilities).showsPages).toBe(showsPages);
});

it.each([
  [{ elicitation: {} }, true],
  [{ elicitation: { form: {} } }, true],
  [{ elicitation: { form: {}, url: {} } }, true],
  [{ elicitation: { url: {} } }, false],
  [{}, false],
  [undefined, false],
])('%j can ask: %s', (capabilities, asks) => {
  expect(older({ name: 'x' }, capabilities).asks).toBe(asks);
});

it.each([
  ['', 'an MCP client'],
  [undefined, 'an MCP client'],
  ['Ada, approver', 'Ada approver'],
  ['a\nb"“<c>', 'a bc'],
  [`${'x'.repeat(80)}`, `${'x'.repeat(60)}…`],
])('the name %j is told as %j', (name, told) => {
  expect(older(name === undefined ? undefined : { name }, {}).name).toBe(told);
});
