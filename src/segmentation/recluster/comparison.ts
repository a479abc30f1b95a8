import type { KRow } from '../../clustering/choose-k.ts';
import type { Model } from '../model.ts';
import type { Fate, Origin } from './fates.ts';

/** What a person decides by: the segments that stand, and those that a new fit would put in their place. */
export interface Comparison {
  /** The day of both: of the candidate's fit, and on which the standing model places the same customers. */
  asOf: string;
  /** ISO code; null where the shop has none or several. */
  currency: string | null;
  /** Buyers as of the date, those set aside included. */
  customers: number;
  standing: Side;
  candidate: Side;
  /** Of the search for the number of groups: the numbers that stand and are proposed, and those beside them. */
  choice: { reason: string; rows: KRow[] } | null;
  /** Customers in segments of both who stood at the latest record already, and the part of either that they are. */
  common: { customers: number; ofStanding: number; ofCandidate: number };
  /** Segments are matched by their customers, or by where they lie where too few are in both. */
  matchedBy: 'customers' | 'place';
  /** Adjusted Rand index on the common customers; null where they are too few to tell. */
  agreement: number | null;
  /** Standing segments in their order. */
  fates: SegmentFate[];
  /** Proposed segments in their order. */
  proposed: ProposedSegment[];
  /** Customers who would be in another segment, those set aside before or after included. */
  changing: { customers: number; share: number; revenueLastYear: number };
  /** The candidate says what stands already: nothing needs to be decided. */
  same: boolean;
}

/** One of the two groupings as a whole. */
export interface Side {
  modelId: string;
  kind: Model['kind'];
  groups: number;
  setAside: number;
  /** Share of the segmented customers with a confidence of at least 0.6; null for RFM. */
  certain: number | null;
  /** Of the search at its fit; null where there was none. */
  fitted: { asOf: string; delta: number; jaccard: number; silhouette: number } | null;
}

export interface Part {
  key: string;
  name: string;
  /** Part of the standing segment's common customers, 0..1. */
  share: number;
}

export interface SegmentFate {
  key: string;
  name: string;
  fate: Fate['kind'];
  /** The proposed segments that hold a notable part of it, largest first. */
  into: Part[];
  /** The proposed segment that keeps its key and name; null where none does. */
  continuedBy: Part | null;
  before: number;
  /** Of the segment that continues it, else of the one that it survives as; null where there is none. */
  after: number | null;
  revenueLastYear: number;
  /**
   * How far its place moves, in distances between its centroid and that of its nearest neighbour; null where it is not
   * continued, or the kinds of the models do not allow to tell.
   */
  moved: number | null;
}

export interface ProposedSegment {
  key: string;
  name: string;
  /** False where the key and the name are those of a standing segment. */
  isNew: boolean;
  origin: Origin['kind'];
  /** Names of the standing segments that it came from. */
  from: string[];
  size: number;
  share: number;
  revenueShare: number;
  sentence: string;
}
