import type { Matrix } from '../../clustering/matrix.ts';
import type { Distribution } from '../drift/reference.ts';
import type { SegmentStats } from './record.ts';

/** Below this confidence a customer is uncertain: hardly nearer to the own segment than to the next. */
export const confidenceDoubt = 0.6;

/** Everybody scored against a model as of a date, in sums: its size does not grow with the number of customers. */
export interface ScoredPopulation {
  asOf: string;
  /** Buyers, those set aside included. */
  customers: number;
  setAside: number;
  /** In the order of the model's segments; `centroid` is the one that was scored against. */
  segments: SegmentStats[];
  features: Distribution[];
  /** A seeded sample of at most a few thousand customers whose confidence is below 0.6, in the frozen space. */
  uncertainSample: Matrix;
}
