import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FittedPurchases } from '../../../src/forecasting/purchase-model.ts';
import { purchaseModels } from '../../../src/forecasting/purchase-models.ts';
import { scoreProfiles } from '../../../src/segmentation/predictions/score-profiles.ts';

/** Fitted to CDNOW, in weeks; here as if they were days. */
const fits: FittedPurchases[] = [
  { model: 'bg-nbd', parameters: [0.242593, 4.413532, 0.792886, 2.425753], logLikelihood: 0 },
  { model: 'mbg-nbd', parameters: [0.524838, 6.182992, 0.891356, 1.613999], logLikelihood: 0 },
  { model: 'pareto-nbd', parameters: [0.553276, 10.57761, 0.606213, 11.66791], logLikelihood: 0 },
];

/** Anybody: x repeats, the last of them so many days after the first occasion, and silence since. */
const histories = fc
  .record({
    repeats: fc.integer({ min: 0, max: 60 }),
    spread: fc.integer({ min: 0, max: 400 }),
    silent: fc.integer({ min: 0, max: 400 }),
    worth: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  })
  .map(({ repeats, spread, silent, worth }) => {
    const recency = repeats === 0 ? 0 : repeats + spread;
    return { repeats, recency, age: recency + silent, worth };
  });

function scored(
  fit: FittedPurchases,
  customers: { repeats: number; recency: number; age: number; worth: number }[],
) {
  const column = (id: keyof (typeof customers)[number]) => Float64Array.from(customers, one => one[id]);
  return scoreProfiles(
    { repeats: column('repeats'), recency: column('recency'), age: column('age') },
    fit,
    column('worth'),
  );
}

test.each(fits)('$model: scores of anybody agree with each other', fit => {
  fc.assert(
    fc.property(fc.array(histories, { minLength: 1, maxLength: 5 }), customers => {
      const scores = scored(fit, customers);
      for (const i of customers.keys()) {
        const of = (id: keyof typeof scores) => scores[id][i]!;
        expect(of('expected_orders_30')).toBeLessThanOrEqual(of('expected_orders_90'));
        expect(of('expected_orders_90')).toBeLessThanOrEqual(of('expected_orders_365'));
        for (const id of ['order_probability_30', 'churn_probability', 'alive_probability'] as const) {
          expect(of(id)).toBeGreaterThanOrEqual(0);
          expect(of(id)).toBeLessThanOrEqual(1);
        }
        // Who orders within 30 days does within 90, and only who is alive orders at all.
        expect(of('order_probability_30')).toBeLessThanOrEqual(1 - of('churn_probability') + 1e-9);
        expect(1 - of('churn_probability')).toBeLessThanOrEqual(of('alive_probability') + 1e-9);
        expect(of('order_probability_30')).toBeLessThanOrEqual(of('expected_orders_30') + 1e-9);
        // Money later is worth less, at most a tenth.
        const undiscounted = of('expected_orders_365') * customers[i]!.worth;
        expect(of('lifetime_value')).toBeLessThanOrEqual(undiscounted * (1 + 1e-8));
        expect(of('lifetime_value')).toBeGreaterThanOrEqual(undiscounted * 0.9);
        expect(of('value_at_risk')).toBeGreaterThanOrEqual(0);
        const lost = Math.max(0, of('value_if_back') - of('lifetime_value'));
        expect(Math.abs(of('value_at_risk') - lost)).toBeLessThanOrEqual(1e-8 * of('value_if_back'));
        // A date that is told is the one by which the chance is reached; earlier and later ones stand around it.
        if (!Number.isNaN(of('next_order_latest'))) {
          expect(of('next_order_earliest')).toBeLessThanOrEqual(of('next_order_in'));
          expect(of('next_order_in')).toBeLessThanOrEqual(of('next_order_latest'));
        }
        const reached = (days: number) =>
          purchaseModels[fit.model].purchaseProbability(fit.parameters, customers[i]!, days);
        if (Number.isNaN(of('next_order_in'))) expect(reached(5 * 365)).toBeLessThan(0.5);
        else expect(reached(of('next_order_in'))).toBeCloseTo(0.5, 5);
      }
    }),
    { numRuns: 60 },
  );
});

test.each(fits)('$model: a customer scores the same whoever else is scored', fit => {
  fc.assert(
    fc.property(fc.array(histories, { minLength: 2, maxLength: 8 }), customers => {
      const together = scored(fit, customers);
      for (const [i, customer] of customers.entries()) {
        const alone = scored(fit, [customer]);
        for (const [id, values] of Object.entries(alone))
          expect(together[id as keyof typeof together][i]).toBe(values[0]);
      }
    }),
    { numRuns: 20 },
  );
});

test('who just ordered is not overdue; who has been silent far beyond their own gaps is, and is worth less than then', () => {
  const [fit] = fits;
  const scores = scored(fit!, [
    { repeats: 10, recency: 100, age: 100, worth: 50 },
    { repeats: 10, recency: 100, age: 200, worth: 50 },
    { repeats: 1, recency: 10, age: 110, worth: 50 },
  ]);
  // (4.413532 + 100) (4^(1 / 10.242593) - 1) days: three in four gaps of the first two are shorter.
  expect(scores.days_overdue[0]).toBeCloseTo(-15.132956, 4);
  expect(scores.days_overdue[1]).toBeCloseTo(100 - 15.132956, 4);
  expect(scores.days_overdue[2]).toBeCloseTo(100 - 14.413532 * (4 ** (1 / 1.242593) - 1), 5);
  expect(scores.value_at_risk[0]).toBe(0);
  expect(scores.value_at_risk[1]).toBeGreaterThan(scores.value_at_risk[2]!);
  expect(scores.value_if_back[1]).toBe(scores.value_if_back[0]);
});

test('without a value of orders there is no money, and all else', () => {
  const one = { repeats: 3, recency: 30, age: 40, worth: 20 };
  const [known, unknown] = [scored(fits[0]!, [one]), scored(fits[0]!, [{ ...one, worth: Number.NaN }])];
  const money = ['lifetime_value', 'value_if_back', 'value_at_risk'];
  for (const [id, values] of Object.entries(unknown))
    expect([id, values[0]]).toEqual([
      id,
      money.includes(id) ? Number.NaN : known[id as keyof typeof known][0],
    ]);
});

test('what comes in more than five years, or by customers of whom no rhythm is known, has no date', () => {
  const rare: FittedPurchases = { model: 'bg-nbd', parameters: [0.02, 30, 0.8, 2.4], logLikelihood: 0 };
  const scores = scored(rare, [{ repeats: 0, recency: 0, age: 300, worth: 20 }]);
  expect(scores.next_order_in[0]).toBeNaN();
  expect(scores.days_overdue[0]).toBeNaN();
  expect(scores.expected_orders_90[0]).toBeGreaterThan(0);
});
