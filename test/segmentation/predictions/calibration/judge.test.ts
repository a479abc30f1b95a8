import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/demo/random.ts';
import type {
  Calibration,
  Predictor,
} from '../../../../src/segmentation/predictions/calibration/calibration.ts';
import { type Contender, judge } from '../../../../src/segmentation/predictions/calibration/judge.ts';
import { trackRecord, verdict } from '../../../../src/segmentation/predictions/calibration/words.ts';

const customers = 400;
const random = createRandom(3);
/** Two segments: members of one order four times, of the other hardly ever. */
const segment = Int32Array.from({ length: customers }, (_, i) => i % 2);
const orders = Float64Array.from(segment, s => random.poisson(s === 0 ? 4 : 0.1));
const actual = {
  orders,
  churn: orders.map(count => (count > 0 ? 0 : 1)),
  revenue: orders.map(count => 25 * count),
};
const places = {
  segment,
  groups: [
    { key: 'often', name: 'Often' },
    { key: 'rarely', name: 'Rarely' },
    { key: 'set-aside', name: 'Set aside' },
  ],
};

/** Predicts so many orders of each customer. */
function contender(predictor: Predictor, predict: (i: number) => number): Contender {
  const said = Float64Array.from({ length: customers }, (_, i) => predict(i));
  return {
    predictor,
    predicted: {
      orders: said,
      churn: said.map(value => Math.exp(-value)),
      revenue: said.map(value => 25 * value),
    },
  };
}

const calibration = (contenders: readonly Contender[], of = actual): Calibration => ({
  from: '2025-01-01',
  to: '2025-04-01',
  customers,
  part: 1,
  targets: judge(contenders, of, places),
  notes: [],
});

const flat = contender('bg-nbd', () => 2);
const vague = contender('pareto-nbd', i => (segment[i] === 0 ? 2.5 : 1.5));
const bySegment = contender('segment-mean', i => (segment[i] === 0 ? 4 : 0.1));

test('where the segment’s mean does better than every model, it is used and said so', () => {
  const found = calibration([flat, vague, bySegment]);
  for (const target of ['orders', 'churn', 'revenue'] as const) {
    expect(found.targets[target].used).toBe('segment-mean');
    expect(verdict(found, target)).toBe(
      'On your shop, the segment’s mean does better than every model, so it is used.',
    );
  }
  const { accuracies, deciles, segments } = found.targets.orders;
  expect(accuracies.map(({ predictor }) => predictor)).toEqual(['segment-mean', 'pareto-nbd', 'bg-nbd']);
  expect(segments.map(({ key, customers: size, predicted }) => [key, size, predicted])).toEqual([
    ['often', 200, 4],
    ['rarely', 200, expect.closeTo(0.1, 8)],
  ]);
  expect(deciles.map(({ predicted }) => predicted).toSorted((a, b) => a - b)).toEqual(
    deciles.map(({ predicted }) => predicted),
  );
  expect(deciles.reduce((sum, { actual: mean, customers: size }) => sum + mean * size, 0)).toBeCloseTo(
    accuracies[0]!.actual,
    6,
  );
  expect(trackRecord(found, 'orders', null)).toMatch(/^Orders: 820 were foretold where 8\d\d came/);
});

test('a baseline that one customer puts ahead is no better: a draw goes to the model', () => {
  const wholesaler = { ...actual, orders: orders.map((count, i) => (i === 0 ? 90 : count)) };
  const model = contender('bg-nbd', i => (segment[i] === 0 ? 4 : 0.1));
  const last = contender('last-period', i => (i === 0 ? 90 : random.poisson(segment[i] === 0 ? 4 : 0.1)));
  const found = calibration([model, last], wholesaler);
  const { used, draw, accuracies } = found.targets.orders;
  expect(accuracies.map(({ predictor }) => predictor)).toEqual(['last-period', 'bg-nbd']);
  expect([used, draw]).toEqual(['bg-nbd', 'last-period']);
  expect(verdict(found, 'orders')).toMatch(
    /^Repeating the last period comes closer .* That is a draw, so the BG\/NBD model is used\.$/,
  );
});

test('a baseline that wins although a few customers speak against it is used', () => {
  // Off by ten for five of them, and a little nearer than the model for all others.
  const surprised = { ...actual, orders: orders.map((count, i) => (i < 5 ? 90 : count)) };
  const model = contender('bg-nbd', i => (i < 5 ? 88 : orders[i]! + 1.2));
  const last = contender('last-period', i => (i < 5 ? 80 : orders[i]!));
  const found = calibration([model, last], surprised).targets.orders;
  expect([found.used, found.draw]).toEqual(['last-period', null]);
});

test('where one baseline only draws, another that wins is used', () => {
  const wholesaler = { ...actual, orders: orders.map((count, i) => (i === 0 ? 90 : count)) };
  const last = contender('last-period', i => (i === 0 ? 90 : orders[i]! + 3));
  const found = calibration([flat, last, bySegment], wholesaler);
  const { used, draw, accuracies } = found.targets.orders;
  expect(accuracies.map(({ predictor }) => predictor)).toEqual(['last-period', 'segment-mean', 'bg-nbd']);
  expect([used, draw]).toEqual(['segment-mean', null]);
  expect(verdict(found, 'orders')).toBe(
    'On your shop, the segment’s mean does better than every model, so it is used.',
  );
});

test('one model serves all targets, the one that does best on orders', () => {
  const good = contender('mbg-nbd', i => (segment[i] === 0 ? 4 : 0.1));
  const found = calibration([
    { ...good, predicted: { ...good.predicted, churn: good.predicted.churn!.map(value => 1 - value) } },
    vague,
  ]);
  expect(found.targets.churn.accuracies[0]!.predictor).toBe('pareto-nbd');
  expect(found.targets.churn.used).toBe('mbg-nbd');
  expect(verdict(found, 'churn')).toMatch(
    /^The MBG\/NBD model is used: it does best on orders, .* the Pareto\/NBD model comes closer\.$/,
  );
});

test('models that came to the same fit are as good as each other: the first is used', () => {
  const twin = contender('pareto-nbd', i => (segment[i] === 0 ? 2.5 : 1.5) * (1 - 1e-12));
  const found = calibration([{ ...vague, predictor: 'bg-nbd' }, twin]);
  expect(found.targets.orders.used).toBe('bg-nbd');
});

test('without a model of spend the better of the plain guesses tells the revenue', () => {
  const poor = { ...flat, predicted: { ...flat.predicted, revenue: null } };
  const found = calibration([poor, contender('last-period', () => 3), bySegment]);
  expect(found.targets.revenue.used).toBe('segment-mean');
  expect(verdict(found, 'revenue')).toBe(
    'Too few customers came back and paid for a model of what they spend, so the segment’s mean is used.',
  );
});

test('a period in which nobody ordered has no total error and no ranking', () => {
  const nothing = new Float64Array(customers);
  const found = calibration([flat, bySegment], {
    orders: nothing,
    churn: nothing.map(() => 1),
    revenue: nothing,
  });
  expect(found.targets.orders.accuracies[0]).toMatchObject({ actual: 0, totalError: null, auc: null });
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});
