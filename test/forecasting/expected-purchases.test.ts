import { expect, test } from 'vitest';
import { expectedPurchasesAt } from '../../src/forecasting/expected-purchases.ts';
import { historyAt } from '../../src/forecasting/purchase-history.ts';
import { purchaseModels } from '../../src/forecasting/purchase-models.ts';
import { simulateShop } from './simulate-shop.ts';

test('many customers at once come to the same as one by one', () => {
  const shop = simulateShop('bg-nbd', [0.7, 40, 0.9, 2.4], { customers: 500, oldest: 40, ahead: 0, seed: 9 });
  const histories = { ...shop.histories, age: shop.histories.age.map(Math.ceil) };
  for (const model of Object.values(purchaseModels)) {
    const expected = expectedPurchasesAt(model, [0.7, 40, 0.9, 2.4], histories, [0, 30, 365]);
    expect(expected.length).toBe(3);
    [0, 30, 365].forEach((time, t) => {
      for (let i = 0; i < 500; i++)
        expect(expected[t]![i]).toBe(
          model.expectedPurchases([0.7, 40, 0.9, 2.4], historyAt(histories, i), time),
        );
    });
  }
});
