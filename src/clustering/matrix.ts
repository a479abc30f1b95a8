/** Row-major matrix: element (i, j) is data[i * cols + j]. Backed by shared memory where workers read it. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A rows x cols matrix of zeros in shared memory, so that handing it to a worker copies nothing. */
export function createMatrix(rows: number, cols: number): Matrix {
  const bytes = rows * cols * Float64Array.BYTES_PER_ELEMENT;
  return { rows, cols, data: new Float64Array(new SharedArrayBuffer(bytes)) };
}

/** The matrix whose rows are `rows`. Throws RangeError where they differ in length. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const matrix = createMatrix(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) throw new RangeError(`row ${i} has ${row.length} values, not ${cols}`);
    matrix.data.set(row, i * cols);
  });
  return matrix;
}

/** The rows as plain arrays, for JSON and for small results; not meant for whole populations. */
export function rowsOf(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.rows }, (_, i) => Array.from(rowAt(matrix, i)));
}

/** Row i as a view: writing to it writes to the matrix. */
export function rowAt(matrix: Matrix, i: number): Float64Array {
  return matrix.data.subarray(i * matrix.cols, (i + 1) * matrix.cols);
}

/** A new matrix of the rows at `index`, in that order. */
export function takeRows(matrix: Matrix, index: ArrayLike<number>): Matrix {
  const taken = createMatrix(index.length, matrix.cols);
  for (let i = 0; i < index.length; i++) taken.data.set(rowAt(matrix, index[i]!), i * matrix.cols);
  return taken;
}

/** Throws RangeError at the first value that is not a finite number: distances would all become NaN. */
export function assertFinite(matrix: Matrix): void {
  const at = matrix.data.findIndex(value => !Number.isFinite(value));
  if (at >= 0) {
    throw new RangeError(
      `row ${Math.floor(at / matrix.cols)}, column ${at % matrix.cols} is ${matrix.data[at]}: every value must be finite`,
    );
  }
}
