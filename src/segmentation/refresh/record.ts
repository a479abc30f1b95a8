import type { Finding } from '../drift/finding.ts';
import type { Distribution } from '../drift/reference.ts';
import type { Predictions } from '../predictions/predictions.ts';

/** Stands for "in no segment" beside segment keys: customers of unusual volume. No persona is named so. */
export const setAsideKey = 'set-aside';
/** Origin of a move: the customer had not bought before. */
export const newcomer = 'new';
/** Target of a move: the profile is no longer among the buyers (joined to another profile, or erased). */
export const gone = 'gone';

/** What happened to the segments at one date; the records of a shop, in order of dates, are its history. */
export interface RefreshRecord {
  modelId: string;
  asOf: string;
  /**
   * `fit`: a person had the shop segmented; `refresh`: everyone was scored against the standing model;
   * `promotion` and `rollback`: another model became the standing one, so that changes of segment are not moves.
   */
  kind: 'fit' | 'refresh' | 'promotion' | 'rollback';
  /** ISO time at which it was computed; no part of the fingerprint. */
  createdAt: string;
  /** As-of date of the record before; null at the first. */
  previous: string | null;
  /** Hash over model, date, data, placements and the fingerprint of the record before. */
  fingerprint: string;
  /** Buyers as of the date, those set aside included. */
  customers: number;
  setAside: number;
  segments: SegmentStats[];
  /** Origin and target are segment keys, or `new`, `gone`, `set-aside`; those who stay are not listed. Empty for `fit`. */
  moves: Move[];
  flapping: Flapping;
  findings: Finding[];
  /** Distribution of each feature of the recipe over the bins of the model's training. */
  features: Distribution[];
  /** What is predicted from here on; absent from records of before there were predictions, and from backtests. */
  predictions?: Predictions;
}

/** A segment as it stands at a date. Money is in the shop's currency. */
export interface SegmentStats {
  key: string;
  name: string;
  size: number;
  /** Net revenue of its members: over the whole history, the last 365 and the last 90 days. */
  revenue: number;
  revenueLastYear: number;
  revenueLast90Days: number;
  /** Orders of its members in the last 90 and the last 14 days. */
  ordersLast90Days: number;
  ordersLast14Days: number;
  /** Mean over members, 0..1. */
  confidence: number;
  /** Share of members whose confidence is below 0.6. */
  uncertain: number;
  /** Mean squared distance of members to their centroid, in the frozen space; 0 for RFM. */
  spread: number;
  /** The centroid after this refresh, in the frozen space; empty for RFM. */
  centroid: number[];
  /** Mean of the members, in the frozen space: where the centroid is drawn to. Empty for RFM. */
  mean: number[];
}

export interface Move {
  from: string;
  to: string;
  customers: number;
  /** Of the movers, in the last 365 days. */
  revenueLastYear: number;
  /** Features whose change explains the move, strongest first, at most three; empty for `new`, `gone`, `set-aside`. */
  drivers: Driver[];
}

export interface Driver {
  feature: string;
  label: string;
  /** Part of the change of relative distance between the two centroids that this feature made, 0..1. */
  share: number;
  /** Mean raw value of the movers at the record before, and now. */
  before: number;
  after: number;
}

/** How many moves undo one that was made soon before: A to B and back to A. `returns / moves` is their share. */
export interface Flapping {
  /** Moves between segments of this refresh. */
  moves: number;
  /** Those of them that lead back to a segment left at most three refreshes ago. */
  returns: number;
}
