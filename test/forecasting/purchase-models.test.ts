import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyAt, type PurchaseHistory } from '../../src/forecasting/purchase-history.ts';
import { purchaseModels } from '../../src/forecasting/purchase-models.ts';
import { simulateShop } from './simulate-shop.ts';

const logUniform = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);

/** Whole days, as in Kindred. */
const anyHistory: fc.Arbitrary<PurchaseHistory> = fc
  .record({
    repeats: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 400 })),
    age: fc.integer({ min: 0, max: 5000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ repeats, age, share }) => {
    const x = Math.min(repeats, age);
    return { repeats: x, age, recency: x === 0 ? 0 : Math.max(x, Math.round(share * age)) };
  });

const anyParameters = (timeParameters: readonly number[]) =>
  fc.tuple(
    ...[0, 1, 2, 3].map(i => (timeParameters.includes(i) ? logUniform(0.05, 5000) : logUniform(0.01, 100))),
  );

const one = ({ repeats, recency, age }: PurchaseHistory) => ({
  repeats: Float64Array.of(repeats),
  recency: Float64Array.of(recency),
  age: Float64Array.of(age),
});

describe.each(Object.values(purchaseModels))('$name', model => {
  const anything = [anyParameters(model.timeParameters), anyHistory, logUniform(0.1, 3000)] as const;
  const options = { seed: 7, numRuns: 300 };

  test('the chance of a purchase rises from 0 towards that of being alive', () => {
    fc.assert(
      fc.property(...anything, (parameters, history, time) => {
        const alive = model.aliveProbability(parameters, history);
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        expect(model.purchaseProbability(parameters, history, 0)).toBe(0);
        const sooner = model.purchaseProbability(parameters, history, time);
        const later = model.purchaseProbability(parameters, history, 1.3 * time);
        expect(sooner).toBeGreaterThanOrEqual(0);
        expect(later).toBeGreaterThanOrEqual(sooner * (1 - 1e-11));
        expect(later).toBeLessThanOrEqual(alive * (1 + 1e-11));
      }),
      options,
    );
  });

  test('the time to a purchase is where that chance gets there, and null where it never does', () => {
    fc.assert(
      fc.property(
        ...anything,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (parameters, history, _time, probability) => {
          const time = model.timeToPurchase(parameters, history, probability);
          if (time === null) {
            expect(model.purchaseProbability(parameters, history, 1e30)).toBeLessThanOrEqual(
              probability + 1e-9,
            );
          } else {
            expect(time).toBeGreaterThanOrEqual(0);
            expect(Math.abs(model.purchaseProbability(parameters, history, time) - probability)).toBeLessThan(
              1e-9,
            );
          }
        },
      ),
      options,
    );
  });

  test('expected purchases are 0 at once, rise, and are at least the chance of one', () => {
    fc.assert(
      fc.property(...anything, (parameters, history, time) => {
        expect(model.expectedPurchases(parameters, history, 0)).toBe(0);
        const sooner = model.expectedPurchases(parameters, history, time);
        const later = model.expectedPurchases(parameters, history, 1.3 * time);
        expect(later).toBeLessThan(Infinity);
        expect(later).toBeGreaterThanOrEqual(sooner * (1 - 1e-10));
        expect(sooner).toBeGreaterThanOrEqual(
          model.purchaseProbability(parameters, history, time) * (1 - 1e-9),
        );
      }),
      options,
    );
  });

  test('the slopes of the likelihood are its difference quotients', () => {
    fc.assert(
      fc.property(anything[0], anything[1], (parameters, history) => {
        const groups = { ...one(history), counts: Float64Array.of(3), mostRepeats: history.repeats };
        const gradient = new Float64Array(4);
        const value = model.logLikelihoodOf(parameters, groups, gradient);
        expect(value).toBeGreaterThan(-Infinity);
        expect(value).toBeCloseTo(3 * model.logLikelihood(parameters, one(history)), 5);
        for (let i = 0; i < 4; i++) {
          const step = 1e-5;
          const at = (factor: number) =>
            model.logLikelihoodOf(
              parameters.map((parameter, j) => (j === i ? parameter * factor : parameter)),
              groups,
            );
          const quotient = (at(1 + step) - at(1 - step)) / (2 * step);
          // By the logarithm of the parameter.
          const slope = gradient[i]! * parameters[i]!;
          expect(Math.abs(slope - quotient)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
        }
      }),
      options,
    );
  });

  test('days or weeks make no difference', () => {
    fc.assert(
      fc.property(...anything, (parameters, history, time) => {
        const weekly = parameters.map((value, i) => (model.timeParameters.includes(i) ? value / 7 : value));
        const inWeeks = { ...history, recency: history.recency / 7, age: history.age / 7 };
        const close = (a: number, b: number) =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.abs(b));
        close(
          model.expectedPurchases(weekly, inWeeks, time / 7),
          model.expectedPurchases(parameters, history, time),
        );
        close(
          model.purchaseProbability(weekly, inWeeks, time / 7),
          model.purchaseProbability(parameters, history, time),
        );
        const likelihood = model.logLikelihood(parameters, one(history));
        // A density: each purchase falls into a shorter unit.
        expect(model.logLikelihood(weekly, one(inWeeks)) - history.repeats * Math.log(7)).toBeCloseTo(
          likelihood,
          5,
        );
      }),
      options,
    );
  });

  test('stays finite for customers and parameters beyond all reason', () => {
    const histories = [
      { repeats: 0, recency: 0, age: 0 },
      { repeats: 0, recency: 0, age: 5000 },
      { repeats: 200, recency: 200, age: 5000 },
      { repeats: 200, recency: 5000, age: 5000 },
      { repeats: 4999, recency: 4999, age: 5000 },
    ];
    const extremes = [1e-8, 1e-3, 1, 1e3, 1e8];
    for (const history of histories)
      for (const first of extremes)
        for (const second of extremes)
          for (const third of extremes)
            for (const fourth of extremes) {
              const parameters = [first, second, third, fourth];
              const values = [
                model.logLikelihood(parameters, one(history)),
                model.aliveProbability(parameters, history),
                model.purchaseProbability(parameters, history, 90),
                model.timeToPurchase(parameters, history, 0.5) ?? 0,
              ];
              expect(
                values.every(Number.isFinite),
                `${parameters} ${JSON.stringify(history)}: ${values}`,
              ).toBe(true);
            }
    for (const history of histories)
      for (const parameters of [
        [1e-3, 1e-3, 1e-3, 1e-3],
        [1e3, 1e3, 1e3, 1e3],
        [0.2, 1e-3, 1e3, 1e-3],
        [1e3, 0.1, 0.1, 1e3],
      ])
        expect(model.expectedPurchases(parameters, history, 365)).toBeLessThan(Infinity);
  });

  test('customers who behave as it says do what it expects', () => {
    const parameters = {
      'bg-nbd': [0.8, 40, 0.9, 2.4],
      'mbg-nbd': [0.8, 40, 0.9, 2.4],
      'pareto-nbd': [0.8, 40, 0.9, 120],
    }[model.name];
    const ahead = 90;
    const shop = simulateShop(model.name, parameters, { customers: 40_000, oldest: 400, ahead, seed: 11 });
    const difference = new Map<string, { sum: number; squares: number; count: number }>();
    const note = (what: string, group: string, expected: number, happened: number) => {
      add(`${what}, all`, expected, happened);
      add(`${what}, ${group}`, expected, happened);
    };
    const add = (what: string, expected: number, happened: number) => {
      const seen = difference.get(what) ?? { sum: 0, squares: 0, count: 0 };
      seen.sum += happened - expected;
      seen.squares += (happened - expected) ** 2;
      seen.count++;
      difference.set(what, seen);
    };
    for (let i = 0; i < shop.alive.length; i++) {
      const history = historyAt(shop.histories, i);
      const later = shop.later[i]!;
      // Held apart, so that too much for one cannot hide too little for another.
      const group = `x ${Math.min(history.repeats, 3)}, ${history.age - history.recency > 60 ? 'long' : 'lately'}`;
      note('alive', group, model.aliveProbability(parameters, history), shop.alive[i] ? 1 : 0);
      for (const time of [7, ahead]) {
        const bought = later.filter(at => at <= time).length;
        note(`purchases in ${time}`, group, model.expectedPurchases(parameters, history, time), bought);
        note(
          `any in ${time}`,
          group,
          model.purchaseProbability(parameters, history, time),
          Math.min(1, bought),
        );
      }
    }
    expect(difference.size).toBeGreaterThanOrEqual(35);
    for (const [what, { sum, squares, count }] of difference)
      if (count > 200) expect(Math.abs(sum) / Math.sqrt(squares + 1e-9), what).toBeLessThan(4);
  });
});
