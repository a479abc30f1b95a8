import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/demo/random.ts';

const draws = 20_000;

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: draws }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws };
}

describe('the source of chance', () => {
  test('repeats itself from a seed, and differs between neighbouring seeds', () => {
    const take = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, random.uniform);
    };
    expect(take(1)).toEqual(take(1));
    expect(Math.abs(take(1)[0]! - take(2)[0]!)).toBeGreaterThan(1e-6);
  });

  test.each([0.2, 0.8, 1, 1.6])('gamma has mean 1 and variation %f', variation => {
    const { mean, variance } = moments(() => random.gamma(variation));
    expect(mean).toBeCloseTo(1, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(variation, 1);
  });

  test.each([0.1, 3, 25, 400])('poisson has mean and variance %f', mean => {
    const found = moments(() => random.poisson(mean));
    expect(found.mean / mean).toBeCloseTo(1, 1);
    expect(found.variance / mean).toBeCloseTo(1, 1);
  });

  test('weighted picks as often as the weights say', () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < draws; i++) counts[random.weighted([1, 0, 3])]!++;
    expect(counts[1]).toBe(0);
    expect(counts[2]! / draws).toBeCloseTo(0.75, 1);
  });
});

const random = createRandom(7);
