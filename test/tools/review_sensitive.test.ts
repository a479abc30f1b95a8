import { afterAll, beforeAll, expect, test } from 'vitest';
import { reviewSensitiveTool } from '../../src/tools/review_sensitive.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 240, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

const review = async (input: object) => {
  const context = madeContext({ ...shop.context, role: 'viewer' });
  return (await runTool(context, 'review_sensitive', input, [reviewSensitiveTool])).output;
};

test('tells names that the lexicon finds or that are blocked, how many customers go with them, and what was decided', async () => {
  const { warehouse, state } = shop.context;
  await warehouse.execute(
    "UPDATE order_lines SET category = 'pregnancy tests' WHERE category = (SELECT min(category) FROM order_lines)",
  );
  await warehouse.execute(
    "UPDATE orders SET coupon_code = 'HIV-JOHN' WHERE order_id = (SELECT min(order_id) FROM orders)",
  );
  await state.blockedTerms.block([
    {
      term: 'Mosque gifts',
      ground: 'belief',
      reason: 'tells of a faith',
      blockedBy: 'ada',
      at: '2026-11-20T00:00:00Z',
    },
  ]);
  await state.decisions.record({
    feature: 'evening_share',
    effect: 'block',
    lawfulBasis: null,
    decidedBy: 'ada',
    at: '2026-11-20T00:00:00Z',
    reason: 'not wanted',
  });
  const told = await review({});
  expect(told).toMatchObject({
    features: expect.arrayContaining([
      expect.objectContaining({
        id: 'evening_share',
        decision: { effect: 'block', lawfulBasis: null, on: '2026-11-20' },
      }),
    ]),
    names: expect.arrayContaining([
      expect.objectContaining({
        kind: 'category',
        name: 'pregnancy tests',
        ground: 'health',
        foundBy: 'lexicon',
      }),
      // One that few have may bear a name.
      {
        kind: 'coupon',
        name: 'a coupon of few',
        ground: 'health',
        foundBy: 'lexicon',
        customers: 'fewer than 10',
      },
    ]),
    blocked: [{ term: 'Mosque gifts', ground: 'belief', inModel: false }],
  });
  expect(JSON.stringify(told)).not.toContain('ada');
});

test('tells names of one kind where it is asked for', async () => {
  const { names } = (await review({ kind: 'channel' })) as { names: { kind: string }[] };
  expect(names.every(({ kind }) => kind === 'channel')).toBe(true);
});
