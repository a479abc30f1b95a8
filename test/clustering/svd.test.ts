import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { type SparseRows, truncatedSvd } from '../../src/clustering/svd.ts';

/** Rows of a few topics with a falling weight, so that singular values are well apart; most entries are zero. */
function topics(rows: number, cols: number, seed: number): number[][] {
  const random = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(random);
  return Array.from({ length: rows }, () => {
    const topic = Math.floor(uniform() ** 2 * 5);
    return Array.from({ length: cols }, (_, j) =>
      j % 5 === topic && uniform() < 0.5 ? 1 + uniform() + 3 / (1 + topic) : uniform() < 0.02 ? uniform() : 0,
    );
  });
}

function toSparse(dense: number[][]): SparseRows {
  const offsets = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of dense) {
    row.forEach((value, j) => {
      if (value === 0) return;
      indices.push(j);
      values.push(value);
    });
    offsets.push(indices.length);
  }
  return {
    rows: dense.length,
    cols: dense[0]?.length ?? 0,
    offsets: Int32Array.from(offsets),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}

describe.each([
  { name: 'few columns, exact', rows: 200, cols: 30 },
  { name: 'many columns, iterated', rows: 150, cols: 450 },
])('truncated SVD: $name', ({ rows, cols }) => {
  const dense = topics(rows, cols, 7);
  const found = truncatedSvd(toSparse(dense), 4, 1);

  test('equals a dense decomposition', () => {
    const reference = new SingularValueDecomposition(new Matrix(dense), { autoTranspose: true });
    for (let d = 0; d < 4; d++) {
      expect(found.singularValues[d]).toBeCloseTo(reference.diagonal[d]!, 6);
      const right = reference.rightSingularVectors.getColumn(d);
      const cosine = found.components[d]!.reduce((sum, weight, j) => sum + weight * right[j]!, 0);
      expect(Math.abs(cosine)).toBeCloseTo(1, 6);
    }
  });

  test('scores are the rows on the components', () => {
    const scores = found.scores[1]!;
    expect(scores).toHaveLength(rows);
    expect(scores[17]).toBeCloseTo(
      dense[17]!.reduce((sum, value, j) => sum + value * found.components[1]![j]!, 0),
      9,
    );
    const length = Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0));
    expect(length).toBeCloseTo(found.singularValues[1]!, 6);
  });

  test('signs are fixed and the same input gives the same bits', () => {
    for (const component of found.components) {
      const leader = component.reduce(
        (most, weight) => (Math.abs(weight) > Math.abs(most) ? weight : most),
        0,
      );
      expect(leader).toBeGreaterThan(0);
    }
    expect(truncatedSvd(toSparse(dense), 4, 1)).toEqual(found);
  });
});

describe('degenerate matrices', () => {
  test('a matrix of rank one has one component', () => {
    const dense = Array.from({ length: 20 }, (_, i) => [i + 1, 2 * (i + 1), 0]);
    const { components, singularValues } = truncatedSvd(toSparse(dense), 3, 1);
    expect(singularValues).toHaveLength(1);
    expect(components[0]![1]! / components[0]![0]!).toBeCloseTo(2, 9);
  });

  test('a wide matrix of rank two has two components', () => {
    const dense = Array.from({ length: 30 }, (_, i) =>
      Array.from({ length: 500 }, (_, j) => (j % 2 === i % 2 ? 1 + (i % 2) : 0)),
    );
    expect(truncatedSvd(toSparse(dense), 6, 1).singularValues).toHaveLength(2);
  });

  test('nothing to decompose gives no components', () => {
    expect(truncatedSvd(toSparse([]), 3, 1).components).toEqual([]);
    expect(truncatedSvd(toSparse([[0, 0]]), 2, 1).components).toEqual([]);
  });
});
