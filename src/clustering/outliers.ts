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
  /** Columns without an ordinary range, where nearly all values are the same, are not among them. */
  columns: { feature: string; low: number; high: number }[];
  /** Rows of a greater score are outliers. */
  threshold: number;
}

/**
 * Learns from which score on a row is of unusual volume: bulk buyers and bots, who do things far more than is
 * ordinary.
 *
 * A column's ordinary range holds all but 1 % of its values at either end. A row's excess in a column is how far
 * it lies above, in widths of that range; its score is the root of its summed squared excesses. An outlier has a
 * score above the threshold, which is never below 0.5 and is higher where more than 1 % would pass it.
 *
 * @param matrix n x d standardised amounts, before winsorising: clipped rows have no excess
 * @param features d names, of the columns in their order
 */
export function fitOutliers(matrix: Matrix, features: readonly string[]): OutlierLimits {
  const { rows, cols, data } = matrix;
  const columns: OutlierLimits['columns'] = [];
  const column = new Float64Array(rows);
  for (let j = 0; j < cols && rows > 0; j++) {
    for (let i = 0; i < rows; i++) column[i] = data[i * cols + j]!;
    column.sort();
    const low = quantile(column, tail);
    const high = quantile(column, 1 - tail);
    if (high > low) columns.push({ feature: features[j]!, low, high });
  }
  if (rows === 0) return { columns, threshold: fence };
  const scores = outlierScores(matrix, features, { columns, threshold: fence });
  return { columns, threshold: Math.max(fence, quantile(scores.sort(), 1 - mostShare)) };
}

/**
 * The score of each row (n values, 0 for the ordinary) by limits that were learned before; above `limits.threshold` it
 * is an outlier.
 *
 * @param features d names, of the columns in their order; those that the limits do not name do not count
 */
export function outlierScores(
  { rows, cols, data }: Matrix,
  features: readonly string[],
  limits: OutlierLimits,
): Float64Array {
  const squares = new Float64Array(rows);
  for (const { feature, low, high } of limits.columns) {
    const j = features.indexOf(feature);
    if (j < 0) throw new RangeError(`there is no column ${feature}`);
    for (let i = 0; i < rows; i++) {
      const excess = Math.max(0, data[i * cols + j]! - high) / (high - low);
      squares[i]! += excess * excess;
    }
  }
  return squares.map(Math.sqrt);
}
