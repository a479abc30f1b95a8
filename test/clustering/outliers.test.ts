import { describe, expect, it } from 'vitest';
import { createMatrix, type Matrix } from '../../src/clustering/matrix.ts';
import { fitOutliers, outlierScores } from '../../src/clustering/outliers.ts';
import { createRandom } from '../../src/clustering/random.ts';
import { mixture } from './made-rows.ts';

const indices = (flags: Uint8Array) => [...flags.keys()].filter(i => flags[i]);

/** Fits on the rows and flags them. */
function findOutliers(matrix: Matrix): { outlier: Uint8Array; threshold: number } {
  const names = Array.from({ length: matrix.cols }, (_, j) => `c${j}`);
  const limits = fitOutliers(matrix, names);
  const scores = outlierScores(matrix, names, limits);
  return {
    outlier: Uint8Array.from(scores, score => (score > limits.threshold ? 1 : 0)),
    threshold: limits.threshold,
  };
}

describe('fitting and scoring outliers', () => {
  it('sets nobody aside among ordinary customers, grouped or not', () => {
    for (const groups of [1, 5]) {
      const { matrix } = mixture({ rows: 10_000, cols: 20, groups, spread: 2, seed: groups });
      expect(indices(findOutliers(matrix).outlier)).toEqual([]);
    }
  });

  it('finds the few who do everything far beyond what is ordinary', () => {
    const { matrix } = mixture({ rows: 3000, cols: 12, groups: 4, spread: 2, seed: 1 });
    for (const row of [7, 1500, 2999]) {
      for (const j of [2, 3, 8]) matrix.data[row * 12 + j] = 15 + j;
    }
    expect(indices(findOutliers(matrix).outlier)).toEqual([7, 1500, 2999]);
  });

  it('sees nothing in those who do far less than is ordinary', () => {
    const { matrix } = mixture({ rows: 3000, cols: 12, groups: 4, spread: 2, seed: 1 });
    for (let j = 0; j < 12; j++) matrix.data[7 * 12 + j] = -40;
    expect(indices(findOutliers(matrix).outlier)).toEqual([]);
  });

  it('never sets more than 1 % aside, whatever the tails', () => {
    const random = createRandom(1);
    const matrix = createMatrix(5000, 6);
    for (let i = 0; i < matrix.data.length; i++) matrix.data[i] = Math.exp(3 * random.normal());
    const { outlier, threshold } = findOutliers(matrix);
    expect(indices(outlier).length).toBeLessThanOrEqual(50);
    expect(threshold).toBeGreaterThan(1);
  });

  it('does not see the scale of a column', () => {
    const { matrix } = mixture({ rows: 2000, cols: 4, groups: 2, spread: 1, seed: 2 });
    matrix.data[40] = 30;
    const scaled = createMatrix(2000, 4);
    matrix.data.forEach((value, at) => {
      scaled.data[at] = value * [1, 0.5, 1000, 1e-6][at % 4]!;
    });
    expect(findOutliers(scaled).outlier).toEqual(findOutliers(matrix).outlier);
    expect(indices(findOutliers(matrix).outlier)).toEqual([10]);
  });

  it('takes no rows, no columns and a column of one value', () => {
    expect(findOutliers(createMatrix(0, 3)).outlier).toHaveLength(0);
    expect(indices(findOutliers(createMatrix(5, 0)).outlier)).toEqual([]);
    expect(indices(findOutliers(createMatrix(5, 1)).outlier)).toEqual([]);
  });

  it('scores a row by itself as among all, whatever other columns there are', () => {
    const { matrix } = mixture({ rows: 2000, cols: 3, groups: 2, spread: 1, seed: 2 });
    matrix.data[40] = 30;
    const limits = fitOutliers(matrix, ['a', 'b', 'c']);
    const all = outlierScores(matrix, ['a', 'b', 'c'], limits);
    const one = createMatrix(1, 4);
    one.data.set([matrix.data[41]!, 9e9, matrix.data[39]!, matrix.data[40]!]);
    expect(outlierScores(one, ['c', 'other', 'a', 'b'], limits)[0]).toBe(all[13]);
    expect(() => outlierScores(one, ['c', 'other', 'a', 'd'], limits)).toThrow('there is no column b');
  });
});
