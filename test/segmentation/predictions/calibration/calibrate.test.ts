import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/demo/random.ts';
import {
  bestModel,
  type CalibrationOutcome,
  calibrate,
} from '../../../../src/segmentation/predictions/calibration/calibrate.ts';
import type { Calibration } from '../../../../src/segmentation/predictions/calibration/calibration.ts';
import { trackRecord, verdict } from '../../../../src/segmentation/predictions/calibration/words.ts';
import { openPostgres } from '../../../../src/warehouse/postgres.ts';
import { stock, withShop } from '../../../features/shop.ts';
import { freshDatabase } from '../../../support/fresh-database.ts';
import { clockwork, geometricBuyers, on, ordersOf } from '../made-buyers.ts';

const period = { model: null, from: on(400), to: on(490), part: 1 };
const buyers = geometricBuyers({ customers: 2000, arriving: 330, days: 490, seed: 7 });

function calibrated(outcome: CalibrationOutcome): Calibration {
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  return outcome.calibration;
}

const over = (bought: Parameters<typeof ordersOf>[0], request = period) =>
  withShop(ordersOf(bought), warehouse => calibrate(warehouse, request));

test('where customers buy and leave as the models say, a model wins, sums are right and the tenths lie near the diagonal', async () => {
  const calibration = calibrated(await over(buyers));
  const { orders, churn, revenue } = calibration.targets;
  expect(calibration.customers).toBe(2000);
  const model = bestModel(calibration);
  for (const { used, accuracies } of [orders, churn, revenue]) {
    expect(used).toBe(model);
    const own = accuracies.find(({ predictor }) => predictor === used)!;
    const last = accuracies.find(({ predictor }) => predictor === 'last-period')!;
    expect(own.rmse).toBeLessThan(0.95 * last.rmse);
    expect(own.auc!).toBeGreaterThan(last.auc!);
    expect(Math.abs(own.totalError!)).toBeLessThan(0.08);
  }
  expect(verdict(calibration, 'orders')).toMatch(/^The \S+ model does best, so it is used\.$/);
  // Standard errors of a mean over 200 customers: 0.035 of a share, and of orders a tenth of their root.
  for (const { predicted, actual } of churn.deciles) expect(Math.abs(predicted - actual)).toBeLessThan(0.1);
  for (const { predicted, actual } of orders.deciles)
    expect(Math.abs(predicted - actual)).toBeLessThan(0.05 + 0.3 * Math.sqrt(predicted));
  expect(orders.deciles.map(({ customers }) => customers)).toEqual(Array(10).fill(200));
  expect(orders.segments).toEqual([]);
});

test('where everybody buys like clockwork, repeating the last period is used, and that is said', async () => {
  const calibration = calibrated(await over(clockwork(600, 540), { ...period, from: on(450), to: on(540) }));
  const { orders, churn, revenue } = calibration.targets;
  for (const { used, draw, accuracies } of [orders, churn, revenue]) {
    expect(used).toBe('last-period');
    expect(draw).toBeNull();
    expect(accuracies[0]).toMatchObject({ predictor: 'last-period', totalError: 0, rmse: 0, auc: 1 });
  }
  for (const target of ['orders', 'churn', 'revenue'] as const)
    expect(verdict(calibration, target)).toBe(
      'On your shop, repeating the last period does better than every model, so it is used.',
    );
  expect(calibration.notes.join(' ')).toContain('all or nothing');
});

test('what comes after the date changes nothing that is predicted as of it', async () => {
  const until = buyers.filter(({ day }) => day < 400);
  const other = [
    ...until,
    ...until.slice(0, 500).map(({ customer }) => ({ customer, day: 420, total: 999 })),
    ...Array.from({ length: 40 }, (_, i) => ({ customer: `late${i}`, day: 401 + i, total: 5 })),
  ];
  const predictedOf = ({ targets, customers }: Calibration) => [
    customers,
    ...Object.values(targets).map(({ accuracies }) =>
      Object.fromEntries(accuracies.map(({ predictor, predicted }) => [predictor, predicted])),
    ),
  ];
  const [seen, unseen] = [calibrated(await over(buyers)), calibrated(await over(other))];
  expect(predictedOf(unseen)).toEqual(predictedOf(seen));
  expect(unseen.targets.orders.accuracies[0]!.actual).not.toBe(seen.targets.orders.accuracies[0]!.actual);
});

