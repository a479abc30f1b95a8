import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposePromotionTool } from '../../src/tools/propose_promotion.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

test('segments found anew wait for a person; given up on the way, nothing waits', async () => {
  const before = await tools.shop.left();
  const gone = new AbortController();
  const progress = () => gone.abort(new Error('given up'));
  await expect(tools.call(proposePromotionTool, {}, { signal: gone.signal, progress })).rejects.toThrow(
    'given up',
  );
  expect(await tools.shop.context.state.proposals.list()).toEqual([]);

  const told = await tools.call(proposePromotionTool, {});
  expect(told).toMatchObject({ proposal: 'p-1', decide: expect.stringContaining('kindred approve p-1') });
  expect(await tools.shop.context.state.proposals.byId('p-1')).toMatchObject({
    kind: 'promotion',
    status: 'open',
    createdBy: 'ada',
  });
  expect(await tools.shop.left()).toEqual(before);
});
