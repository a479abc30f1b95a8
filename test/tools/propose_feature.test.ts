import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeFeatureTool } from '../../src/tools/propose_feature.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

const input = { feature: 'evening_share', lawfulBasis: 'consent', why: 'the newsletter is sent at night' };

test('a feature that may be used already needs no decision', async () => {
  await expect(tools.call(proposeFeatureTool, input)).rejects.toThrow('may be used already');
  await expect(tools.call(proposeFeatureTool, { ...input, feature: 'shoe_size' })).rejects.toThrow(
    'no feature "shoe_size"',
  );
});

test('one that was blocked waits for a person, on a lawful basis', async () => {
  const { state } = tools.shop.context;
  await state.decisions.record({
    feature: 'evening_share',
    effect: 'block',
    lawfulBasis: null,
    decidedBy: 'bob',
    at: '2026-11-20T00:00:00.000Z',
    reason: 'tells of working hours',
  });
  const decisions = await state.decisions.list();
  await expect(tools.call(proposeFeatureTool, { ...input, lawfulBasis: 'habit' })).rejects.toThrow(
    'lawfulBasis',
  );
  expect(await tools.call(proposeFeatureTool, input)).toMatchObject({
    proposal: 'p-1',
    summary: expect.stringContaining('on the lawful basis of consent'),
    customers: null,
    decide: expect.stringContaining('kindred approve p-1 --reason TEXT'),
  });
  expect(await state.decisions.list()).toEqual(decisions);
});
