/**
 * Squared Euclidean distance between d values of `a` from `i` and d values of `b` from `j`.
 * Four running sums, because one alone would make every addition wait for the last.
 */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < d; t += 4) {
    const d0 = a[i + t]! - b[j + t]!;
    const d1 = a[i + t + 1]! - b[j + t + 1]!;
    const d2 = a[i + t + 2]! - b[j + t + 2]!;
    const d3 = a[i + t + 3]! - b[j + t + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; t < d; t++) {
    const d0 = a[i + t]! - b[j + t]!;
    s0 += d0 * d0;
  }
  return s0 + s1 + (s2 + s3);
}
