import type { KChoice } from '../clustering/choose-k.ts';
import type { OutlierLimits } from '../clustering/outliers.ts';
import type { ColumnTransform } from '../clustering/scaling.ts';
import type { CategoryEmbedding } from '../features/categories.ts';
import type { FeatureClass, Unit } from '../features/feature.ts';
import type { Reference } from './drift/reference.ts';
import type { OverlayId } from './overlays/overlay.ts';
import type { RfmCuts } from './rfm.ts';
import type { Weights } from './weights.ts';

/** What a model is fitted with. Same rows, recipe and as-of date: same fingerprint. */
export interface Recipe {
  /** What it started from; a re-clustering keeps it. */
  overlay: OverlayId;
  features: { id: string; weight: number }[];
  classWeights: Partial<Record<FeatureClass | 'category', number>>;
  /** A fixed k, or the range that is searched. */
  k: number | { min: number; max: number };
  seed: number;
  /**
   * Names that were blocked when it was made, in byte order; absent where none were, as in recipes of before terms could
   * be blocked.
   */
  blockedTerms?: string[];
}

/** `clusters`: fitted groups; `rfm`: classical RFM cells, where the data cannot carry more. */
export type ModelKind = 'clusters' | 'rfm';

export interface Model {
  id: string;
  kind: ModelKind;
  /** Hash over recipe, catalogue version, data fingerprint and centroids. */
  fingerprint: string;
  dataFingerprint: string;
  catalogueVersion: string;
  asOf: string;
  createdAt: string;
  recipe: Recipe;
  /** What a person asked for; a re-clustering asks for the same, with defaults from the data of its day. */
  asked: { k: Recipe['k'] | null; weights: Weights | null };
  transforms: ColumnTransform[];
  embedding: CategoryEmbedding | null;
  /** In the transformed space; row i belongs to segments[i]. Empty for RFM. */
  centroids: number[][];
  choice: KChoice | null;
  /** Beyond them a customer is set aside; null for RFM. */
  limits: OutlierLimits | null;
  /** Where the scores of RFM begin; null for clusters. */
  cuts: RfmCuts | null;
  reference: Reference;
  /** As-of date of what `population`, `segments` and their texts say: that of the last refresh. */
  describedAsOf: string;
  population: Population;
  segments: Segment[];
  /** Ids of the five to seven features that tell the segments apart most, strongest first. */
  carrying: string[];
  /** A sample of customers in two dimensions, for the map: no ids. */
  map: MapPoint[];
}

export interface Population {
  /** Buyers as of the date: those segmented and those set aside. */
  customers: number;
  /** Bulk buyers and bots, reported and not segmented. */
  setAside: { count: number; revenueShare: number; why: string };
  /** Profiles without an order; not segmented. */
  withoutOrders: number;
  revenue: number;
  /** ISO code; null where the shop has none or several. */
  currency: string | null;
  months: number;
}

export interface MapPoint {
  x: number;
  y: number;
  segment: number;
}

export interface Segment {
  /** Stable key, a slug of the first name; survives refreshes and renames. */
  key: string;
  size: number;
  /** Of all buyers, those set aside included; so is `revenueShare` of all revenue. */
  share: number;
  /** Net revenue over the whole history, in the shop's currency. */
  revenue: number;
  revenueShare: number;
  /** Mean confidence of its members, 0..1. */
  confidence: number;
  features: FeatureSummary[];
  rule: SegmentRule;
  /** Nearest first. */
  neighbours: { key: string; distance: number }[];
  persona: Persona;
}

export interface FeatureSummary {
  id: string;
  label: string;
  unit: Unit;
  class: FeatureClass;
  mean: number;
  median: number;
  overallMean: number;
  overallMedian: number;
  /** (segment mean - overall mean) / overall standard deviation, in the transformed space. */
  difference: number;
  /** Share of the feature's variance that the segmentation explains, 0..1 (eta squared). */
  explained: number;
}

/** A sentence a person can read, learned by a small tree; precision and recall are measured on all members. */
export interface SegmentRule {
  text: string;
  precision: number;
  recall: number;
}

export interface Persona {
  name: string;
  /** One sentence: the definition. */
  sentence: string;
  /** One paragraph with real numbers. */
  paragraph: string;
  evidence: Evidence[];
  action: string;
  /** What not to do; blank where nobody has said. */
  avoid: string;
  /**
   * What the segment is called on platforms of others. The names of uploaded lists are seen by the platform's staff and
   * reviewers and can reach customers ("why am I seeing this?"), and the platforms' terms forbid names that imply
   * personal attributes, finances among them. So it says nothing of value, absence or traits, but what the list is
   * sent, by which staff knows it: "Welcome series". No two segments share one.
   */
  neutralName: string;
  /** The archetype it was matched to, or null where it was named by its strongest traits. */
  archetype: string | null;
  author: 'deterministic' | 'model';
}

export interface Evidence {
  feature: string;
  label: string;
  direction: 'above' | 'below';
  /** As written in text: "24 days", "£48.20", "62 %". */
  value: string;
  overall: string;
}
