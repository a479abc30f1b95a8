import type { Feature } from '../../features/feature.ts';

/**
 * Everybody as of a date in sums, enough to describe the segments of the standing model anew: its size does not grow
 * with the number of customers. Customers set aside count in the population alone.
 */
export interface Measures {
  asOf: string;
  /** Money in the shop's currency, net, over the whole history. */
  population: {
    /** Buyers, those set aside included. */
    customers: number;
    setAside: { count: number; revenue: number };
    withoutOrders: number;
    /** Of all buyers. */
    revenue: number;
    currency: string | null;
    months: number;
  };
  /** In the order of the model's segments. */
  segments: SegmentMeasures[];
  /**
   * In the order of the feature table: those of the recipe, and others that are not sensitive. A feature that nobody
   * has a value of may be there; texts leave it out.
   */
  features: FeatureMeasures[];
}

export interface SegmentMeasures {
  size: number;
  revenue: number;
  /** Mean over members, 0..1. */
  confidence: number;
  /** Mean of the members in the frozen space; the centroid where nobody is left; empty for RFM. */
  mean: number[];
}

export interface FeatureMeasures {
  feature: Pick<Feature, 'id' | 'label' | 'unit' | 'class'>;
  /** Of the raw values of all segmented customers; NaN where nobody has one. */
  median: number;
  /** In the order of the model's segments. */
  segments: FeatureSums[];
}

/** Sums over the members of a segment. */
export interface FeatureSums {
  /**
   * Raw values, in the feature's unit. A missing one is 0 where the feature says `zero`; the greatest value of any
   * buyer where it says `max` and the feature clusters; else it is left out. Median: NaN where none is left.
   */
  raw: { known: number; sum: number; median: number };
  /**
   * For a feature with a column in the model's transforms: that column of the frozen space (missing values filled as
   * the transform does). For any other: the raw values as above, log1p(max(0, x)) where the feature's transform is
   * `log`, clipped to their 1 % and 99 % quantiles over all buyers.
   */
  standard: { known: number; sum: number; squares: number };
}
