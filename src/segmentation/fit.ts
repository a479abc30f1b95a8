import type { Model } from './model.ts';

/** What a fit gives, by clusters or by RFM; rows are those of the feature table. */
export interface Fit
  extends Pick<
    Model,
    | 'kind'
    | 'segments'
    | 'carrying'
    | 'centroids'
    | 'transforms'
    | 'embedding'
    | 'choice'
    | 'limits'
    | 'cuts'
    | 'map'
  > {
  /** Index into `segments` for each row; -1 for those set aside. */
  memberOf: Int32Array;
  /** 0..1 for each row; NaN for those set aside. */
  confidence: Float64Array;
  setAside: readonly number[];
  /** What a person should know of how it came about. */
  notes: string[];
}
