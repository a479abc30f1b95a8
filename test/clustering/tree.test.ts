import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binColumns } from '../../src/clustering/bins.ts';
import { growTree, type TreeNode } from '../../src/clustering/tree.ts';

const columns = (...values: number[][]) => values.map(column => Float64Array.from(column));

const binned = (...values: number[][]) => binColumns(columns(...values));

describe('bins', () => {
  test('at most an edge means at most its bin, for any column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.integer({ min: 0, max: 3 })), { minLength: 1 }),
        values => {
          const { bins, edges } = binColumns(columns(values));
          values.forEach((value, i) => {
            if (!Number.isFinite(value)) expect(bins[0]![i]).toBe(0);
            else {
              const bin = bins[0]![i]!;
              expect(value).toBeLessThanOrEqual(edges[0]![bin - 1]!);
              if (bin > 1) expect(value).toBeGreaterThan(edges[0]![bin - 2]!);
            }
          });
        },
      ),
    );
  });
});

describe('tree', () => {
  test('finds nested cuts and stops when pure', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    const y = [1, 9, 1, 9, 1, 9, 1, 9];
    const labels = Int32Array.from(x, (value, i) => (value <= 4 ? 0 : y[i]! > 5 ? 2 : 1));
    const tree = growTree(binned(x, y), labels, { maxDepth: 3, minLeaf: 1 });
    expect(tree.counts).toEqual([4, 2, 2]);
    expect(tree.split).toMatchObject({ column: 0, threshold: 4 });
    expect(tree.split!.atMost).toEqual({ counts: [4, 0, 0], split: null });
    expect(tree.split!.above.split).toMatchObject({ column: 1, threshold: 1 });
  });

  test('rows with a missing value go to neither side', () => {
    const tree = growTree(binned([1, 1, 5, 5, Number.NaN]), Int32Array.of(0, 0, 1, 1, 1), {
      maxDepth: 2,
      minLeaf: 1,
    });
    expect(tree.counts).toEqual([2, 3]);
    expect(tree.split!.atMost.counts).toEqual([2, 0]);
    expect(tree.split!.above.counts).toEqual([0, 2]);
  });

  test('neither side is smaller than asked, nor the tree deeper', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 })), {
          minLength: 1,
          maxLength: 60,
        }),
        rows => {
          const labels = Int32Array.from(rows, ([, label]) => label);
          const tree = growTree(binned(rows.map(([value]) => value)), labels, { maxDepth: 2, minLeaf: 5 });
          const visit = (node: TreeNode, depth: number) => {
            expect(depth).toBeLessThanOrEqual(2);
            if (depth > 0) expect(node.counts.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(5);
            if (node.split)
              [node.split.atMost, node.split.above].forEach(child => void visit(child, depth + 1));
          };
          visit(tree, 0);
        },
      ),
    );
  });

  test('no rows and no columns give a bare root', () => {
    expect(growTree(binColumns([]), new Int32Array(0), { maxDepth: 3, minLeaf: 1 })).toEqual({
      counts: [],
      split: null,
    });
  });
});
