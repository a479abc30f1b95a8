import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { WholeNumbers } from './whole-numbers.ts';

/** A stream of random numbers, the same for the same seed on every machine. */
export interface Chance {
  /** A whole number of 0..below - 1; `below` is at most 2^24, where no number is favoured by more than one in 256. */
  below(below: number): number;
  /** One of the numbers, as likely as they are. */
  of(numbers: Drawn): number;
}

/** Whole numbers, ready to be drawn. */
export interface Drawn {
  from: number;
  /** Sums of the weights up to each number, ascending to 1. */
  upTo: Float64Array;
}

export function chanceOf(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  return {
    below: below => Math.floor(uniform() * below),
    of({ from, upTo }) {
      const u = uniform();
      let low = 0;
      let high = upTo.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (upTo[middle]! > u) high = middle;
        else low = middle + 1;
      }
      return from + low;
    },
  };
}

export function drawn({ from, weights }: WholeNumbers): Drawn {
  const upTo = new Float64Array(weights.length);
  let sum = 0;
  for (const [i, weight] of weights.entries()) {
    sum += weight;
    upTo[i] = sum;
  }
  return { from, upTo: upTo.map(part => part / sum) };
}

/** A seed that depends on all of the numbers and on their order: FNV-1a over their bytes. */
export function seedOf(...lists: readonly Float64Array[]): number {
  let hash = 0x811c9dc5;
  for (const list of lists)
    for (const byte of new Uint8Array(Float64Array.from([list.length, ...list]).buffer))
      hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
