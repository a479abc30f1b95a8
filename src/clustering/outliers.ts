import type { Matrix } from './matrix.ts';
import { quantile } from './quantile.ts';

/** Where a column's ordinary values end: 1 % lie beyond at either side. */
const tail = 0.01;
/** Smallest excess that makes an outlier, in widths of the ordinary range; 4.7 standard deviations of normal data. */
const fence = 0.5;
/** No more than this share is ever set aside: more than that is a segment. */
const mostShare = 0.01;

/** Frozen: where the ordinary range of each column of amounts ends, and from which score a row is set aside. */
export interface OutlierLimits {
  columns: { feature: string; low: number; high: number }[];
  threshold: number;
}

/**
 * Finds rows of unusual volume: bulk buyers and bots, who do things far more than is ordinary.
 *
 * A column's ordinary range holds all but 1 % of its values at either end. A row's excess in a column is how far
 * it lies above, in widths of that range; its score is the root of its summed squared excesses. An outlier has a
 * score above the threshold, which is never below 0.5 and is higher where more than 1 % would pass it.
 *
 * @param matrix n x d standardised amounts, before winsorising: clipped rows have no excess
 */
export function findOutliers(matrix: Matrix): { outlier: Uint8Array; threshold: number } {
  const scores = excessScores(matrix);
  const threshold = matrix.rows === 0 ? fence : Math.max(fence, quantile(scores.toSorted(), 1 - mostShare));
  return { outlier: Uint8Array.from(scores, score => (score > threshold ? 1 : 0)), threshold };
}

function excessScores({ rows, cols, data }: Matrix): Float64Array {
  const squares = new Float64Array(rows);
  const column = new Float64Array(rows);
  for (let j = 0; j < cols && rows > 0; j++) {
    for (let i = 0; i < rows; i++) column[i] = data[i * cols + j]!;
    column.sort();
    const low = quantile(column, tail);
    const high = quantile(column, 1 - tail);
    if (!(high > low)) continue;
    for (let i = 0; i < rows; i++) {
      const value = data[i * cols + j]!;
      const excess = Math.max(0, value - high) / (high - low);
      squares[i]! += excess * excess;
    }
  }
  return squares.map(Math.sqrt);
}
