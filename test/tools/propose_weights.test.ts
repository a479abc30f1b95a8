import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcess } from '../../src/clustering/pool.ts';
import { proposeWeightsTool } from '../../src/tools/propose_weights.ts';
import { whatIfTool } from '../../src/tools/what_if.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

const weights = [
  { of: 'order_value', weight: 3, reason: 'The box is priced by basket.' },
  { of: 'engagement', weight: 0.5, reason: 'Mails are\u001b[31m\nnot sent yet.' },
];
const why = 'We launch a subscription in March.';

test('waits for a person with a reason for each weight, and is not fitted twice', async () => {
  const { context } = tools.shop;
  const before = await tools.shop.left();
  await tools.call(whatIfTool, { weights: { engagement: 0.5, order_value: 3 } });
  let fitted = 0;
  const pool = {
    ...inProcess,
    run: (...task: Parameters<typeof inProcess.run>) => {
      fitted++;
      return inProcess.run(...task);
    },
  } as typeof inProcess;
  const told = await tools.call(proposeWeightsTool, { weights, why }, { pool });
  expect(fitted).toBe(0);
  expect(told).toMatchObject({
    proposal: 'p-1',
    asOf: tools.shop.asOf(0),
    decide: 'Waits for a person: kindred approve p-1, or kindred reject p-1 --reason TEXT.',
  });
  expect(told.changes).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Other weights for .+ \(3\) and all of engagement \(0.5\)\.$/),
    ]),
  );
  const proposal = await context.state.proposals.byId('p-1');
  expect(proposal).toMatchObject({
    kind: 'weights',
    status: 'open',
    createdBy: 'ada',
    body: {
      why,
      reasons: [
        { of: 'order_value', weight: 3, reason: 'The box is priced by basket.' },
        { of: 'engagement', label: 'all of engagement', reason: 'Mails are [31m not sent yet.' },
      ],
    },
  });
  expect(await context.state.models.byId(proposal!.subject)).toMatchObject({
    asked: { weights: { features: { order_value: 3 }, classes: { engagement: 0.5 } } },
  });
  expect(await tools.shop.left()).toEqual(before);
});

test('refuses a feature that may not be used before anything is fitted, but leaves it out where asked', async () => {
  await tools.shop.context.state.decisions.record({
    feature: 'evening_share',
    effect: 'block',
    lawfulBasis: null,
    decidedBy: 'bob',
    at: '2026-11-20T00:00:00.000Z',
    reason: 'tells of working hours',
  });
  const only = (weight: number) => ({ weights: [{ of: 'evening_share', weight, reason: 'x' }], why });
  const before = await tools.shop.context.state.proposals.list();
  let begun = false;
  const progress = () => {
    begun = true;
  };
  await expect(tools.call(proposeWeightsTool, only(2), { progress })).rejects.toThrow('evening_share');
  expect(begun).toBe(false);
  expect(await tools.shop.context.state.proposals.list()).toEqual(before);
  expect(await tools.call(proposeWeightsTool, only(0))).toMatchObject({ proposal: 'p-2' });
});

test('a viewer may not propose', async () => {
  await expect(tools.call(proposeWeightsTool, { weights, why }, { role: 'viewer' })).rejects.toThrow(
    'for the role analyst',
  );
});
