/** What was measured at one k, and whether it may be chosen. */
export interface KRow {
  k: number;
  inertia: number;
  /** Simplified silhouette: distances to centroids, not to every other row. */
  silhouette: number;
  /** Its mean on references without groups (Gaussian copula). */
  reference: number;
  /** silhouette - reference. */
  delta: number;
  /** Smallest cluster-wise Jaccard over subsamples (Hennig 2007). */
  jaccard: number;
  smallestSize: number;
  smallestShare: number;
  eligible: boolean;
  /** Plain sentence: why it was kept or dropped. */
  why: string;
}

export interface KChoice {
  /** null: no stable groups here. */
  k: number | null;
  reason: string;
  table: KRow[];
}
