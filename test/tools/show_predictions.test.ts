import { expect, test } from 'vitest';
import type { Model } from '../../src/segmentation/model.ts';
import type { Predictions } from '../../src/segmentation/predictions/predictions.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { showPredictionsTool } from '../../src/tools/show_predictions.ts';
import { madePredictions } from '../segmentation/predictions/made-calibration.ts';
import { exampleModel } from '../state/example-model.ts';
import { madeContext } from './made-context.ts';
import { madeState } from './made-state.ts';

/** Four segments, the last of a few people. */
function shop(): Model {
  const model = exampleModel();
  const [like] = model.segments;
  model.segments = ['a', 'b', 'c', 'd'].map((key, i) => ({ ...like!, key, size: i === 3 ? 7 : 1000 + i }));
  return model;
}

async function show(input: object, predictions: Predictions | undefined, model = shop()) {
  const state = madeState(model, predictions ? { predictions } : {});
  return (
    await runTool(madeContext({ state, role: 'viewer' }), 'show_predictions', input, [showPredictionsTool])
  ).output;
}

test('tells what is expected of each segment, and nothing of a few', async () => {
  const model = shop();
  const shown = await show({}, madePredictions(model), model);
  expect(shown).toMatchObject({ asOf: '2011-12-17', none: null });
  const segments = shown.segments as object[];
  expect(segments[0]).toMatchObject({
    key: 'a',
    customers: 1000,
    ordersNext90Days: 1234,
    valueAtRisk: 4321,
    churn: 0.62,
    overdueShare: 0.31,
  });
  expect(segments[3]).toMatchObject({
    customers: 'fewer than 10',
    ordersNext90Days: null,
    lifetimeValue: null,
    churn: null,
  });
});

test('tells how far to believe it: what is used, how far off it was, in the words of the commands', async () => {
  const model = shop();
  const { trust } = (await show({ target: 'revenue' }, madePredictions(model), model)) as {
    trust: { targets: object[]; segments: object[]; tenths: object[] };
  };
  expect(trust).toMatchObject({ from: '2026-08-03', until: '2026-10-31', customers: 4000 });
  expect(trust.targets).toMatchObject([
    { target: 'orders', predictor: 'MBG/NBD model', totalError: -0.1562, rmse: 1.4, rmseMoney: null },
    { target: 'churn', rmse: 0.41 },
    {
      target: 'revenue',
      predictor: 'Mean of the segment',
      rmse: null,
      rmseMoney: 90,
      says: 'Revenue after returns: £3,000 was foretold where £3,200 came, 6.3 % too little. On your shop, the segment’s mean does better than every model, so it is used.',
    },
  ]);
  expect(trust.tenths).toHaveLength(10);
  expect(trust.tenths[0]).toEqual({ name: 'tenth 1', customers: 400, predicted: '£22.00', actual: '£30.80' });
  expect(trust.segments[3]).toMatchObject({ customers: 'fewer than 10', predicted: null, actual: null });
});

test('tells no count of a few who were foretold not to order', async () => {
  const model = shop();
  const predictions = madePredictions(model);
  predictions.calibration.targets.churn.accuracies[0]!.actual = 4;
  const { trust } = (await show({}, predictions, model)) as { trust: { targets: { says: string }[] } };
  expect(trust.targets[1]).toMatchObject({ totalError: null });
  expect(trust.targets[1]!.says).toBe('The MBG/NBD model does best, so it is used.');
});

test('says why nothing is predicted', async () => {
  expect(await show({}, { kind: 'none', reason: 'Too few came back.' })).toMatchObject({
    none: 'Too few came back.',
    segments: [],
    trust: null,
  });
  expect(await show({}, undefined)).toMatchObject({ none: expect.stringContaining('kindred refresh') });
});
