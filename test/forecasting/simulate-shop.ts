import type { PurchaseHistories } from '../../src/forecasting/purchase-history.ts';
import type { PurchaseModelName } from '../../src/forecasting/purchase-model.ts';

export interface SimulatedShop {
  histories: PurchaseHistories;
  /** Whether each customer had not dropped out by the end of the histories. */
  alive: boolean[];
  /** Times of each customer's occasions after that, from then, in order, as far as `ahead`. */
  later: number[][];
}

/** Customers who behave exactly as the model says; ages are spread evenly over (0, oldest]. */
export function simulateShop(
  model: PurchaseModelName,
  parameters: readonly number[],
  options: { customers: number; oldest: number; ahead: number; seed: number },
): SimulatedShop {
  const { customers, oldest, ahead } = options;
  const random = randomFrom(options.seed);
  const [r, alpha, third, fourth] = parameters as [number, number, number, number];
  const histories = {
    repeats: new Float64Array(customers),
    recency: new Float64Array(customers),
    age: new Float64Array(customers),
  };
  const alive: boolean[] = [];
  const later: number[][] = [];
  for (let i = 0; i < customers; i++) {
    const age = (oldest * (i + 1)) / customers;
    const rate = gamma(random, r) / alpha;
    let chance = 0;
    let life = Infinity;
    if (model === 'pareto-nbd') {
      life = exponential(random) / (gamma(random, third) / fourth);
    } else {
      const lost = gamma(random, third);
      chance = lost / (lost + gamma(random, fourth));
      if (model === 'mbg-nbd' && random() < chance) life = 0;
    }
    const after: number[] = [];
    for (let time = exponential(random) / rate; time < Math.min(life, age + ahead); ) {
      if (time <= age) {
        histories.repeats[i]! += 1;
        histories.recency[i] = time;
      } else {
        after.push(time - age);
      }
      if (random() < chance) life = time;
      time += exponential(random) / rate;
    }
    histories.age[i] = age;
    alive.push(life > age);
    later.push(after);
  }
  return { histories, alive, later };
}

/** Uniform on (0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

function exponential(random: () => number): number {
  return -Math.log(random());
}

/** Marsaglia & Tsang (2000). */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
