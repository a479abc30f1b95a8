import { sizesOf } from './assign.ts';
import { fitCopula } from './copula.ts';
import { accept, choose, type Measured } from './k-rule.ts';
import { fitKMeans, type KMeansFit } from './kmeans.ts';
import { assertFinite, type Matrix, rowAt, takeRows } from './matrix.ts';
import { largestOverlap } from './overlap.ts';
import { inProcess, type Pool } from './pool.ts';
import { createRandom } from './random.ts';
import { smallestJaccard } from './stability.ts';

/** What was measured at one k, and whether it may be chosen. */
export interface KRow {
  k: number;
  inertia: number;
  /** Simplified silhouette: distances to centroids, not to every other row. */
  silhouette: number;
  /** Its mean on references without groups (Gaussian copula). */
  reference: number;
  /** silhouette - reference. */
  delta: number;
  /** Smallest cluster-wise Jaccard over subsamples (Hennig 2007). */
  jaccard: number;
  /** Density on the border of the two least separated groups, over the lower of their peaks; 1 is no border. */
  overlap: number;
  /** What the k-th group takes off the log inertia, over what it takes off in references without groups. */
  gain: number;
  smallestSize: number;
  smallestShare: number;
  eligible: boolean;
  /** Plain sentence: why it was kept or dropped. */
  why: string;
}

export interface KChoice {
  /** null: no stable groups here. */
  k: number | null;
  reason: string;
  table: KRow[];
}

export interface KOptions {
  min: number;
  max: number;
  seed: number;
  /** Starts of k-means at each k. */
  starts?: number;
  /** Smallest share of the rows in a group. */
  minShare?: number;
  /** Smallest number of rows in a group. */
  minSize?: number;
}

/** Rows that every k is tried on; sizes and shares are scaled up from them. */
const sweepRows = 6_000;
const references = { count: 3, rows: 3_000, starts: 2 };
/** Of half of the rows each. */
const subsamples = 12;

const tiny = 1e-9;

/** Streams of the seed, apart from those of the starts. */
const stream = { sweep: 101, references: 102, subsamples: 103 };

/**
 * Chooses the number of groups in the rows (n x d, standardised) from min..max, by the rule in k-rule.ts, on a
 * seeded sample of 6,000 rows. Every k is measured against references drawn without groups and against itself on
 * subsamples. With min = max that k is taken, and its row is filled in all the same.
 *
 * @param onProgress called as pieces of work end, with their number and the number in all
 * @returns k is null where the rows show no stable groups, or have too few different values for any
 *   Throws RangeError where min..max is not a range of whole numbers from 1, or a value is not finite.
 */
