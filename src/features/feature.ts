import type { Sensitivity } from '../governance/sensitivity.ts';

/** Classes that every shop is looked at by. */
export const coreClasses = ['transaction', 'browse', 'engagement', 'service', 'lifecycle'] as const;
/** Classes that only shops of some sectors are looked at by, where they ask for it. */
export const sectorClasses = ['stays', 'plans', 'usage', 'accounts'] as const;
export const featureClasses = [...coreClasses, ...sectorClasses] as const;
export type CoreClass = (typeof coreClasses)[number];
export type SectorClass = (typeof sectorClasses)[number];
export type FeatureClass = (typeof featureClasses)[number];
export type Unit =
  | 'count'
  | 'share'
  | 'days'
  | 'money'
  | 'times'
  | 'ratio'
  | 'score'
  | 'per order'
  | 'per month';

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
  /** True for a share k / n of the n of `support`, or a rate of k events over them: chance alone spreads those. */
  counted?: boolean;
  /** What a missing value becomes: 0, the shop's median, or its maximum ("never visited" is the longest wait). */
  missing: 'zero' | 'median' | 'max';
  /** Weight in the default recipe: mail clients open by themselves, so opens weigh less than clicks. */
  weight: number;
  sensitivity: Sensitivity;
  /**
   * Evidence it needs ("orders.discount", see availability.ts); the feature is left out where one holds nothing.
   * "a|b": either will do.
   */
  needs: readonly string[];
  /** False for features that describe but do not cluster (money totals, counts that serve as support). */
  clusters: boolean;
  /** Expression over the columns of the class's CTEs, which have one row per profile. NULL where it says nothing. */
  sql: string;
}

/** The CTEs that the features of a class read; `{as_of}` and `{usual_gap}` stand for values bound in compute.ts. */
export interface FeatureRows {
  class: FeatureClass;
  /** Comma-separated CTE definitions. */
  ctes: string;
  /** Those of them with one row per profile, joined to the buyers by profile_id. */
  perProfile: readonly string[];
}

type Stated = 'id' | 'label' | 'high' | 'low' | 'unit' | 'sql' | 'needs';
type Given = Pick<Feature, Stated> & Partial<Omit<Feature, Stated | 'class'>>;

/** A feature with what is usual where nothing is said. */
export function feature(of: FeatureClass, given: Given): Feature {
  return {
    class: of,
    transform: 'none',
    missing: 'median',
    weight: 1,
    sensitivity: 'none',
    clusters: true,
    ...given,
  };
}

/** Feature values of every buyer as of a date: rows ordered by profile_id, values rounded to 9 significant digits. */
export interface FeatureTable {
  asOf: string;
  profileIds: string[];
  features: readonly Feature[];
  /** values[j][i]: feature j of profile i; NaN where missing. */
  values: Float64Array[];
}
