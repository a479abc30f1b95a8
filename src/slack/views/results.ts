import type { z } from 'zod';
import type { SegmentList, ShownMoves } from '../../markdown/results.ts';
import type { audienceShape, clauseShape } from '../../tools/results/audience-result.ts';
import type { People } from '../../tools/results/values.ts';

/** Results of tools, as far as blocks are made of them. */

/** Of `build_audience`, and of `explain_audience`, whose clauses say more. */
export type ShownAudience = z.output<z.ZodObject<typeof audienceShape>> & {
  meaning?: string | null;
  clauses: z.output<z.ZodObject<typeof clauseShape>>[];
};

export type ListedSegment = SegmentList['segments'][number];

/** Of `find_segments`. */
export interface FoundSegments {
  asOf: string;
  currency: string | null;
  found: (Omit<ListedSegment, 'churn'> & { action: string | null; matched: string[] })[];
}

/** Of `compare_segments`. */
export interface ComparedSegments {
  asOf: string;
  currency: string | null;
  segments: Omit<ListedSegment, 'sentence'>[];
  apart: { label: string; values: string[]; all: string }[];
}

interface Flow {
  customers: People;
  revenueLastYear: number | null;
}

/** Of `show_moves`. */
export interface AllMoves extends ShownMoves {
  newcomers: Flow;
  lapsed: Flow;
  cameBack: Flow;
}

/** Of `show_drift`. */
export interface ShownDrift {
  asOf: string;
  compared: boolean;
  groups: {
    title: string;
    findings: { sentence: string; sure: string; explainedBy: string | null }[];
    more: number;
  }[];
  recluster: string[];
  means: string;
}

/** Of `plan_budget`. */
export interface ShownBudget {
  asOf: string;
  currency: string | null;
  assumed: { budget: number; cost: number; winBack: number; margin: number };
  audiences: (Spend & { name: string; reachable: People })[];
  more: number;
  total: Spend;
  notes: string[];
}

interface Spend {
  contacts: People;
  cost: number | null;
  valueAtRisk: number | null;
  gain: number | null;
  breakEven: number | null;
}

/** Of `show_predictions`. */
export interface AllPredictions {
  asOf: string;
  currency: string | null;
  none: string | null;
  segments: {
    name: string;
    customers: People;
    ordersNext90Days: number | null;
    lifetimeValue: number | null;
    valueAtRisk: number | null;
    churn: number | null;
  }[];
}

/** Of `what_if`. */
export interface ShownWhatIf {
  asOf: string;
  summary: string;
  found: {
    segments: {
      name: string;
      becomes: string;
      customersNow: People;
      customersProposed: People | null;
    }[];
    fresh: { name: string; origin: string; customers: People }[];
  } | null;
}

interface ShownRate {
  treated: number;
  heldOut: number;
  points: number;
  low: number;
  high: number;
}

interface ShownAmount {
  treated: number;
  heldOut: number;
  difference: number;
  low: number;
  high: number;
}

/** Of `lift`. */
export interface ShownLift {
  asOf: string;
  currency: string | null;
  name: string;
  verdict: string;
  answered: string | null;
  treated: People;
  heldOut: People;
  metrics: {
    metric: string;
    verdict: string;
    rate: ShownRate | null;
    money: ShownAmount | null;
    why: string;
  }[];
  segments: { name: string; verdict: string; ordered: ShownRate | null; revenue: ShownAmount | null }[];
}
