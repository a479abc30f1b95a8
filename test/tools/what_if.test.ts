import { afterAll, beforeAll, expect, test } from 'vitest';
import { whatIfTool } from '../../src/tools/what_if.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

interface Tried {
  asOf: string;
  summary: string;
  recipe: string[];
  found: {
    now: { groups: number };
    proposed: { groups: number };
    changing: { customers: unknown };
    segments: { key: string; customersNow: unknown; customersProposed: unknown }[];
  } | null;
}

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

test('says what would change, in short and in figures of which none points at a few', async () => {
  const told = await tools.call<Tried>(whatIfTool, { k: 3, weights: { order_value: 3, browse: 0.5 } });
  expect(told).toMatchObject({
    asOf: tools.shop.asOf(0),
    recipe: [
      '3 groups instead of 4',
      expect.stringMatching(/^Other weights for .+ \(3\) and all of browse \(0.5\)$/),
    ],
    found: { now: { groups: 4 }, proposed: { groups: 3 } },
  });
  const record = (await tools.shop.context.state.refreshes.latest())!;
  const { segments } = told.found!;
  expect(segments.map(({ key }) => key)).toEqual(record.segments.map(({ key }) => key));
  segments.forEach(({ customersNow, customersProposed }, i) => {
    const { size } = record.segments[i]!;
    expect(customersNow).toBe(size < 10 ? 'fewer than 10' : size);
    // Beside an exact number the other is to the nearest ten.
    if (typeof customersProposed === 'number') expect(customersProposed % 10).toBe(0);
  });
  expect(JSON.stringify(told).length).toBeLessThan(4000);
});

test('changes nothing, and proposes nothing', async () => {
  const { context } = tools.shop;
  const before = await tools.shop.left();
  await tools.call(whatIfTool, { k: 2, kMax: 4 });
  expect(await tools.shop.left()).toEqual(before);
  expect(await context.state.proposals.list()).toEqual([]);
});

test('tells its steps, and stops at the next where the caller gives up', async () => {
  const gone = new AbortController();
  const stages: string[] = [];
  const call = tools.call(
    whatIfTool,
    { k: 5 },
    {
      signal: gone.signal,
      progress: ({ stage }) => {
        stages.push(stage);
        gone.abort(new Error('given up'));
      },
    },
  );
  await expect(call).rejects.toThrow('given up');
  expect(stages).toHaveLength(1);
});

test.each([
  [{}, 'nothing is changed'],
  [{ weights: { order_valu: 1 } }, 'no feature or class "order_valu"'],
  [{ weights: { order_value: 11 } }, 'weights'],
  [{ k: 5, kMax: 3 }, 'kMax (3) is below k (5)'],
  [{ overlay: 'bakery' }, 'overlay'],
])('refuses %j', async (input, why) => {
  await expect(tools.call(whatIfTool, input)).rejects.toMatchObject({
    mender: 'asker',
    message: expect.stringContaining(why),
  });
});
