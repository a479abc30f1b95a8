import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../src/clustering/matrix.ts';
import { projectTwo } from '../../src/clustering/projection.ts';

/** Groups apart in the last two columns; the first is wide noise that principal components would follow. */
function planted(rows: number, k: number): { matrix: Matrix; labels: Int32Array } {
  const random = xoroshiro128plus(11);
  const noise = () => uniformFloat64(random) + uniformFloat64(random) - 1;
  const labels = Int32Array.from({ length: rows }, (_, i) => i % k);
  const data = new Float64Array(rows * 4);
  labels.forEach((label, i) => {
    const angle = (2 * Math.PI * label) / k;
    data.set([20 * noise(), noise(), 3 * Math.cos(angle) + noise(), 3 * Math.sin(angle) + noise()], i * 4);
  });
  return { matrix: { rows, cols: 4, data }, labels };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('map in two dimensions', () => {
  test('shows planted groups apart', () => {
    const { matrix, labels } = planted(600, 5);
    const { x, y } = projectTwo(matrix, labels, 5);
    const centres = Array.from({ length: 5 }, (_, group) => {
      const of = (axis: Float64Array) => mean([...axis].filter((_, i) => labels[i] === group));
      return [of(x), of(y)] as const;
    });
    const nearest = [...labels.keys()].filter(i => {
      const distances = centres.map(([cx, cy]) => Math.hypot(x[i]! - cx, y[i]! - cy));
      return distances.indexOf(Math.min(...distances)) === labels[i];
    });
    expect(nearest.length).toBeGreaterThan(0.98 * 600);
  });

  test('is centred and the same every time', () => {
    const { matrix, labels } = planted(300, 3);
    const placed = projectTwo(matrix, labels, 3);
    expect(mean([...placed.x])).toBeCloseTo(0, 9);
    expect(projectTwo(matrix, labels, 3)).toEqual(placed);
  });

  test('two groups take a principal component as the second axis', () => {
    const { matrix, labels } = planted(300, 2);
    const { x, y } = projectTwo(matrix, labels, 2);
    const side = [...labels.keys()].filter(
      i => x[i]! > 0 === (labels[i] === labels[x.indexOf(Math.max(...x))]),
    );
    expect(side.length).toBeGreaterThan(290);
    expect(Math.max(...y) - Math.min(...y)).toBeGreaterThan(20);
  });

  test.each([
    { name: 'one group', k: 1, rows: 50 },
    { name: 'more labels than rows that bear them', k: 6, rows: 4 },
    { name: 'one row', k: 1, rows: 1 },
    { name: 'no rows', k: 1, rows: 0 },
  ])('$name gives finite places', ({ k, rows }) => {
    const { matrix } = planted(rows, 1);
    const { x, y } = projectTwo(matrix, new Int32Array(rows).fill(k - 1), k);
    expect(x).toHaveLength(rows);
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
  });

  test('rows all alike lie on one point; a single column gives a line', () => {
    const alike: Matrix = { rows: 5, cols: 3, data: new Float64Array(15).fill(2) };
    expect([...projectTwo(alike, Int32Array.of(0, 0, 1, 1, 1), 2).x]).toEqual([0, 0, 0, 0, 0]);
    const line: Matrix = { rows: 4, cols: 1, data: Float64Array.of(1, 2, 8, 9) };
    const { x, y } = projectTwo(line, Int32Array.of(0, 0, 1, 1), 2);
    expect([...y]).toEqual([0, 0, 0, 0]);
    expect(x[3]! - x[0]!).toBeGreaterThan(0);
  });
});
