/**
 * Frozen parameters that turn one raw column into its standardised form:
 * fill missing, shrink towards `mean` by support, log1p, clip to [low, high], (x - centre) / scale, times weight.
 */
export interface ColumnTransform {
  feature: string;
  /** Value that a missing one becomes, in raw units. */
  fill: number;
  /** Shrinkage target mu of (k + strength mu) / (n + strength); null where the column has no support. */
  shrink: { support: string; mean: number; strength: number } | null;
  log: boolean;
  low: number;
  high: number;
  centre: number;
  scale: number;
  weight: number;
}
