import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAudience } from '../../src/segmentation/audiences/build-audience.ts';
import { proposeSyncTool } from '../../src/tools/propose_sync.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

const handleOf = async (filter: unknown) =>
  (await buildAudience(tools.shop.context, { filter, actor: 'ada' })).audience.handle;

test('an audience that is to be handed out waits for a person, and no member is told', async () => {
  const handle = await handleOf({ field: 'orders', atLeast: 2 });
  const told = await tools.call(proposeSyncTool, { audience: handle, purpose: 'a winter mailing' });
  expect(told).toMatchObject({
    proposal: 'p-1',
    asOf: tools.shop.asOf(0),
    decide: expect.stringContaining('kindred approve p-1 --to FILE'),
  });
  expect(JSON.stringify(told)).not.toMatch(/@|shop\//);
  expect(await tools.shop.context.state.proposals.byId('p-1')).toMatchObject({
    kind: 'sync',
    subject: handle,
    body: { destination: 'file', purpose: 'a winter mailing' },
  });
  expect((await tools.shop.context.state.audit.list()).map(({ action }) => action)).not.toContain(
    'audience.exported',
  );
});

test('of an audience of a few it is not told how many', async () => {
  const [row] = await tools.shop.context.warehouse.query<{ bound: number }>(
    'SELECT revenue AS bound FROM features ORDER BY revenue DESC LIMIT 1 OFFSET 4',
  );
  const handle = await handleOf({ field: 'revenue', atLeast: row!.bound });
  const told = await tools.call(proposeSyncTool, { audience: handle, purpose: 'a call' });
  expect(told.customers).toBe('fewer than 10');
});

test.each([
  [{ audience: 'a-00000000', purpose: 'x' }, 'no audience "a-00000000"'],
  [{ audience: 'a-00000000' }, 'purpose'],
  [{ audience: 'a-00000000', purpose: 'x', destination: 'the internet' }, 'destination'],
])('refuses %j', async (input, why) => {
  await expect(tools.call(proposeSyncTool, input)).rejects.toMatchObject({
    mender: 'asker',
    message: expect.stringContaining(why),
  });
});
