import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mcpRoute } from '../../../src/mcp/http/route.ts';
import { mcpServer } from '../../../src/mcp/server.ts';
import { tools } from '../../../src/tools/registry.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';

// The command line of the MCP Inspector, a client of the SDK's first line that holds results to the schemas that it was
// told. The last version that runs by itself on Node 20.

const inspector = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/inspector-cli/build/cli.js', import.meta.url),
);
let shop: LivedShop;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
  await shop.refresh(1);
  const app = appOver(shop.context);
  const server = fastify({ forceCloseConnections: true });
  await server.register(mcpRoute, {
    callerOf: async () => ({ actor: 'ada', role: 'approver', surface: 'http', key: 'ada' }),
    serverOf: caller => mcpServer(app, caller),
    watch: () => ({ stop() {} }),
    now: app.now,
    stopping: new AbortController().signal,
  });
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/mcp`;
  close = async () => {
    await server.close();
    await shop.close();
  };
}, 60_000);
afterAll(() => close());

test('it lists every tool, and calls each', async () => {
  const { tools: listed } = await inspect<{ tools: { name: string }[] }>('tools/list');
  const names = listed.map(({ name }) => name);
  expect(names).toEqual([...tools.map(({ name }) => name), 'review_proposal']);
  const inputs = await inputsOf();
  for (const name of names) {
    const input = inputs[name];
    expect(input, `what to ask of ${name}`).toBeDefined();
    const args = Object.entries(input!).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]);
    const result = await inspect<{ isError?: boolean; content: { text: string }[] }>(
      'tools/call',
      '--tool-name',
      name,
      ...args,
    );
    const refused = refusals[name];
    if (refused) expect(result.content[0]!.text, name).toContain(refused);
    else expect(result.isError, `${name}: ${result.content[0]?.text}`).toBeFalsy();
  }
}, 300_000);

test('it lists and reads resources and prompts', async () => {
  const { resources } = await inspect<{ resources: { uri: string }[] }>('resources/list');
  const uris = resources.map(({ uri }) => uri);
  expect(uris).toContain('kindred://segments');
  const { contents } = await inspect<{ contents: { text: string }[] }>(
    'resources/read',
    '--uri',
    'kindred://segments',
  );
  expect(contents[0]!.text).toContain('|');
  const { prompts } = await inspect<{ prompts: { name: string }[] }>('prompts/list');
  for (const { name } of prompts) {
    const told = await inspect<{ messages: unknown[] }>(
      'prompts/get',
      '--prompt-name',
      name,
      '--prompt-args',
      `segment=${(await segments())[0]}`,
    );
    expect(told.messages.length, name).toBeGreaterThan(0);
  }
}, 120_000);

/** In a small shop nothing is blocked that could be allowed, too little is known to foretell what is at risk, and nothing was sent. */
const refusals: Record<string, string> = {
  propose_feature: 'may be used already',
  plan_budget: 'Predictions need at least 100',
  lift: 'No audience was sent anywhere yet',
};

async function inspect<T>(method: string, ...args: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inspector, '--cli', url, '--transport', 'http', '--method', method, ...args],
    { maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as T;
}

const segments = async () => (await shop.context.state.models.current())!.segments.map(({ key }) => key);

/** What each tool is asked, as it is written on a command line. */
async function inputsOf(): Promise<Record<string, Record<string, string>>> {
  const [one, two] = await segments();
  const question = 'overdue';
  const { structuredContent: built } = await inspect<{ structuredContent: { handle: string } }>(
    'tools/call',
    '--tool-name',
    'build_audience',
    '--tool-arg',
    `question=${question}`,
  );
  const why = 'to see what it does';
  return {
    shop_overview: {},
    list_segments: {},
    show_segment: { segment: one! },
    compare_segments: { segments: JSON.stringify([one, two]) },
    find_segments: { description: 'they lapsed' },
    show_moves: {},
    show_drift: {},
    show_chart: { chart: 'sizes' },
    build_audience: { question },
    explain_audience: { handle: built.handle },
    show_predictions: {},
    plan_budget: { budget: '1000', cost: '2' },
    lift: {},
    list_features: {},
    review_sensitive: {},
    show_model_card: {},
    what_if: { k: '3' },
    propose_weights: { weights: `[{"of":"order_value","weight":2,"reason":"${why}"}]`, why },
    propose_recipe: { k: '3', why },
    propose_promotion: {},
    propose_persona: { segment: one!, name: 'Another name', why },
    propose_feature: { feature: 'evening_share', lawfulBasis: 'consent', why },
    propose_sync: { audience: built.handle, purpose: 'a winter mailing' },
    review_proposal: {},
  };
}
