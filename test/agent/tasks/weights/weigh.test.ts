import { afterAll, beforeAll, expect, test } from 'vitest';
import { weigh } from '../../../../src/agent/tasks/weights/weigh.ts';
import type { WeightsDraft } from '../../../../src/agent/tasks/weights/weights-draft.ts';
import { weighedView } from '../../../../src/cli/views/weigh.ts';
import { inProcess } from '../../../../src/clustering/pool.ts';
import { InputError } from '../../../../src/errors.ts';
import type { ToolContext } from '../../../../src/tools/tool.ts';
import { inMemory, type LivedShop, livedShop } from '../../../segmentation/refresh/lived-shop.ts';
import { failure, startScriptedModel, text } from '../../../support/scripted-model.ts';
import { madeContext } from '../../../tools/made-context.ts';

let shop: LivedShop;
let context: ToolContext;

beforeAll(async () => {
  shop = await livedShop({ open: inMemory, customers: 110, ahead: 1 });
  const { warehouse, state } = shop.context;
  context = madeContext({ warehouse, state, pool: inProcess });
});
afterAll(() => shop.close());

const priority = 'We want larger orders.';
const draft: WeightsDraft = {
  summary: 'It brings out who spends much at a time.',
  weights: [{ feature: 'order_value', weight: 3, reason: 'The value of an order is what is to grow.' }],
  leftOut: [],
  unsure: 'The data does not say what an order brings after costs.',
};
const reply = (change: Partial<WeightsDraft> = {}) => text(JSON.stringify({ ...draft, ...change }));

test("a model's weights are tried beside what stands, and wait for a person", async () => {
  await using scripted = await startScriptedModel([reply()]);
  const before = (await shop.context.state.models.current())!;
  const weighed = await weigh(context, scripted.access(), { priority, surface: 'cli' });
  expect(weighed).toMatchObject({ author: 'model', why: null, draft });
  const [proposal] = await shop.context.state.proposals.list();
  expect(proposal).toMatchObject({ kind: 'weights', status: 'open', createdBy: 'ada' });
  expect(proposal!.body.reasons).toEqual([
    { of: 'order_value', label: 'order value', weight: 3, reason: draft.weights[0]!.reason },
  ]);
  expect((await shop.context.state.models.current())!.id).toBe(before.id);
  const shown = weighedView(weighed, 100);
  expect(shown).toContain(`kindred approve ${proposal!.id}`);
  expect(shown).toContain('Not sure: The data does not say');
});

test('what the model sees is figures of all customers, and no row of any', async () => {
  await using scripted = await startScriptedModel([reply()]);
  await weigh(context, scripted.access(), { priority, surface: 'cli' });
  const sent = JSON.stringify(scripted.requests[0]!.messages);
  expect(sent).toContain('order_value | order value | transaction');
  const ids = await shop.context.warehouse.query<{ profile_id: string }>('SELECT profile_id FROM features');
  expect(ids.length).toBeGreaterThan(50);
  for (const { profile_id } of ids) expect(sent).not.toContain(profile_id);
});

test('an address in the priority reaches neither the model nor the proposal', async () => {
  await using scripted = await startScriptedModel([reply()]);
  const written = 'Larger orders, as anna@shop.example asked on +44 20 7946 0958.';
  const weighed = await weigh(context, scripted.access(), { priority: written, surface: 'cli' });
  expect(JSON.stringify(scripted.requests[0]!.messages)).toContain('Larger orders');
  expect(JSON.stringify([scripted.requests, weighed])).not.toMatch(/anna@|7946/);
});

test('weights that may not be used go back, and plain words stand in for those that stay wrong', async () => {
  const wrong = reply({
    weights: [{ feature: 'star_sign', weight: 2, reason: 'It is what they are like.' }],
  });
  await using scripted = await startScriptedModel([wrong, wrong]);
  const weighed = await weigh(context, scripted.access(), {
    priority: 'Keep our big spenders.',
    surface: 'cli',
  });
  expect(weighed.author).toBe('deterministic');
  expect(weighed.why).toContain('star_sign');
  expect(weighed.draft.weights.map(({ feature }) => feature)).toContain('order_value');
  expect(JSON.stringify(scripted.requests[1]!.messages.at(-1))).toContain('no feature \\"star_sign\\"');
});

test('where the service fails plain words stand in and say why; where they do not do either, both are said', async () => {
  await using scripted = await startScriptedModel(() => failure(529));
  const asked = (priority: string) => weigh(context, scripted.access(), { priority, surface: 'cli' });
  const weighed = await asked('Keep our big spenders.');
  expect(weighed).toMatchObject({ author: 'deterministic', why: expect.stringContaining('overloaded') });
  expect(weighedView(weighed, 200)).toContain('overloaded');
  const error = await asked('Make us proud.').catch(thrown => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toMatch(/overloaded.*Without a language model/);
  expect(error.next).not.toContain('ANTHROPIC_API_KEY');
});

test('a person who gives up while the model writes is told no weights, and nothing is proposed', async () => {
  const gone = new AbortController();
  await using scripted = await startScriptedModel(() => {
    gone.abort(new Error('gone'));
    return 'silence';
  });
  const before = (await shop.context.state.proposals.list()).length;
  const asking = weigh({ ...context, signal: gone.signal }, scripted.access(), { priority, surface: 'cli' });
  await expect(asking).rejects.toThrow('gone');
  expect(await shop.context.state.proposals.list()).toHaveLength(before);
});
