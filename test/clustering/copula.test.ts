import { describe, expect, it } from 'vitest';
import { drawReference, fitCopula } from '../../src/clustering/copula.ts';
import { createMatrix, type Matrix } from '../../src/clustering/matrix.ts';
import { createRandom } from '../../src/clustering/random.ts';

const n = 4000;

/** A skewed column, one that goes with it, one that is zero for most, and one of a single value. */
function shop(): Matrix {
  const random = createRandom(3);
  const matrix = createMatrix(n, 4);
  for (let i = 0; i < n; i++) {
    const x = random.normal();
    const rare = random.uniform() < 0.8 ? 0 : random.uniform();
    matrix.data.set([Math.exp(x), -x + random.normal(), rare, 7], i * 4);
  }
  return matrix;
}

const columnOf = (matrix: Matrix, j: number) =>
  Float64Array.from({ length: matrix.rows }, (_, i) => matrix.data[i * matrix.cols + j]!);

function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const ranks = (values: Float64Array) => {
    const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
    const rank = new Float64Array(values.length);
    order.forEach((row, at) => {
      rank[row] = at - (values.length - 1) / 2;
    });
    return rank;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const dot = (p: Float64Array, q: Float64Array) => p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe('a Gaussian copula reference', () => {
  const matrix = shop();
  const copula = fitCopula(matrix);
  const drawn = drawReference(copula, n, 1, 0);

  it('keeps the distribution of each feature, spikes included', () => {
    for (let j = 0; j < 4; j++) {
      const [real, made] = [columnOf(matrix, j).sort(), columnOf(drawn, j).sort()];
      const values = new Set(real);
      expect(made.every(value => values.has(value))).toBe(true);
      for (const q of [0.1, 0.25, 0.5, 0.75, 0.9]) {
        const share = made.filter(value => value <= real[Math.floor(q * n)]!).length / n;
        const expected = real.filter(value => value <= real[Math.floor(q * n)]!).length / n;
        expect(Math.abs(share - expected)).toBeLessThan(0.03);
      }
    }
  });

  it('keeps how features go together', () => {
    const real = rankCorrelation(columnOf(matrix, 0), columnOf(matrix, 1));
    const made = rankCorrelation(columnOf(drawn, 0), columnOf(drawn, 1));
    expect(real).toBeLessThan(-0.6);
    expect(Math.abs(made - real)).toBeLessThan(0.05);
  });

  it('keeps how features go together that are zero for most', () => {
    const random = createRandom(8);
    const spiky = createMatrix(n, 2);
    for (let i = 0; i < n; i++) {
      const leaning = random.normal();
      for (let j = 0; j < 2; j++)
        spiky.data[2 * i + j] = Math.max(0, 0.9 * leaning + 0.44 * random.normal() - 0.6);
    }
    const made = drawReference(fitCopula(spiky), n, 1, 0);
    const bothZero = ({ data }: Matrix) =>
      Array.from({ length: n }).filter((_, i) => data[2 * i] === 0 && data[2 * i + 1] === 0).length / n;
    const apart = (1 - 0.274) ** 2;
    expect(bothZero(spiky) - apart).toBeGreaterThan(0.1);
    expect(Math.abs(bothZero(made) - bothZero(spiky))).toBeLessThan(0.02);
  });

  it('draws the same rows for the same seed and index, others for another index', () => {
    expect(drawReference(copula, 50, 1, 0).data).toEqual(drawReference(copula, 50, 1, 0).data);
    expect(drawReference(copula, 50, 1, 1).data).not.toEqual(drawReference(copula, 50, 1, 0).data);
  });

  it('takes columns that are copies of each other', () => {
    const twins = createMatrix(200, 2);
    const random = createRandom(1);
    for (let i = 0; i < 200; i++) twins.data.fill(random.normal(), 2 * i, 2 * i + 2);
    const { data } = drawReference(fitCopula(twins), 100, 1, 0);
    for (let i = 0; i < 100; i++) expect(Math.abs(data[2 * i]! - data[2 * i + 1]!)).toBeLessThan(0.2);
  });
});
