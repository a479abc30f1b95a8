import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The demo's source of chance: all draws come from one seeded generator, in a fixed order. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** In 0..count-1. */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  /** The index of one of `weights`, each as likely as its weight. */
  weighted(weights: readonly number[]): number;
  normal(): number;
  /** `median` times e to a normal with standard deviation `sigma`. */
  logNormal(median: number, sigma: number): number;
  /** Mean 1, with the given coefficient of variation. */
  gamma(variation: number): number;
  poisson(mean: number): number;
}

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  // The first numbers of neighbouring seeds resemble each other.
  for (let i = 0; i < 64; i++) generator.next();

  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const below = (count: number) => Math.floor(uniform() * count);
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    chance: probability => uniform() < probability,
    below,
    pick: list => list[below(list.length)]!,
    weighted(weights) {
      let left = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
      for (let i = 0; i < weights.length - 1; i++) {
        left -= weights[i]!;
        if (left < 0) return i;
      }
      return weights.length - 1;
    },
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    gamma(variation) {
      // Marsaglia and Tsang (2000), A simple method for generating gamma variables; a shape under 1 is raised by one.
      const shape = 1 / (variation * variation);
      const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
      const c = 1 / Math.sqrt(9 * d);
      for (;;) {
        const x = normal();
        const v = (1 + c * x) ** 3;
        if (v <= 0 || Math.log(1 - uniform()) >= 0.5 * x * x + d - d * v + d * Math.log(v)) continue;
        return ((shape < 1 ? (1 - uniform()) ** (1 / shape) : 1) * d * v) / shape;
      }
    },
    poisson(mean) {
      if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = uniform(); product > limit; product *= uniform()) count++;
      return count;
    },
  };
}
