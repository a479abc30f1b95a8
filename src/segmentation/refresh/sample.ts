import { createMatrix, type Matrix, rowAt } from '../../clustering/matrix.ts';
import { createRandom, type Random } from '../../clustering/random.ts';

/** A uniform sample of rows that come one after the other, however many they are (Vitter 1985, algorithm R). */
export interface RowSample {
  rows: Matrix;
  seen: number;
  random: Random;
}

export function startSample(size: number, dimensions: number, seed: number): RowSample {
  return { rows: createMatrix(size, dimensions), seen: 0, random: createRandom(seed) };
}

export function offer(sample: RowSample, row: Float64Array): void {
  const { rows, seen, random } = sample;
  const at = seen < rows.rows ? seen : random.integer(seen + 1);
  if (at < rows.rows) rowAt(rows, at).set(row);
  sample.seen++;
}

/** The rows drawn until now. */
export function sampled({ rows, seen }: RowSample): Matrix {
  const kept = Math.min(seen, rows.rows);
  return { rows: kept, cols: rows.cols, data: rows.data.subarray(0, kept * rows.cols) };
}
