/** Row-major matrix: element (i, j) is data[i * cols + j]. Backed by shared memory where workers read it. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}
