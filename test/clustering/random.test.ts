import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/clustering/random.ts';

const take = (n: number, next: () => number) => Array.from({ length: n }, next);

describe('createRandom', () => {
  it('gives the same numbers for the same seed and stream, and others for others', () => {
    const numbers = (...stream: number[]) => take(5, createRandom(1, ...stream).uniform);
    expect(numbers(2, 3)).toEqual(numbers(2, 3));
    expect(numbers(2, 3)).not.toEqual(numbers(3, 2));
    expect(numbers()).not.toEqual(take(5, createRandom(2).uniform));
  });

  it('gives neighbouring streams that do not go together', () => {
    const n = 2000;
    const a = take(n, createRandom(1, 0).normal);
    const b = take(n, createRandom(1, 1).normal);
    const correlation = a.reduce((sum, value, i) => sum + value * b[i]!, 0) / n;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n));
  });

  it('draws normals with mean 0 and variance 1', () => {
    const values = take(20_000, createRandom(7).normal);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('samples without replacement, in order, within range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(200), fc.nat(200), (seed, a, b) => {
        const [size, n] = [Math.min(a, b), Math.max(a, b)];
        const drawn = [...createRandom(seed).sample(n, size)];
        expect(drawn).toEqual([...new Set(drawn)].sort((x, y) => x - y));
        expect(drawn).toHaveLength(size);
        expect(drawn.every(value => value >= 0 && value < n)).toBe(true);
      }),
    );
    expect(() => createRandom(1).sample(3, 4)).toThrow(RangeError);
  });

  it('gives every row the same chance to be sampled', () => {
    const hits = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) for (const row of createRandom(seed).sample(10, 3)) hits[row]!++;
    for (const count of hits) expect(Math.abs(count - 600)).toBeLessThan(5 * Math.sqrt(420));
  });

  it('shuffles into a permutation', () => {
    const values = take(50, createRandom(1).uniform);
    const shuffled = [...values];
    createRandom(2).shuffle(shuffled);
    expect(shuffled).not.toEqual(values);
    expect(shuffled.toSorted()).toEqual(values.toSorted());
  });
});