test('what is paid back after the date is not known as of it; what is paid back in the days held out is', async () => {
  const shop = ordersOf(buyers.slice(0, 1200));
  const back = (from: number, to: number, day: number) => ({
    orders: shop.orders!.map(order => {
      const at = String(order.ordered_at);
      return at >= on(from) && at < on(to)
        ? { ...order, refunded: order.total, refunded_at: `${on(day)} 12:00:00` }
        : order;
    }),
  });
  const revenueOf = async (of: typeof shop) =>
    calibrated(await withShop(of, warehouse => calibrate(warehouse, period))).targets.revenue;
  const sums = ({ accuracies }: Awaited<ReturnType<typeof revenueOf>>) =>
    Object.fromEntries(accuracies.map(({ predictor, predicted }) => [predictor, predicted]));
  const plain = await revenueOf(shop);
  const earlier = await revenueOf(back(0, 400, 400));
  expect(sums(earlier)).toEqual(sums(plain));
  expect(earlier.accuracies[0]!.actual).toBe(plain.accuracies[0]!.actual);
  const within = await revenueOf(back(400, 490, 489));
  expect(sums(within)).toEqual(sums(plain));
  expect(within.accuracies[0]!.actual).toBe(0);
  expect(await revenueOf(back(400, 490, 490))).toEqual(plain);
});

test('where nobody ordered in the days held out, that is said, and nothing is divided by it', async () => {
  const calibration = calibrated(await over(buyers.filter(({ day }) => day < 400)));
  expect(calibration.notes.join(' ')).toMatch(/^Nobody ordered in the days held out\./);
  for (const { accuracies } of Object.values(calibration.targets))
    for (const { totalError, auc } of accuracies)
      expect([totalError ?? 0, auc]).toEqual([expect.any(Number), null]);
  for (const target of ['orders', 'churn', 'revenue'] as const)
    expect(verdict(calibration, target) + trackRecord(calibration, target, 'GBP')).not.toMatch(
      /NaN|Infinity|null/,
    );
});

test('Postgres says the same, and leaves nothing behind', async () => {
  const shop = ordersOf(buyers.slice(0, 3000));
  const some = { ...period, part: 0.6 };
  const warehouse = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(warehouse, shop);
    const found = await calibrate(warehouse, some);
    expect(found).toEqual(await withShop(shop, duck => calibrate(duck, some)));
    expect(calibrated(found).part).toBe(0.6);
    expect(calibrated(found).customers).toBeLessThan(900);
  } finally {
    await warehouse.close();
  }
});

test('a shop that is too young or too small gets none, with the reason', async () => {
  expect(await over(buyers, { ...period, from: on(150), to: on(240) })).toEqual({
    kind: 'none',
    reason:
      'Orders go back 150 days before 2024-05-30. Predictions are tried on the 90 days after that day before anybody is to believe them, which takes 180 days of orders before it: 270 in all.',
  });
  expect(await over([])).toMatchObject({
    reason: expect.stringMatching(/^There are no orders before 2025-02-04\./),
  });
  const few = await over(buyers.filter(({ customer }) => /^c\d\d?$/.test(customer)));
  expect(few).toMatchObject({
    kind: 'none',
    reason: expect.stringMatching(/^Only \d\d customers had come back .* need at least 100 who did\.$/),
  });
  const fewer = await over(buyers.filter(({ customer }) => /^c\d$/.test(customer)));
  expect(fewer).toMatchObject({ reason: expect.stringMatching(/^Fewer than 10 customers had come back/) });
});

test('a season of the year before is told, of the days held out and of those to come; neither growth nor leaving is one', async () => {
  const days = 900;
  // Customers order every 40 days, and every 20 in the last quarter of a year.
  const seasonal = Array.from({ length: 300 }, (_, c) => {
    const own = [];
    for (let day = c % 40; day < days; day += day % 365 >= 275 ? 20 : 40)
      own.push({ customer: `s${c}`, day, total: 20 });
    return own;
  }).flat();
  const within = calibrated(await over(seasonal, { ...period, from: on(640), to: on(730) }));
  expect(within.notes.join('\n')).toMatch(
    /A season: a year before the weeks held out \(2025-10-02 to 2025-12-30\), (1\.[6-9]|2\.\d) times as many orders/,
  );
  const ahead = calibrated(await over(seasonal, { ...period, from: on(550), to: on(640) }));
  expect(ahead.notes.join('\n')).toMatch(
    /before the 90 days that follow 2025-10-01, (1\.[6-9]|2\.\d) times as many orders .* expect more orders/,
  );
  // Ever more customers, who all buy at the same pace.
  const growing = Array.from({ length: 900 }, (_, c) => {
    const own = [];
    for (let day = c; day < days; day += 40) own.push({ customer: `g${c}`, day, total: 20 });
    return own;
  }).flat();
  const grown = calibrated(await over(growing, { ...period, from: on(640), to: on(730) }));
  expect(grown.notes.join('\n')).not.toMatch(/season/);
  // Many of whom leave: ever fewer of those who are known order.
  const random = createRandom(5);
  const leaving = Array.from({ length: 3000 }, (_, c) => {
    const own = [];
    for (let at = random.uniform() * days; at < days; at += -40 * Math.log(1 - random.uniform())) {
      own.push({ customer: `l${c}`, day: Math.floor(at), total: 20 });
      if (random.chance(0.4)) break;
    }
    return own;
  }).flat();
  for (const end of [700, 790]) {
    const left = calibrated(await over(leaving, { ...period, from: on(end - 90), to: on(end) }));
    expect(left.notes.join('\n')).not.toMatch(/season/);
  }
});
