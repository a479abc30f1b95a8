import { parseArgs } from 'node:util';
import { createRandom, type Random } from '../src/clustering/random.ts';
import { fitPurchases } from '../src/forecasting/fit-purchases.ts';
import type { PurchaseModelName } from '../src/forecasting/purchase-model.ts';
import { purchaseModels } from '../src/forecasting/purchase-models.ts';
import type { ShopHistories } from '../src/segmentation/predictions/histories.ts';
import { orderValuesOf } from '../src/segmentation/predictions/order-values.ts';
import { scoreProfiles } from '../src/segmentation/predictions/score-profiles.ts';

/**
 * npm run bench -- predictions: fits each purchase model and the spend model on made customers, and scores them all.
 * Everything but reading and writing the store.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'predictions'),
  options: { customers: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const histories = madeHistories(Number(values.customers), Number(values.seed));

const orderValue = timed('Gamma-Gamma', () => orderValuesOf(histories)).of;
for (const name of Object.keys(purchaseModels) as PurchaseModelName[]) {
  const fit = timed(`${name}: fit`, () => fitPurchases(purchaseModels[name], histories));
  const scored = timed(`${name}: score`, () => scoreProfiles(histories, fit.of, orderValue.orderValue));
  console.log(`${`${name}: fit and score`.padEnd(28)}${(fit.seconds + scored.seconds).toFixed(2)} s\n`);
}

function timed<T>(name: string, work: () => T): { of: T; seconds: number } {
  const start = process.hrtime.bigint();
  const of = work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(`${name.padEnd(28)}${seconds.toFixed(2)} s`);
  return { of, seconds };
}

/** Customers who came over two years and buy as BG/NBD says, in whole days: most once, some every other week. */
function madeHistories(customers: number, seed: number): ShopHistories {
  const random = createRandom(seed);
  const column = () => new Float64Array(customers);
  const [repeats, recency, age, value] = [column(), column(), column(), column()];
  for (let i = 0; i < customers; i++) {
    const rate = -Math.log(1 - random.uniform()) / 60;
    const leaves = random.uniform() ** 2;
    age[i] = 1 + random.integer(730);
    for (let day = gap(random, rate); day < age[i]! && random.uniform() >= leaves; day += gap(random, rate)) {
      repeats[i]! += 1;
      recency[i] = day;
    }
    value[i] = Math.round(100 * Math.exp(3.5 + 0.6 * random.normal())) / 100;
  }
  const occasions = repeats.map(x => x + 1);
  const paid = value.map((worth, i) => worth * occasions[i]!);
  return {
    profileIds: Array.from(repeats, (_, i) => String(i)),
    repeats,
    recency,
    age,
    occasions,
    value,
    paid,
    paidBack: paid.map(sum => (random.uniform() < 0.1 ? sum * random.uniform() : 0)),
  };
}

function gap(random: Random, rate: number): number {
  return 1 + Math.floor(-Math.log(1 - random.uniform()) / rate);
}
