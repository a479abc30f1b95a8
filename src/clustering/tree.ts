import { BINS, type BinnedColumns } from './bins.ts';

/** A node's rows go to `atMost` or `above`; rows whose value is missing go to neither and end at the node itself. */
export interface TreeNode {
  /** counts[label]: rows that reach this node. */
  counts: number[];
  split: { column: number; threshold: number; atMost: TreeNode; above: TreeNode } | null;
}

export interface TreeOptions {
  maxDepth: number;
  /** Smallest number of rows on either side of a split. */
  minLeaf: number;
}

/**
 * Classification tree by Gini impurity (Breiman et al. 1984, CART), over quantile bins.
 * labels[i] in 0 .. k - 1, of the binned rows. Ties between splits go to the first column, lowest threshold.
 */
export function growTree(
  binned: BinnedColumns,
  labels: Int32Array | Uint8Array,
  options: TreeOptions,
): TreeNode {
  let classes = 0;
  for (const label of labels) classes = Math.max(classes, label + 1);
  const everyone = Int32Array.from({ length: binned.rows }, (_, i) => i);
  return grow(binned, labels, classes, everyone, options.maxDepth, Math.max(1, options.minLeaf));
}

function grow(
  binned: BinnedColumns,
  labels: Int32Array | Uint8Array,
  classes: number,
  rows: Int32Array,
  depth: number,
  minLeaf: number,
): TreeNode {
  const counts = new Array<number>(classes).fill(0);
  for (const row of rows) counts[labels[row]!]!++;
  const cut =
    depth > 0 && counts.filter(Boolean).length > 1 ? bestCut(binned, labels, counts, rows, minLeaf) : null;
  if (!cut) return { counts, split: null };
  const bins = binned.bins[cut.column]!;
  const side = (keep: (bin: number) => boolean) =>
    grow(
      binned,
      labels,
      classes,
      rows.filter(row => keep(bins[row]!)),
      depth - 1,
      minLeaf,
    );
  return {
    counts,
    split: {
      column: cut.column,
      threshold: binned.edges[cut.column]![cut.bin - 1]!,
      atMost: side(bin => bin > 0 && bin <= cut.bin),
      above: side(bin => bin > cut.bin),
    },
  };
}

/** Purity of a set is sum(counts^2) / size; Gini falls by what the purities of the parts exceed that of the whole. */
function bestCut(
  binned: BinnedColumns,
  labels: Int32Array | Uint8Array,
  counts: number[],
  rows: Int32Array,
  minLeaf: number,
): { column: number; bin: number } | null {
  const classes = counts.length;
  const histogram = new Int32Array((BINS + 1) * classes);
  let best: { column: number; bin: number } | null = null;
  let bestPurity = purity(counts) * (1 + 1e-9);
  for (let column = 0; column < binned.bins.length; column++) {
    const bins = binned.bins[column]!;
    histogram.fill(0);
    for (const row of rows) histogram[bins[row]! * classes + labels[row]!]!++;
    const missing = Array.from(histogram.subarray(0, classes));
    const atMost = new Array<number>(classes).fill(0);
    const above = counts.map((count, label) => count - missing[label]!);
    for (let bin = 1; bin < binned.edges[column]!.length; bin++) {
      for (let label = 0; label < classes; label++) {
        const count = histogram[bin * classes + label]!;
        atMost[label]! += count;
        above[label]! -= count;
      }
      if (total(atMost) < minLeaf || total(above) < minLeaf) continue;
      const found = purity(missing) + purity(atMost) + purity(above);
      if (found > bestPurity) {
        bestPurity = found;
        best = { column, bin };
      }
    }
  }
  return best;
}

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);

function purity(counts: number[]): number {
  const size = total(counts);
  return size === 0 ? 0 : counts.reduce((sum, count) => sum + count * count, 0) / size;
}
