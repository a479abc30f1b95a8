import { describe, expect, test } from 'vitest';
import { auc, rmse } from '../../src/forecasting/accuracy.ts';
import { bgNbd } from '../../src/forecasting/bg-nbd.ts';
import { expectedPurchasesAt } from '../../src/forecasting/expected-purchases.ts';
import { fitPurchases } from '../../src/forecasting/fit-purchases.ts';
import { historyAt } from '../../src/forecasting/purchase-history.ts';
import type { PurchaseModelName } from '../../src/forecasting/purchase-model.ts';
import { purchaseModels } from '../../src/forecasting/purchase-models.ts';
import { readCdnow } from './cdnow.ts';

// Fader, Hardie & Lee (2005) and independent refits; weeks.
const published: Record<PurchaseModelName, { parameters: number[]; logLikelihood: number; holdout: number }> =
  {
    'bg-nbd': {
      parameters: [0.242593, 4.413532, 0.792886, 2.425753],
      logLikelihood: -9582.4256,
      holdout: 1653,
    },
    'mbg-nbd': {
      parameters: [0.524838, 6.182992, 0.891356, 1.613999],
      logLikelihood: -9582.1327,
      holdout: 1577,
    },
    'pareto-nbd': {
      parameters: [0.553276, 10.57761, 0.606213, 11.66791],
      logLikelihood: -9594.9739,
      holdout: 1666,
    },
  };
const { histories, holdout } = readCdnow();
const weeks = 39;

test('the data are those of the papers', () => {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  expect(histories.repeats.length).toBe(2357);
  expect(sum(histories.repeats)).toBe(2457);
  expect(histories.repeats.filter(x => x === 0).length).toBe(1411);
  expect(holdout.length).toBe(2357);
  expect(sum(holdout)).toBe(1882);
});

describe.each(Object.values(purchaseModels))('$name', model => {
  const expectation = published[model.name];
  const fitted = fitPurchases(model, histories);

  test('is fitted to the published parameters and likelihood', () => {
    expect(fitted.model).toBe(model.name);
    expectation.parameters.forEach((parameter, i) => {
      expect(Math.abs(fitted.parameters[i]! / parameter - 1), model.parameters[i]).toBeLessThan(1e-5);
    });
    expect(fitted.logLikelihood).toBeCloseTo(expectation.logLikelihood, 3);
    expect(model.logLikelihood(expectation.parameters, histories)).toBeCloseTo(expectation.logLikelihood, 3);
  });

  test('predicts the holdout as published, well before what x 39 / T does', () => {
    const predicted = expectedPurchasesAt(model, fitted.parameters, histories, [weeks])[0]!;
    const total = predicted.reduce((sum, value) => sum + value, 0);
    expect(Math.round(total)).toBe(expectation.holdout);
    expect(Math.abs(rmse(predicted, holdout) - 1.6)).toBeLessThan(0.01);
    const plain = histories.repeats.map((x, i) => (x * weeks) / histories.age[i]!);
    expect(rmse(plain, holdout)).toBeCloseTo(2.21, 2);
  });

  test('tells who will come back from who will not', () => {
    const scores = Float64Array.from(holdout, (_, i) =>
      model.purchaseProbability(fitted.parameters, historyAt(histories, i), weeks),
    );
    expect(auc(scores, holdout)).toBeGreaterThan(0.75);
  });
});

test('BG/NBD ranks churn backwards by being alive, rightly by the next purchase', () => {
  const { parameters } = fitPurchases(bgNbd, histories);
  const none = holdout.map(count => (count === 0 ? 1 : 0));
  const each = (score: (i: number) => number) => Float64Array.from(holdout, (_, i) => score(i));
  const gone = each(i => 1 - bgNbd.aliveProbability(parameters, historyAt(histories, i)));
  const churn = each(i => 1 - bgNbd.purchaseProbability(parameters, historyAt(histories, i), weeks));
  expect(auc(gone, none)).toBeCloseTo(0.32, 2);
  expect(auc(churn, none)).toBeCloseTo(0.76, 2);
});

test('BG/NBD predicts what is published for four customers', () => {
  const predictions = [
    [2, 30.43, 38.86, 39, 1.226028175],
    [1, 1.71, 38.86, 39, 0.203186987],
    [0, 0, 38.86, 39, 0.195098052],
    [26, 30.86, 31, 52, 25.7581959],
  ] as [number, number, number, number, number][];
  for (const [repeats, recency, age, time, value] of predictions) {
    const predicted = bgNbd.expectedPurchases([0.243, 4.414, 0.793, 2.426], { repeats, recency, age }, time);
    expect(Math.abs(predicted / value - 1)).toBeLessThan(1e-8);
  }
});
