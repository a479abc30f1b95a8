import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeRecipeTool } from '../../src/tools/propose_recipe.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

test('another number of groups and features to leave out wait for a person', async () => {
  const before = await tools.shop.left();
  const told = await tools.call(proposeRecipeTool, {
    k: 3,
    without: ['evening_share'],
    why: 'Two segments are nearly one.',
  });
  expect(told).toMatchObject({ proposal: 'p-1', asOf: tools.shop.asOf(0) });
  expect(told.changes).toEqual(
    expect.arrayContaining(['3 groups instead of 4.', expect.stringMatching(/^Without .+\.$/)]),
  );
  const proposal = await tools.shop.context.state.proposals.byId('p-1');
  expect(proposal).toMatchObject({
    kind: 'recipe',
    body: { why: 'Two segments are nearly one.', reasons: [], candidate: { groups: 3 } },
  });
  const candidate = await tools.shop.context.state.models.byId(proposal!.subject);
  expect(candidate!.recipe.features.map(({ id }) => id)).not.toContain('evening_share');
  expect(await tools.shop.left()).toEqual(before);
});

test.each([
  [{ why: 'because' }, 'nothing is changed'],
  [{ without: ['shoe_size'], why: 'because' }, 'no feature or class "shoe_size"'],
  [{ k: 4 }, 'why'],
])('refuses %j', async (input, why) => {
  await expect(tools.call(proposeRecipeTool, input)).rejects.toMatchObject({
    mender: 'asker',
    message: expect.stringContaining(why),
  });
});
