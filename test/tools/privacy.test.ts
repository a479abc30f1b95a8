import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolCalls } from '../../bench/tool-calls.ts';
import { KindredError } from '../../src/errors.ts';
import { currentModel } from '../../src/segmentation/current.ts';
import { tools } from '../../src/tools/registry.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

/** So few customers that most segments and nearly every audience are of a handful. */
const customers = 48;

let shop: LivedShop;
let context: ToolContext;
/** Whatever says who somebody is. */
let secrets: string[];
beforeAll(async () => {
  shop = await livedShop({ customers, ahead: 2 });
  const { warehouse } = shop.context;
  await warehouse.execute(
    `UPDATE customers SET email = 'mail' || replace(profile_id, '/', '-') || '@example.com',
       phone = '+44 20 7946 ' || length(profile_id)`,
  );
  await shop.refresh(1);
  await shop.refresh(2);
  context = madeContext({ ...shop.context, role: 'approver' });
  const rows = await warehouse.query<{ id: string }>(
    `SELECT profile_id AS id FROM identities UNION SELECT email AS id FROM customers
     UNION SELECT order_id AS id FROM orders WHERE length(order_id) > 6`,
  );
  secrets = rows.map(({ id }) => id).filter(id => id !== null && id.length > 6);
}, 120_000);
afterAll(() => shop.close());

/** A count of people below ten in words: "7 customers". */
const fewInWords =
  /(?<![\d.,£$€-])[1-9] (?:customers?|people|buyers?|shoppers?|members?|profiles?|are|were|moved|became)\b/i;

function expectPrivate(told: unknown): void {
  const text = JSON.stringify(told);
  expect(secrets.filter(secret => text.includes(secret))).toEqual([]);
  expect(text).not.toMatch(/[\w.-]+@[\w-]+\.\w/);
  expect(text).not.toContain('+44');
  expect(stringsIn(told).filter(string => fewInWords.test(string))).toEqual([]);
  for (const [key, value] of numbersIn(told))
    if (/^(customers|buyers|members|people|meets|dropped|without|more|elsewhere|contacts)$/.test(key))
      expect(value === 0 || value >= 10 || key === 'more', `${key}: ${value} in ${text}`).toBe(true);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}

function numbersIn(value: unknown, key = ''): [key: string, value: number][] {
  if (typeof value === 'number') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    numbersIn(inner, Array.isArray(value) ? key : name),
  );
}

async function told(tool: string, input: unknown): Promise<unknown> {
  try {
    return (await runTool(context, tool, input)).output;
  } catch (error) {
    // A refusal is read by the model too.
    if (error instanceof KindredError) return { message: error.message, next: error.next };
    throw error;
  }
}

const handleOf = async () =>
  (
    (await runTool(context, 'build_audience', { filter: { field: 'orders', atLeast: 4 } })).output as {
      handle: string;
    }
  ).handle;

describe('in a shop of a few dozen customers', () => {
  it('there are groups of which nothing may be told', async () => {
    const { segments } = await currentModel(context.state);
    expect(segments.some(({ size }) => size < 10)).toBe(true);
    expect(secrets.length).toBeGreaterThan(customers);
  });

  it('no tool tells of fewer than ten, or who somebody is', async () => {
    const model = await currentModel(context.state);
    const calls = toolCalls(model, await handleOf());
    for (const { tool, input } of calls) expectPrivate(await told(tool, input));
    for (const { key } of model.segments) {
      expectPrivate(await told('show_segment', { segment: key }));
      expectPrivate(await told('compare_segments', { segments: [key, model.segments[0]!.key] }));
      expectPrivate(await told('build_audience', { filter: { segment: key } }));
      expectPrivate(await told('build_audience', { filter: { not: { segment: key } } }));
    }
    expectPrivate(await told('show_moves', { from: shop.asOf(0) }));
  }, 60_000);

  it('whatever is asked, no audience tells of fewer than ten', async () => {
    const bound = fc.record({
      field: fc.constantFrom('orders', 'recency', 'order_value', 'tenure', 'churn_probability'),
      atLeast: fc.double({ min: 0, max: 400, noNaN: true }),
    });
    const days = fc.record({ orders: fc.record({ within: fc.integer({ min: 1, max: 400 }) }) });
    const clause = fc.oneof(bound, days);
    const filter = fc.oneof(
      clause,
      fc.record({ not: clause }),
      fc.record({ all: fc.array(clause, { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(clause, { minLength: 1, maxLength: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(filter, async given => {
        const built = await told('build_audience', { filter: given });
        expectPrivate(built);
        const { handle } = built as { handle?: string };
        if (handle !== undefined) expectPrivate(await told('explain_audience', { handle }));
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

it('of classical cells, most of them of a few or of nobody, no more is told', async () => {
  const cells = await livedShop({ customers, ahead: 1, rfm: true });
  try {
    await cells.refresh(1);
    const there = madeContext({ ...cells.context, role: 'viewer' });
    const model = await currentModel(there.state);
    expect(model.kind).toBe('rfm');
    for (const { tool, input } of toolCalls(model, 'a-00000000')) {
      const result = await runTool(there, tool, input).catch((error: unknown) => error);
      // What such a shop cannot answer is refused with words, never by a defect.
      if (result instanceof Error) expect(result).toBeInstanceOf(KindredError);
      else expectPrivate((result as { output: unknown }).output);
    }
  } finally {
    await cells.close();
  }
}, 60_000);

it('every tool that answers at once is asked', () => {
  const asked = new Set(toolCalls({ segments: [] }, 'a-1').map(({ tool }) => tool));
  const reading = tools.filter(({ effect, slow }) => effect === 'read' && !slow);
  expect(reading.filter(({ name }) => !asked.has(name)).map(({ name }) => name)).toEqual([]);
});
