import { confidenceOf, squaredDistances } from '../../clustering/assign.ts';
import { createMatrix, type Matrix, matrixOf } from '../../clustering/matrix.ts';
import { outlierScores } from '../../clustering/outliers.ts';
import { applyTransforms } from '../../clustering/scaling.ts';
import type { Model } from '../model.ts';
import { assignRfm, rfmMeasures } from '../rfm.ts';
import { aside, margin, type Stood, stay } from './sticky.ts';

/** Scores customers against a standing model, each by what is known of them alone. */
export interface Scorer {
  /** Raw columns that it reads, the category mix aside. */
  needs: readonly string[];
  /** @param columns raw values by feature, `rows` each, the category mix among them */
  score(columns: ReadonlyMap<string, Float64Array>, rows: number): Scores;
}

export interface Scores {
  /** Rows in the frozen space; without columns for RFM. */
  matrix: Matrix;
  /** candidate[i]: index of the segment that the scoring alone gives row i, or `aside`. */
  candidate: Int32Array;
  /** Where row i stands that stood there before. */
  place(i: number, stood: Stood): number;
  /** How surely row i belongs to a segment, 0..1; below 0.5 while a move from it waits to be seen twice. */
  confidence(i: number, segment: number): number;
  /** Squared distance of row i to the centroid of a segment; 0 for RFM. */
  squared(i: number, segment: number): number;
}

export function scorerOf(model: Model): Scorer {
  return model.kind === 'rfm' ? rfmScorer(model) : clusterScorer(model);
}

function clusterScorer({ transforms, centroids, limits }: Model): Scorer {
  const centres = matrixOf(centroids);
  const bounds = limits ?? { columns: [], threshold: Infinity };
  const limited = new Set(bounds.columns.map(({ feature }) => feature));
  const volumes = transforms.filter(({ feature }) => limited.has(feature));
  const volumeNames = volumes.map(({ feature }) => feature);
  const needs = transforms.flatMap(({ feature, shrink }) => (shrink ? [feature, shrink.support] : [feature]));
  return {
    needs: [...new Set(needs)],
    score(columns, rows) {
      const matrix = rows === 0 ? createMatrix(0, transforms.length) : applyTransforms(columns, transforms);
      const squared = squaredDistances(matrix, centres).data;
      const excess = outlierScores(
        applyTransforms(columns, volumes, { winsorise: false }),
        volumeNames,
        bounds,
      );
      const k = centres.rows;
      const candidate = Int32Array.from({ length: rows }, (_, i) =>
        excess[i]! > bounds.threshold ? aside : nearest(squared, i * k, k),
      );
      const clearly = (i: number, to: number, from: number) => {
        if (to === aside) return (1 - margin) * excess[i]! > bounds.threshold;
        if (from === aside) return excess[i]! < (1 - margin) * bounds.threshold;
        return Math.sqrt(squared[i * k + to]!) < (1 - margin) * Math.sqrt(squared[i * k + from]!);
      };
      return {
        matrix,
        candidate,
        place: (i, stood) => stay(candidate[i]!, stood, clearly(i, candidate[i]!, stood.segment)),
        confidence(i, segment) {
          const own = Math.sqrt(squared[i * k + segment]!);
          let other = Infinity;
          for (let j = 0; j < k; j++) if (j !== segment) other = Math.min(other, squared[i * k + j]!);
          return confidenceOf(own, Math.sqrt(other));
        },
        squared: (i, segment) => squared[i * k + segment]!,
      };
    },
  };
}

/** The first of equals, as where groups are found. */
function nearest(squared: Float64Array, from: number, k: number): number {
  let best = 0;
  for (let j = 1; j < k; j++) if (squared[from + j]! < squared[from + best]!) best = j;
  return best;
}

/** Cells have no distance: who falls into another moves when it is found twice in a row. */
function rfmScorer({ cuts, segments }: Model): Scorer {
  if (!cuts) throw new Error('An RFM model has cuts.');
  const cells = segments.map(({ persona, key }) => persona.archetype ?? key);
  return {
    needs: ['recency', 'orders', 'revenue'],
    score(columns, rows) {
      const candidate = assignRfm(rfmMeasures(columns, rows), cuts, cells);
      return {
        matrix: createMatrix(rows, 0),
        candidate,
        place: (i, stood) => stay(candidate[i]!, stood, false),
        confidence: (i, segment) => (candidate[i] === segment ? 1 : 0.5),
        squared: () => 0,
      };
    },
  };
}
