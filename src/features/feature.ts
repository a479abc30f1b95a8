import type { Sensitivity } from '../governance/sensitivity.ts';

export type FeatureClass = 'transaction' | 'browse' | 'engagement' | 'service' | 'lifecycle';
export type Unit = 'count' | 'share' | 'days' | 'money' | 'ratio' | 'score' | 'per order' | 'per month';

/** One number per profile as of a date. */
export interface Feature {
  /** snake_case; also its column in the `features` table. */
  id: string;
  class: FeatureClass;
  /** Plain English, lower case, fit to stand in a sentence: "days between orders". */
  label: string;
  /** What a high and a low value say of a customer, for sentences: "orders often" / "orders rarely". */
  high: string;
  low: string;
  unit: Unit;
  /** `log`: log1p before standardising, for counts, money and waiting times with a long tail. */
  transform: 'none' | 'log';
  /** For shares and rates: the feature that counts what the share is of, so that few are shrunk to the shop's mean. */
  support?: string;
  /** What a missing value becomes: 0, the shop's median, or its maximum ("never visited" is the longest wait). */
  missing: 'zero' | 'median' | 'max';
  /** Weight in the default recipe: mail clients open by themselves, so opens weigh less than clicks. */
  weight: number;
  sensitivity: Sensitivity;
  /** Table columns it needs ("orders.discount"); the feature is left out where one holds nothing. */
  needs: readonly string[];
  /** False for features that describe but do not cluster (money totals, counts that serve as support). */
  clusters: boolean;
  /** Expression over the class's rows, aggregated per profile. */
  sql: string;
}

/** Feature values of every buyer as of a date: rows ordered by profile_id, values rounded to 9 significant digits. */
export interface FeatureTable {
  asOf: string;
  profileIds: string[];
  features: readonly Feature[];
  /** values[j][i]: feature j of profile i; NaN where missing. */
  values: Float64Array[];
}
