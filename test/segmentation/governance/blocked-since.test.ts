import { afterAll, beforeAll, expect, test } from 'vitest';
import { featureById } from '../../../src/features/catalogue.ts';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { approve } from '../../../src/segmentation/proposals/decide.ts';
import { openFeature } from '../../../src/segmentation/proposals/open-feature.ts';
import { rollback } from '../../../src/segmentation/recluster/promote.ts';
import { recluster } from '../../../src/segmentation/recluster/recluster.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

const ada = { by: 'ada', reason: 'it fits the plan' };
const at = '2026-11-20T00:00:00.000Z';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

test('a candidate that was found with what is blocked by now does not come to stand', async () => {
  const { context } = shop;
  const { decisions } = context.state;
  const outcome = await recluster(context, { asOf: shop.asOf(1), actor: 'ada' }, silent);
  if (!('proposal' in outcome)) throw new Error('no groups');
  const { id } = outcome.proposal;
  const standing = await currentModel(context.state);
  const feature = standing.recipe.features[0]!.id;
  const block = { feature, effect: 'block', lawfulBasis: null, decidedBy: 'ada', at, reason: 'r' } as const;
  await decisions.record(block);
  await expect(approve(context, { id, ...ada })).rejects.toMatchObject({
    message: `${id} was found with the feature "${feature}", which was blocked since.`,
    next: 'Run `kindred recluster` for a proposal without it.',
  });
  expect((await currentModel(context.state)).id).toBe(standing.id);
  await decisions.record({ ...block, effect: 'allow', lawfulBasis: 'consent' });
  expect(await approve(context, { id, ...ada })).toMatchObject({ kind: 'promoted' });

  // Nor does it come back by taking the approval back.
  await decisions.record(block);
  const promoted = await currentModel(context.state);
  await expect(rollback(context, ada)).rejects.toMatchObject({
    message: `What stood before was found with the feature "${feature}", which was blocked since.`,
    next: 'Run `kindred recluster` for a proposal without it.',
  });
  expect((await currentModel(context.state)).id).toBe(promoted.id);
  await decisions.record({ ...block, effect: 'allow', lawfulBasis: 'consent' });
  expect((await rollback(context, ada)).model.id).toBe(standing.id);
});

test('approving a proposal allows nothing that tells of a special category: a condition has to be named', async () => {
  const { context } = shop;
  const feature = featureById('evening_share')!;
  const plain = { ...feature };
  Object.assign(feature, { sensitivity: 'special' });
  const { id } = await openFeature(context, {
    feature: feature.id,
    lawfulBasis: 'consent',
    why: 'timing',
    actor: 'ada',
  });
  await expect(approve(context, { id, ...ada })).rejects.toMatchObject({
    next: expect.stringContaining('kindred allow evening_share --basis BASIS --condition CONDITION'),
  });
  expect((await context.state.proposals.byId(id))?.status).toBe('open');
  Object.assign(feature, plain);
});
