import { assertFinite, createMatrix, type Matrix, takeRows } from './matrix.ts';
import { inProcess, type Pool } from './pool.ts';
import { createRandom } from './random.ts';
import type { KMeansFit } from './settle.ts';

export type { KMeansFit } from './settle.ts';

export interface KMeansOptions {
  k: number;
  /** Number of solutions that are followed to the end; as many again are made out of them. */
  starts?: number;
  seed: number;
}

/** Rows that solutions compete on: enough to rank them, few enough to try many. */
const sampleSize = 12_000;
/** Seedings tried for each start: a few passes tell the hopeless ones. */
const seedingsPerStart = 2;
const generations = 3;
/** Solutions of the sample that settle on all rows: their order there may differ where they are close. */
const finalists = 2;

/**
 * k-means (n x d): greedy k-means++ seedings run a little way on one seeded sample, the better half settle there,
 * are recombined, and the best of all settle on all rows by exact Lloyd. Every stage takes its candidates in a
 * fixed order, so neither threads nor timing change the result.
 *
 * @returns the fit with the smallest inertia; centroids in canonical order (by their first value, then the
 *   next), so that equal solutions compare equal. Throws RangeError where k is not in 1..n, where fewer than k
 *   different rows exist, or where a value is not finite.
 */
export async function fitKMeans(
  matrix: Matrix,
  { k, starts = 10, seed }: KMeansOptions,
  pool: Pool = inProcess,
): Promise<KMeansFit> {
  if (!(Number.isInteger(k) && k >= 1 && k <= matrix.rows)) {
    throw new RangeError(`k must be a whole number from 1 to ${matrix.rows} (the rows), and is ${k}`);
  }
  assertFinite(matrix);

  const all = matrix.rows <= sampleSize;
  const sample = all ? matrix : takeRows(matrix, createRandom(seed).sample(matrix.rows, sampleSize));
  const seedings = k === 1 ? 1 : seedingsPerStart * starts;
  const tried = await Promise.all(
    Array.from({ length: seedings }, (_, start) => pool.run('start', { matrix: sample, k, seed, start })),
  );
  const settled = await settleAll(sample, best(tried, starts), pool);
  const evolved = k === 1 ? settled : await evolve(sample, settled, seed, pool);
  return canonical(all ? evolved[0]! : (await settleAll(matrix, evolved.slice(0, finalists), pool))[0]!);
}

async function settleAll(
  matrix: Matrix,
  from: readonly { centroids: Matrix }[],
  pool: Pool,
): Promise<KMeansFit[]> {
  const fits = await Promise.all(
    from.map(({ centroids }) => pool.run('settle', { matrix, initial: centroids })),
  );
  return best(fits, fits.length);
}

/** The solutions and their children over a few generations, best first; the worst make room for better ones. */
async function evolve(matrix: Matrix, first: KMeansFit[], seed: number, pool: Pool): Promise<KMeansFit[]> {
  const brood = Math.ceil(first.length / 2);
  const random = createRandom(seed, first[0]!.centroids.rows, -1);
  let solutions = first;
  // The better of two drawn at random: good parents more often, poor ones not never.
  const parent = () =>
    solutions[Math.min(random.integer(solutions.length), random.integer(solutions.length))]!.centroids;
  for (let generation = 0; generation < generations; generation++) {
    const pairs = Array.from({ length: brood }, () => ({ one: parent(), other: parent() }));
    const children = await Promise.all(
      pairs.map(({ one, other }, i) =>
        pool.run('recombine', { matrix, one, other, seed, child: generation * brood + i }),
      ),
    );
    solutions = best([...solutions, ...children], first.length);
  }
  return solutions;
}

/** The `count` solutions of least inertia, equal ones once, the earlier first of equals. */
function best<Fit extends { inertia: number }>(fits: readonly Fit[], count: number): Fit[] {
  const byInertia = [...fits].sort((a, b) => a.inertia - b.inertia);
  const different = byInertia.filter(
    (fit, i) => i === 0 || fit.inertia > byInertia[i - 1]!.inertia * (1 + 1e-7),
  );
  return different.slice(0, count);
}

/** The same fit with its centroids in order of their first value, then the next, and labels to match. */
function canonical(fit: KMeansFit): KMeansFit {
  const { rows: k, cols: d, data } = fit.centroids;
  const order = Array.from({ length: k }, (_, j) => j).sort((a, b) => {
    for (let t = 0; t < d; t++) {
      const difference = data[a * d + t]! - data[b * d + t]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const centroids = createMatrix(k, d);
  const position = new Int32Array(k);
  order.forEach((from, to) => {
    centroids.data.set(data.subarray(from * d, (from + 1) * d), to * d);
    position[from] = to;
  });
  return { ...fit, centroids, labels: fit.labels.map(label => position[label]!) };
}
