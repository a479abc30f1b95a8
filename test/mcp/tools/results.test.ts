import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestResult } from '../../../src/mcp/tools/result.ts';
import { tools } from '../../../src/tools/registry.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type ConnectedClient, connectedClient, person } from '../../support/mcp-client.ts';
import { madeContext } from '../../tools/made-context.ts';

let shop: LivedShop;
/** What each tool that reads at once is asked, once or more. */
let asked: [name: string, input: Record<string, unknown>][];

beforeAll(async () => {
  shop = await livedShop({ customers: 320, ahead: 1 });
  await shop.refresh(1);
  const { segments } = (await shop.context.state.models.current())!;
  const [one, two] = segments.map(({ key }) => key);
  asked = [
    ['shop_overview', {}],
    ['list_segments', {}],
    ['show_segment', { segment: one }],
    ['compare_segments', { segments: [one, two] }],
    ['find_segments', { description: 'they lapsed' }],
    ['show_moves', {}],
    ['show_drift', {}],
    ['build_audience', { filter: { field: 'orders', atLeast: 2 }, name: 'twice' }],
    ['explain_audience', {}],
    ['show_predictions', { target: 'churn' }],
    ['plan_budget', { budget: 1000, cost: 2 }],
    ['list_features', {}],
    ['list_features', { names: 'category' }],
    ['review_sensitive', {}],
    ['show_model_card', {}],
    ['show_chart', { chart: 'map' }],
    ['show_chart', { chart: 'profile' }],
    ['show_chart', { chart: 'moves' }],
    ['show_chart', { chart: 'sizes' }],
  ];
}, 60_000);
afterAll(() => shop.close());

it('every tool that reads at once is asked here', () => {
  const reading = tools.filter(({ effect, slow }) => effect === 'read' && !slow).map(({ name }) => name);
  expect([...new Set(asked.map(([name]) => name))].sort()).toEqual(reading.sort());
});

describe('results', () => {
  const era = 'modern';
  let connected: ConnectedClient;
  let handle: string;
  beforeAll(async () => {
    connected = await connectedClient(appOver(shop.context), person(), { era });
    const filter = { field: 'orders', atLeast: 2 };
    const built = await connected.client.callTool({ name: 'build_audience', arguments: { filter } });
    handle = (built.structuredContent as { handle: string }).handle;
  });
  afterAll(() => connected.close());

  it('fit their schemas, are the same as text, and are short', async () => {
    const { tools: told } = await connected.client.listTools();
    const ajv = new Ajv({ strict: false });
    const checks = new Map(told.map(({ name, outputSchema }) => [name, ajv.compile(outputSchema!)]));
    for (const [name, input] of asked) {
      const args = name === 'explain_audience' ? { handle } : input;
      const result = await connected.client.callTool({ name, arguments: args });
      const [text, ...more] = result.content as { type: string; text: string }[];
      expect(result.isError, `${name}: ${text?.text}`).toBeFalsy();
      const check = checks.get(name)!;
      expect(check(result.structuredContent), `${name}: ${JSON.stringify(check.errors)}`).toBe(true);
      expect(JSON.parse(text!.text)).toEqual(result.structuredContent);
      // A tenth of what a model can read at once.
      expect(text!.text.length, name).toBeLessThan(longestResult / 10);
      expect(
        more.map(({ type }) => type),
        name,
      ).toEqual(name === 'show_chart' ? ['image'] : []);
    }
  }, 60_000);

  it('are what every other surface gives', async () => {
    const { output } = await runTool(madeContext({ ...shop.context, role: 'viewer' }), 'list_segments', {});
    const result = await connected.client.callTool({ name: 'list_segments', arguments: {} });
    expect(result.structuredContent).toEqual(output);
  });

  it('carry a chart as a PNG of its own size', async () => {
    const { content } = await connected.client.callTool({ name: 'show_chart', arguments: { chart: 'map' } });
    const [, image] = content as { mimeType: string; data: string }[];
    const png = Buffer.from(image!.data, 'base64');
    expect(image!.mimeType).toBe('image/png');
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(png.length).toBeLessThan(750_000);
  });
});

it('each call leaves a row of who called what, and nothing of what was said', async () => {
  const { audit } = shop.context.state;
  const before = (await audit.list()).length;
  const caller = person({ actor: 'grace', role: 'viewer', surface: 'http' });
  const { client, close } = await connectedClient(appOver(shop.context), caller, { era: 'modern' });
  await client.callTool({ name: 'find_segments', arguments: { description: 'Ines Meyer' } });
  await client.callTool({ name: 'show_segment', arguments: { segment: 'nobody' } });
  await close();
  const rows = (await audit.list()).slice(before);
  expect(rows).toMatchObject([
    {
      actor: 'grace',
      action: 'mcp.tool',
      subject: 'find_segments',
      details: { role: 'viewer', surface: 'http' },
    },
    { actor: 'grace', action: 'mcp.tool', subject: 'show_segment' },
  ]);
  expect(JSON.stringify(rows)).not.toContain('Ines');
});
