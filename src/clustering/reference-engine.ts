import { kmeans } from 'ml-kmeans';
import type { Engine } from './engine.ts';
import { matrixOf, rowsOf } from './matrix.ts';

/** The engine that the typed kernel is checked against: ml-kmeans, on plain arrays. */
export const referenceEngine: Engine = (matrix, initial, maxIterations) => {
  const fit = kmeans(rowsOf(matrix), initial.rows, {
    initialization: rowsOf(initial),
    maxIterations,
    tolerance: 0,
  });
  return {
    centroids: matrixOf(fit.centroids),
    labels: Int32Array.from(fit.clusters),
    iterations: fit.iterations,
    converged: fit.converged,
  };
};