export async function chooseK(
  matrix: Matrix,
  { min, max, seed, starts = 6, minShare = 0.02, minSize = 100 }: KOptions,
  pool: Pool = inProcess,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<KChoice> {
  if (!(Number.isInteger(min) && Number.isInteger(max) && 1 <= min && min <= max)) {
    throw new RangeError(`the range of k must be whole numbers from 1, and is ${min} to ${max}`);
  }
  assertFinite(matrix);
  const sample = sampleRows(matrix, sweepRows, createRandom(seed, stream.sweep).sample);
  const drawn = sample.rows > 0 ? await drawReferences(sample, seed, pool) : [];
  const different = Math.min(...[sample, ...drawn].map(rows => differentRows(rows, max)));
  if (different < min || (different < 2 && max > 1)) return tooAlike(matrix.rows, different, min);

  // One k below the first, because a group's gain is measured from there.
  const first = Math.max(1, min - 1);
  const ks = Array.from({ length: different - first + 1 }, (_, i) => first + i);
  const tick = counter(ks.length * (1 + references.count + subsamples), onProgress);
  const sweep: Sweep = { sample, drawn, starts, seed, pool, tick };
  // Large k first: they take longest, and a thread should not be left alone with one at the end.
  const fitted = (await Promise.all(ks.toReversed().map(k => fitAt(k, sweep)))).reverse();

  const rows = fitted.map((at, i) => measure(at, fitted[i - 1], sample, matrix.rows));
  const inRange = rows.filter(({ k }) => k >= min);
  const limits = { minShare, minSize };
  return min === max ? accept(inRange, limits, min) : choose(inRange, limits);
}

/** What every k is tried with. */
interface Sweep {
  sample: Matrix;
  drawn: Matrix[];
  starts: number;
  seed: number;
  pool: Pool;
  tick(): void;
}

interface Fitted {
  k: number;
  fit: KMeansFit;
  /** The same k on each reference. */
  groupless: KMeansFit[];
  jaccard: number;
}

function drawReferences(sample: Matrix, seed: number, pool: Pool): Promise<Matrix[]> {
  const copula = fitCopula(sample);
  const rows = Math.min(references.rows, sample.rows);
  return Promise.all(
    Array.from({ length: references.count }, (_, index) =>
      pool.run('reference', { copula, rows, seed: seed + stream.references, index }),
    ),
  );
}

async function fitAt(k: number, sweep: Sweep): Promise<Fitted> {
  const { sample, drawn, starts, seed, pool, tick } = sweep;
  const counted = async <Result>(work: Promise<Result>) => {
    const result = await work;
    tick();
    return result;
  };
  const fit = await counted(fitKMeans(sample, { k, starts, seed }, pool));
  const groupless = await Promise.all(
    drawn.map(reference => counted(fitKMeans(reference, { k, starts: references.starts, seed }, pool))),
  );
  const size = Math.ceil(sample.rows / 2);
  const { centroids, labels } = fit;
  const coefficients = await Promise.all(
    Array.from({ length: subsamples }, (_, index) => {
      const subsample = { matrix: sample, centroids, labels, seed: seed + stream.subsamples, index, size };
      return counted(pool.run('stability', subsample));
    }),
  );
  return { k, fit, groupless, jaccard: smallestJaccard(coefficients) };
}

function measure(at: Fitted, before: Fitted | undefined, sample: Matrix, population: number): Measured {
  const { k, fit, groupless, jaccard } = at;
  const share = Math.min(...sizesOf(fit.labels, k)) / sample.rows;
  const reference = mean(groupless.map(each => each.silhouette));
  return {
    k,
    inertia: fit.inertia,
    silhouette: fit.silhouette,
    reference,
    delta: fit.silhouette - reference,
    jaccard,
    overlap: largestOverlap(sample, fit.centroids, fit.labels),
    gain: before ? gainOver(before, at) : 1,
    smallestSize: Math.round(share * population),
    smallestShare: share,
  };
}

function gainOver(before: Fitted, at: Fitted): number {
  const drop = logDrop(before.fit, at.fit);
  const ordinary = mean(at.groupless.map((fit, i) => logDrop(before.groupless[i]!, fit)));
  return drop / Math.max(ordinary, 1e-6);
}

/** What a further group takes off the log inertia; the floor keeps rows that lie on their centroids finite. */
function logDrop(before: KMeansFit, after: KMeansFit): number {
  return Math.log(Math.max(before.inertia, tiny)) - Math.log(Math.max(after.inertia, tiny));
}

function sampleRows(matrix: Matrix, most: number, sample: (n: number, size: number) => Int32Array): Matrix {
  return matrix.rows <= most ? matrix : takeRows(matrix, sample(matrix.rows, most));
}

/** Number of different rows, counted no further than `enough`. */
function differentRows(matrix: Matrix, enough: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < matrix.rows && seen.size < enough; i++) seen.add(rowAt(matrix, i).join());
  return seen.size;
}

function tooAlike(rows: number, different: number, min: number): KChoice {
  const none = 'No stable groups here: ';
  const reason =
    different === 0
      ? `${none}there are no customers.`
      : different === 1
        ? `${none}all ${rows} customers look alike in these features.`
        : `${none}${min} groups need at least ${min} customers who differ, and there are ${different}.`;
  return { k: null, reason, table: [] };
}

function counter(total: number, onProgress: (done: number, total: number) => void): () => void {
  let done = 0;
  return () => onProgress(++done, total);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
