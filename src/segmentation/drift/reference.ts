/**
 * How the features were distributed when the model was made; later refreshes count into the same bins. Counts are kept
 * by band of tenure, so that a shop whose customers merely grow older is not told that they changed.
 */
export interface Reference {
  /** Upper edges of the bands of tenure, in days, ascending; the last band is open. */
  tenureEdges: number[];
  features: BinnedFeature[];
}

export interface BinnedFeature extends Distribution {
  /** Inner edges, ascending: quantiles of the training without repeats. Bin b holds edges[b-1] < x <= edges[b]. */
  edges: number[];
}

/** Counts of one feature over the bins of the reference. */
export interface Distribution {
  feature: string;
  /** counts[band][bin]; missing values are not in it. */
  counts: number[][];
  missing: number;
}
