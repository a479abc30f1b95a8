import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers: the same seed and stream give the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number in [0, below). */
  integer(below: number): number;
  /** `size` different whole numbers of [0, n), ascending. */
  sample(n: number, size: number): Int32Array;
  /** Fisher-Yates, in place. */
  shuffle(values: { [index: number]: number; readonly length: number }): void;
}

/**
 * @param stream tells apart the independent streams of one seed, such as [start] or [k, subsample], so that
 *   no task's numbers depend on which tasks ran before it.
 */
export function createRandom(seed: number, ...stream: readonly number[]): Random {
  const generator = xoroshiro128plus(stream.reduce(mix, mix(0, seed)));
  const uniform = () => uniformFloat64(generator);
  const integer = (below: number) => Math.floor(uniform() * below);
  let spare = Number.NaN;

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  // Selection sampling (Knuth, TAOCP 2, algorithm S): one pass, already in order.
  function sample(n: number, size: number): Int32Array {
    if (size > n) throw new RangeError(`cannot draw ${size} of ${n} without replacement`);
    const drawn = new Int32Array(size);
    for (let i = 0, count = 0; count < size; i++) {
      if ((n - i) * uniform() < size - count) drawn[count++] = i;
    }
    return drawn;
  }

  function shuffle(values: { [index: number]: number; readonly length: number }): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      const value = values[i]!;
      values[i] = values[j]!;
      values[j] = value;
    }
  }

  return { uniform, normal, integer, sample, shuffle };
}

// The finaliser of MurmurHash3: neighbouring seeds and streams end far apart.
function mix(state: number, value: number): number {
  let h = (state ^ Math.imul(value | 0, 0x9e3779b1)) + 0x7f4a7c15;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
