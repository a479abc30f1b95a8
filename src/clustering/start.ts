import { assign, inertiaOf } from './assign.ts';
import { lloyd } from './lloyd.ts';
import type { Matrix } from './matrix.ts';
import { createRandom } from './random.ts';
import { seedCentroids } from './seeding.ts';

export interface Start {
  centroids: Matrix;
  inertia: number;
}

/** Far enough to tell a good seeding from a poor one; settling takes several times as long. */
const iterations = 15;

/** One seeding, run a little way. `start` numbers it: each has its own stream of the seed. */
export function tryStart(matrix: Matrix, k: number, seed: number, start: number): Start {
  const seeded = seedCentroids(matrix, k, createRandom(seed, k, start));
  const { centroids } = lloyd(matrix, seeded, iterations);
  return { centroids, inertia: inertiaOf(assign(matrix, centroids).own) };
}
