import { findDuplicates } from './duplicates.ts';
import { createMatrix, type Matrix } from './matrix.ts';
import { quantile } from './quantile.ts';

/**
 * Frozen parameters that turn one raw column into its standardised form:
 * fill missing, shrink towards `mean` by support, log1p, clip to [low, high], (x - centre) / scale, times weight.
 */
export interface ColumnTransform {
  feature: string;
  /** Value that a missing one becomes, in raw units. */
  fill: number;
  /** Shrinkage target mu of (k + strength mu) / (n + strength); null where the column has no support. */
  shrink: { support: string; mean: number; strength: number } | null;
  log: boolean;
  low: number;
  high: number;
  centre: number;
  scale: number;
  weight: number;
}

/** One feature as it was measured, with how it is to be treated. */
export interface RawColumn {
  feature: string;
  /** n; NaN where missing. Infinity counts as missing too. */
  values: Float64Array;
  log: boolean;
  missing: 'zero' | 'median' | 'max';
  /** What the values are shares of, n counts: shares of few are shrunk to the mean of all. */
  support: { feature: string; values: Float64Array } | null;
  /** Greater than 0. Distances grow with it, so a weight of 0.5 makes a feature count a quarter in squared distances. */
  weight: number;
}

export interface DroppedColumn {
  feature: string;
  why: string;
}

/** How many imaginary observations at the shop's mean each share is mixed with. */
const strength = 4;
/** Winsorised shares at either end. */
const tail = 0.01;

/**
 * Learns the transforms of the columns. Left out, with the reason: columns without a value, columns that do not
 * vary once 1 % at either end is clipped, and columns whose transformed values correlate beyond 0.8 with one of
 * greater weight or, of equal weight, an earlier one.
 */
export function fitTransforms(columns: readonly RawColumn[]): {
  transforms: ColumnTransform[];
  dropped: DroppedColumn[];
} {
  const fitted: { column: RawColumn; transform: ColumnTransform }[] = [];
  const dropped: DroppedColumn[] = [];
  for (const column of columns) {
    const result = fitTransform(column);
    if ('why' in result) dropped.push(result);
    else fitted.push({ column, transform: result });
  }
  const duplicates = findDuplicates(
    fitted.map(({ column, transform }) => ({
      feature: column.feature,
      weight: column.weight,
      length: column.values.length,
      at: i => transformed(column.values[i]!, column.support?.values[i] ?? 0, transform),
    })),
  );
  dropped.push(...duplicates);
  const gone = new Set(duplicates.map(({ feature }) => feature));
  const transforms = fitted.map(({ transform }) => transform).filter(({ feature }) => !gone.has(feature));
  return { transforms, dropped };
}

function fitTransform(column: RawColumn): ColumnTransform | DroppedColumn {
  const { feature, values, log, support, weight } = column;
  const present = values.filter(Number.isFinite).sort();
  if (present.length === 0) return { feature, why: 'no customer has a value' };
  const fill = fillOf(present, column.missing);
  const shrink = support && { support: support.feature, mean: pooledMean(values, support.values), strength };
  const stretched = values.map((value, i) => stretch(value, support?.values[i] ?? 0, { fill, shrink, log }));
  stretched.sort();
  const low = quantile(stretched, tail);
  const high = quantile(stretched, 1 - tail);
  const { mean, deviation } = clippedMoments(stretched, low, high);
  // Relative to the values: equal numbers leave a deviation of rounding, not of behaviour.
  if (!(deviation > 1e-9 * Math.max(Math.abs(low), Math.abs(high)))) {
    return { feature, why: 'it is the same for nearly all customers' };
  }
  return { feature, fill, shrink, log, low, high, centre: mean, scale: deviation, weight };
}

/**
 * The transformed matrix (n x number of transforms, in their order).
 *
 * @param columns raw values by feature, n each, supports among them
 * @param winsorise false leaves extremes where they are, which is what finding outliers needs
 * @throws RangeError where a column is absent, or columns differ in length
 */
export function applyTransforms(
  columns: ReadonlyMap<string, Float64Array>,
  transforms: readonly ColumnTransform[],
  { winsorise = true }: { winsorise?: boolean } = {},
): Matrix {
  const rows = columns.values().next().value?.length ?? 0;
  const matrix = createMatrix(rows, transforms.length);
  transforms.forEach((transform, j) => {
    const values = columnOf(columns, transform.feature);
    const support = transform.shrink && columnOf(columns, transform.shrink.support);
    if (values.length !== rows || (support && support.length !== rows)) {
      throw new RangeError(`${transform.feature} has ${values.length} rows, not ${rows}`);
    }
    const limits = winsorise ? transform : { ...transform, low: -Infinity, high: Infinity };
    for (let i = 0; i < rows; i++) {
      matrix.data[i * matrix.cols + j] = transformed(values[i]!, support?.[i] ?? 0, limits);
    }
  });
  return matrix;
}

function columnOf(columns: ReadonlyMap<string, Float64Array>, feature: string): Float64Array {
  const column = columns.get(feature);
  if (!column) throw new RangeError(`there is no column ${feature}`);
  return column;
}

function transformed(value: number, support: number, transform: ColumnTransform): number {
  const clipped = Math.min(transform.high, Math.max(transform.low, stretch(value, support, transform)));
  return ((clipped - transform.centre) / transform.scale) * transform.weight;
}

/** Fills, shrinks and takes the logarithm: everything before clipping. */
function stretch(
  value: number,
  support: number,
  { fill, shrink, log }: Pick<ColumnTransform, 'fill' | 'shrink' | 'log'>,
): number {
  let x = Number.isFinite(value) ? value : fill;
  if (shrink) {
    const n = support > 0 ? support : 0;
    x = (x * n + shrink.strength * shrink.mean) / (n + shrink.strength);
  }
  return log ? Math.sign(x) * Math.log1p(Math.abs(x)) : x;
}

function fillOf(present: Float64Array, missing: RawColumn['missing']): number {
  if (missing === 'zero') return 0;
  return missing === 'median' ? quantile(present, 0.5) : present[present.length - 1]!;
}

/** The share over all observations: sum of k over sum of n. 0 where there is no observation. */
function pooledMean(values: Float64Array, support: Float64Array): number {
  let k = 0;
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const count = support[i]!;
    if (!Number.isFinite(values[i]!) || !(count > 0)) continue;
    k += values[i]! * count;
    n += count;
  }
  return n > 0 ? k / n : 0;
}

function clippedMoments(
  values: Float64Array,
  low: number,
  high: number,
): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += Math.min(high, Math.max(low, value));
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (Math.min(high, Math.max(low, value)) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
