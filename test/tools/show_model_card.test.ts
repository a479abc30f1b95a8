import { expect, test } from 'vitest';
import { runTool } from '../../src/tools/run-tool.ts';
import { showModelCardTool } from '../../src/tools/show_model_card.ts';
import { exampleModel } from '../state/example-model.ts';
import { madeContext } from './made-context.ts';
import { madeState } from './made-state.ts';

const show = async (change: Parameters<typeof exampleModel>[0]) => {
  const context = madeContext({ state: madeState(exampleModel(change)), role: 'viewer' });
  return (await runTool(context, 'show_model_card', {}, [showModelCardTool])).output;
};

test('tells what a model was fitted with, what was tried, and by what it can be told again', async () => {
  expect(await show({})).toMatchObject({
    id: 'm-1',
    kind: 'clusters',
    fittedAsOf: '2011-12-10',
    asOf: '2011-12-17',
    fingerprint: 'f1',
    dataFingerprint: 'd1',
    catalogueVersion: '1',
    recipe: {
      overlay: 'ecommerce',
      seed: '42',
      groups: 'from 2 to 12',
      features: { weekend_share: 0.5 },
      classWeights: { transaction: 1, category: 0.7 },
      more: 0,
      askedWeights: true,
    },
    choice: {
      k: 2,
      reason: 'largest that is stable',
      delta: 0.2,
      stability: 0.9,
      table: [{ k: 2, smallest: 800 }],
    },
    carrying: ['recency'],
  });
});

test('tells of few customers only that they are few, and of all no more than leaves them untold', async () => {
  const { population } = (await show({})) as { population: object };
  expect(population).toMatchObject({
    customers: 4000,
    withoutOrders: 12,
    revenue: 100000,
    setAside: { customers: 'fewer than 10', revenueShare: null },
  });
});

test('names the heaviest features of many, and says how many more there are', async () => {
  const { recipe } = exampleModel();
  const features = Array.from({ length: 50 }, (_, i) => ({ id: `feature_${i}`, weight: i / 10 }));
  const shown = (await show({ recipe: { ...recipe, features, k: 4 } })) as {
    recipe: { features: Record<string, number>; more: number; groups: string };
  };
  expect(shown.recipe).toMatchObject({ more: 10, groups: '4' });
  expect(Object.keys(shown.recipe.features)[0]).toBe('feature_49');
});
