import { createRandom, type Random } from '../../../src/demo/random.ts';

/**
 * A source of chance for one part of one customer's life. Each has its own, so that a change planted in one part moves
 * no number of another.
 */
export function stream(seed: number, ...path: readonly number[]): Random {
  let state = 0;
  for (const value of [seed, ...path]) {
    state = (state + Math.imul(value | 0, 0x9e3779b1) + 0x7f4a7c15) | 0;
    state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return createRandom(state);
}
