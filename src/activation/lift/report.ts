import type { Interval } from '../../experiments/rates.ts';

/** What a campaign may change, in the order in which it is told. */
export const metrics = ['revenue', 'conversion', 'order-value', 'returns', 'retention'] as const;
export type Metric = (typeof metrics)[number];

/**
 * The plain answer. `works` and `harms` are proven; `does not`: whatever it does, it is less than a tenth of what those held
 * out do; `too early`: the window is not over.
 */
export type Verdict = 'works' | 'harms' | 'does not' | 'cannot tell' | 'too early';

/** Treated less held out; shares 0..1, or money of the shop. */
export interface Figures extends Interval {
  treated: number;
  holdout: number;
  difference: number;
}

export interface MetricLift {
  metric: Metric;
  verdict: Verdict;
  /** null where there is nothing to compare yet, or it would tell of fewer than ten. */
  figures: Figures | null;
  /** Corrected for all comparisons of the report and for its looks, 0..1; null where nothing was compared. */
  p: number | null;
  /** Why there are no figures; blank where there are. */
  why: string;
}

export interface GroupLift {
  /** Of a segment as it was when customers were assigned; null: of all together. */
  key: string | null;
  name: string;
  treated: number;
  heldOut: number;
  verdict: Verdict;
  metrics: MetricLift[];
}

export interface LiftReport {
  campaign: {
    /** "s-3" */
    sync: string;
    /** As events name it; null where the sync itself is the campaign. */
    id: string | null;
    audience: string;
    name: string;
    /** Where the audience is kept. */
    connection: string;
    purpose: string;
  };
  asOf: string;
  currency: string | null;
  /** Of the window after the exposure. */
  days: number;
  /** First and last day of exposure of those compared; of all assigned where none can be compared yet. */
  exposed: { first: string; last: string };
  /** The day that the answer is of; null before the first one. */
  answered: string | null;
  /** When there is something new to tell; null where there will not be. */
  next: string | null;
  verdict: Verdict;
  /** Two or three sentences. */
  says: string;
  all: GroupLift;
  /** Most customers first. */
  segments: GroupLift[];
  /** Segments of which too few customers are in one of the arms to be told. */
  segmentsWithheld: number;
  mismatch: boolean;
  /** Who was held out and got the campaign all the same: so many that nothing can be compared, or some. No share where it
   * would tell of fewer than ten. */
  crossed: { much: boolean; share: number | null } | null;
  /** What it would take to see what was measured; null where it is seen, or nothing near it can be. */
  needed: { customers: number; weeks: number | null } | null;
  /** The least rise of the share who order that would have been seen four times in five. */
  detectable: number | null;
  notes: string[];
}
