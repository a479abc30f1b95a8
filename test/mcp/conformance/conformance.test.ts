import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mcpRoute } from '../../../src/mcp/http/route.ts';
import { mcpServer } from '../../../src/mcp/server.ts';
import { onlyKnownNames } from '../../../src/web/known-names.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { addTexts } from './fixture-texts.ts';
import { addTools } from './fixture-tools.ts';

// The protocol's own suite for servers, run as its command line against the endpoint on a real port. It sends no token,
// so who asks is settled here.

const plain = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'resources-subscribe',
  'resources-unsubscribe',
  'prompts-list',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
];
const suite = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url),
);
let shop: LivedShop;

beforeAll(async () => {
  shop = await livedShop({ rfm: true, past: 30, ahead: 0 });
});
afterAll(() => shop.close());

describe('the conformance suite passes', () => {
  let url: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, close } = await serving(false));
  });
  afterAll(() => close());

  test.each(plain)('%s', async scenario => {
    expect(await failuresOf(url, scenario)).toBe('');
  });
});

test('with the tools, resources and prompts that it calls for, the whole suite passes', async () => {
  const { url, close } = await serving(true);
  expect(await failuresOf(url)).toBe('');
  await close();
});

test('without them it fails', async () => {
  const { url, close } = await serving(false);
  expect(await failuresOf(url)).toMatch(/tools-call-image: 0 passed, 1 failed/);
  await close();
});

/** Kindred's own server, with or without fixtures, on a port of this machine. */
async function serving(fixtures: boolean) {
  const app = appOver(shop.context);
  const server = fastify({ forceCloseConnections: true });
  server.addHook('onRequest', onlyKnownNames([]));
  await server.register(mcpRoute, {
    callerOf: async () => ({ actor: 'ada', role: 'approver', surface: 'http', key: 'ada' }),
    serverOf(caller) {
      const made = mcpServer(app, caller);
      if (fixtures) {
        addTools(made);
        addTexts(made);
      }
      return made;
    },
    watch: () => ({ stop() {} }),
    now: app.now,
    stopping: new AbortController().signal,
  });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url: `${address}/mcp`, close: () => server.close() };
}

/** What the suite has to say against the server; blank where nothing. */
async function failuresOf(url: string, scenario?: string): Promise<string> {
  const which = scenario === undefined ? ['--suite', 'all'] : ['--scenario', scenario];
  const args = [suite, 'server', '--url', url, ...which];
  return promisify(execFile)(process.execPath, args).then(
    () => '',
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}
