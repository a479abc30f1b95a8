import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPurchases } from '../../src/forecasting/fit-purchases.ts';
import type { PurchaseHistories } from '../../src/forecasting/purchase-history.ts';
import { purchaseModels } from '../../src/forecasting/purchase-models.ts';
import { readCdnow } from './cdnow.ts';
import { randomFrom, simulateShop } from './simulate-shop.ts';

const { histories } = readCdnow();
const models = Object.values(purchaseModels);

const expectClose = (found: readonly number[], wanted: readonly number[], tolerance: number) =>
  wanted.forEach((value, i) => {
    expect(Math.abs(found[i]! / value - 1), `${found} for ${wanted}`).toBeLessThan(tolerance);
  });

const from = (rows: readonly (readonly [number, number, number])[]): PurchaseHistories => ({
  repeats: Float64Array.from(rows, row => row[0]),
  recency: Float64Array.from(rows, row => row[1]),
  age: Float64Array.from(rows, row => row[2]),
});

describe.each(models)('$name', model => {
  const fitted = fitPurchases(model, histories);

  test('is found from any sensible start', () => {
    const between = (least: number, most: number) =>
      fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
    const starts = fc.tuple(
      ...[0, 1, 2, 3].map(i => (model.timeParameters.includes(i) ? between(0.5, 100) : between(0.05, 10))),
    );
    fc.assert(
      fc.property(starts, start => {
        const found = fitPurchases(model, histories, start);
        expectClose(found.parameters, fitted.parameters, 1e-4);
        expect(found.logLikelihood).toBeCloseTo(fitted.logLikelihood, 6);
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test('does not depend on the unit of time', () => {
    for (const unit of [7, 1 / 52, 7 * 86_400]) {
      const scaled = {
        repeats: histories.repeats,
        recency: histories.recency.map(time => time * unit),
        age: histories.age.map(time => time * unit),
      };
      const found = fitPurchases(model, scaled).parameters;
      expectClose(
        found.map((value, i) => (model.timeParameters.includes(i) ? value / unit : value)),
        fitted.parameters,
        1e-4,
      );
    }
  });

  test('is the same to the last digit whatever the order of the customers', () => {
    const random = randomFrom(5);
    const order = Array.from(histories.repeats.keys(), i => ({ i, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ i }) => i);
    const shuffled = {
      repeats: Float64Array.from(order, i => histories.repeats[i]!),
      recency: Float64Array.from(order, i => histories.recency[i]!),
      age: Float64Array.from(order, i => histories.age[i]!),
    };
    expect(fitPurchases(model, shuffled)).toEqual(fitted);
  });

  test('recovers the parameters of a large shop, better than they explain it', () => {
    const truth = {
      'bg-nbd': [0.7, 40, 0.9, 2.4],
      'mbg-nbd': [0.7, 40, 0.9, 2.4],
      'pareto-nbd': [0.7, 40, 0.9, 120],
    }[model.name];
    const shop = simulateShop(model.name, truth, { customers: 30_000, oldest: 600, ahead: 0, seed: 2 });
    const found = fitPurchases(model, shop.histories);
    expectClose(found.parameters, truth, 0.15);
    const atTruth = model.logLikelihood(truth, shop.histories);
    // Twice the gain is chi-squared with four degrees of freedom: 23 is beyond 1 in 8,000.
    expect(found.logLikelihood).toBeGreaterThan(atTruth);
    expect(2 * (found.logLikelihood - atTruth)).toBeLessThan(23);
  });

  test('ends at something finite where the likelihood has no highest point', () => {
    const shops = [
      from(Array.from({ length: 200 }, () => [1, 30, 60])),
      from(Array.from({ length: 200 }, (_, i) => [10, 100 - (i % 2), 100])),
      from(Array.from({ length: 200 }, (_, i) => (i === 0 ? [1, 1, 5000] : [0, 0, 5000]))),
      from(Array.from({ length: 200 }, (_, i) => [200 + (i % 3), 4000, 5000])),
      from([[1, 1, 1]]),
    ];
    for (const shop of shops) {
      const found = fitPurchases(model, shop);
      expect([...found.parameters, found.logLikelihood].every(Number.isFinite)).toBe(true);
      const history = { repeats: shop.repeats[0]!, recency: shop.recency[0]!, age: shop.age[0]! };
      const expected = model.expectedPurchases(found.parameters, history, 90);
      expect(expected).toBeGreaterThanOrEqual(0);
      expect(expected).toBeLessThan(1000);
    }
  });

  test('refuses a shop where nobody came back, and what is no history or start', () => {
    expect(() => fitPurchases(model, from([[0, 0, 30]]))).toThrow(/nobody came back/);
    expect(() => fitPurchases(model, from([]))).toThrow(/nobody came back/);
    for (const wrong of [
      [1, 40, 30],
      [1.5, 10, 30],
      [0, 10, 30],
      [-1, 0, 30],
      [1, Number.NaN, 30],
      [1, 10, Infinity],
    ] as [number, number, number][])
      expect(() => fitPurchases(model, from([[2, 20, 30], wrong]))).toThrow(/no purchase history/);
    expect(() => fitPurchases(model, histories, [1, 1, 1])).toThrow(RangeError);
    expect(() => fitPurchases(model, histories, [1, 0, 1, 1])).toThrow(RangeError);
  });
});
