/**
 * Counts of rows by their two labels.
 * @param a n labels in 0..ka-1
 * @param b n labels in 0..kb-1
 * @returns ka x kb counts, row-major
 */
export function contingency(a: ArrayLike<number>, b: ArrayLike<number>, ka: number, kb: number): Int32Array {
  if (a.length !== b.length) throw new RangeError(`${a.length} labels cannot be compared with ${b.length}`);
  const table = new Int32Array(ka * kb);
  for (let i = 0; i < a.length; i++) table[a[i]! * kb + b[i]!]!++;
  return table;
}

/**
 * Agreement of two partitions of the same rows: 1 where they are the same up to names, about 0 where they agree
 * by chance only (Hubert and Arabie, "Comparing partitions", 1985).
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const ka = largest(a) + 1;
  const kb = largest(b) + 1;
  const table = contingency(a, b, ka, kb);
  const rowSums = new Float64Array(ka);
  const colSums = new Float64Array(kb);
  let together = 0;
  table.forEach((count, at) => {
    together += pairs(count);
    rowSums[Math.floor(at / kb)]! += count;
    colSums[at % kb]! += count;
  });
  const inA = rowSums.reduce((sum, count) => sum + pairs(count), 0);
  const inB = colSums.reduce((sum, count) => sum + pairs(count), 0);
  const all = pairs(a.length);
  const expected = all === 0 ? 0 : (inA * inB) / all;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

/**
 * How alike each cluster of one partition is to each of another: rows in both over rows in either (Jaccard 1901).
 * @param counts ka x kb counts of the rows that both partitions hold, row-major, as `contingency` gives them
 * @returns table[i][j] in 0..1; 0 where either cluster has no row
 */
export function jaccardTable(counts: ArrayLike<number>, ka: number, kb: number): number[][] {
  const rowSums = new Float64Array(ka);
  const colSums = new Float64Array(kb);
  for (let at = 0; at < ka * kb; at++) {
    rowSums[Math.floor(at / kb)]! += counts[at]!;
    colSums[at % kb]! += counts[at]!;
  }
  return Array.from({ length: ka }, (_, i) =>
    Array.from({ length: kb }, (_, j) => {
      const both = counts[i * kb + j]!;
      return both === 0 ? 0 : both / (rowSums[i]! + colSums[j]! - both);
    }),
  );
}

/**
 * How well each cluster of `a` is found again in `b`: its largest Jaccard coefficient with any cluster of `b`
 * (Hennig, "Cluster-wise assessment of cluster stability", 2007).
 * @returns ka values in 0..1; 0 for a cluster without rows
 */
export function jaccard(a: ArrayLike<number>, b: ArrayLike<number>, ka: number, kb: number): Float64Array {
  const table = jaccardTable(contingency(a, b, ka, kb), ka, kb);
  return Float64Array.from(table, row => Math.max(0, ...row));
}

const pairs = (count: number) => (count * (count - 1)) / 2;

function largest(labels: ArrayLike<number>): number {
  let most = -1;
  for (let i = 0; i < labels.length; i++) most = Math.max(most, labels[i]!);
  return most;
}
