import { Matrix } from 'ml-matrix';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Eigen, symmetricEigen, withFixedSign } from './eigen.ts';

/** Compressed sparse rows: entries of row i are offsets[i] .. offsets[i + 1] of `indices` (columns) and `values`. */
export interface SparseRows {
  readonly rows: number;
  readonly cols: number;
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface TruncatedSvd {
  /** components[d][j]: weight of column j in dimension d; unit length, orthogonal, largest singular value first. */
  components: number[][];
  singularValues: number[];
  /** scores[d][i]: row i on dimension d (u * s). */
  scores: Float64Array[];
}

/** Up to this many columns the Gram matrix is decomposed exactly; it costs cols cubed. */
const EXACT_COLS = 400;
const OVERSAMPLING = 10;
const ITERATIONS = 15;
/** Relative to the largest singular value; the Gram matrix squares them, so what is less is rounding noise. */
const NEGLIGIBLE = 1e-7;

/**
 * The leading singular triplets of a sparse matrix (not centred).
 *
 * Few columns: eigen-decomposition of the Gram matrix. Many: subspace iteration from a seeded random start, then a
 * Rayleigh-Ritz step (Halko, Martinsson & Tropp 2011, algorithm 4.4, on the Gram matrix).
 * Signs are fixed: the largest weight of each component is positive. Gives fewer than `dimensions` components where
 * the rank is lower. Rows are summed in their order: the same rows in the same order give the same bits.
 */
export function truncatedSvd(sparse: SparseRows, dimensions: number, seed: number): TruncatedSvd {
  const wanted = Math.min(dimensions, sparse.rows, sparse.cols);
  if (wanted <= 0) return { components: [], singularValues: [], scores: [] };
  const { values, vectors } =
    sparse.cols <= EXACT_COLS ? symmetricEigen(gram(sparse)) : leadingByIteration(sparse, wanted, seed);
  const largest = Math.sqrt(Math.max(0, values[0]!));
  const components: number[][] = [];
  const singularValues: number[] = [];
  for (let d = 0; d < Math.min(wanted, values.length); d++) {
    const singular = Math.sqrt(Math.max(0, values[d]!));
    if (!(singular > NEGLIGIBLE * largest)) break;
    components.push(withFixedSign(vectors[d]!));
    singularValues.push(singular);
  }
  return { components, singularValues, scores: components.map(component => project(sparse, component)) };
}

function gram({ rows, cols, offsets, indices, values }: SparseRows): Matrix {
  const sums = new Float64Array(cols * cols);
  for (let i = 0; i < rows; i++) {
    for (let a = offsets[i]!; a < offsets[i + 1]!; a++) {
      const row = indices[a]! * cols;
      const value = values[a]!;
      for (let b = offsets[i]!; b < offsets[i + 1]!; b++) sums[row + indices[b]!]! += value * values[b]!;
    }
  }
  return Matrix.from1DArray(cols, cols, sums);
}

function leadingByIteration(sparse: SparseRows, wanted: number, seed: number): Eigen {
  const width = Math.min(sparse.cols, wanted + OVERSAMPLING);
  const random = xoroshiro128plus(seed);
  let basis: Float64Array = new Float64Array(sparse.cols * width);
  for (let i = 0; i < basis.length; i++) basis[i] = 2 * uniformFloat64(random) - 1;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    orthonormalise(basis, sparse.cols, width);
    basis = timesGram(sparse, basis, width);
  }
  orthonormalise(basis, sparse.cols, width);
  const small = symmetricEigen(rayleigh(basis, timesGram(sparse, basis, width), sparse.cols, width));
  const vectors = small.vectors.map(weights => {
    const vector = new Array<number>(sparse.cols).fill(0);
    for (let j = 0; j < sparse.cols; j++)
      for (let d = 0; d < width; d++) vector[j]! += basis[j * width + d]! * weights[d]!;
    return vector;
  });
  return { values: small.values, vectors };
}

/** A'(AV) for a basis V (cols x width, row-major). */
function timesGram(sparse: SparseRows, basis: Float64Array, width: number): Float64Array {
  const { rows, cols, offsets, indices, values } = sparse;
  const image = new Float64Array(cols * width);
  const score = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    score.fill(0);
    for (let a = offsets[i]!; a < offsets[i + 1]!; a++)
      for (let d = 0, at = indices[a]! * width; d < width; d++) score[d]! += values[a]! * basis[at + d]!;
    for (let a = offsets[i]!; a < offsets[i + 1]!; a++)
      for (let d = 0, at = indices[a]! * width; d < width; d++) image[at + d]! += values[a]! * score[d]!;
  }
  return image;
}

/** V'A'AV, made exactly symmetric. */
function rayleigh(basis: Float64Array, image: Float64Array, cols: number, width: number): Matrix {
  const product = Matrix.zeros(width, width);
  for (let d = 0; d < width; d++) {
    for (let e = 0; e <= d; e++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += basis[j * width + d]! * image[j * width + e]!;
      product.set(d, e, sum);
      product.set(e, d, sum);
    }
  }
  return product;
}

/** Modified Gram-Schmidt, twice over for accuracy; a direction that vanishes (low rank) becomes zero. */
function orthonormalise(basis: Float64Array, cols: number, width: number): void {
  for (let d = 0; d < width; d++) {
    const before = Math.sqrt(dot(basis, d, d, cols, width));
    for (let pass = 0; pass < 2; pass++) {
      for (let e = 0; e < d; e++) {
        const overlap = dot(basis, d, e, cols, width);
        for (let j = 0; j < cols; j++) basis[j * width + d]! -= overlap * basis[j * width + e]!;
      }
    }
    const norm = Math.sqrt(dot(basis, d, d, cols, width));
    const factor = norm > 1e-12 * before ? 1 / norm : 0;
    for (let j = 0; j < cols; j++) basis[j * width + d]! *= factor;
  }
}

function dot(basis: Float64Array, d: number, e: number, cols: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += basis[j * width + d]! * basis[j * width + e]!;
  return sum;
}

function project({ rows, offsets, indices, values }: SparseRows, component: number[]): Float64Array {
  const scores = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let a = offsets[i]!; a < offsets[i + 1]!; a++) sum += values[a]! * component[indices[a]!]!;
    scores[i] = sum;
  }
  return scores;
}
