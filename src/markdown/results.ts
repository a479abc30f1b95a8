import type { z } from 'zod';
import type { segmentFigures, segmentPredictions } from '../tools/results/segment-figures.ts';
import type { setAsideShape } from '../tools/results/set-aside.ts';
import type { People } from '../tools/results/values.ts';

/** Results of tools, as far as pages are made of them. */

type Figures = z.output<z.ZodObject<typeof segmentFigures>>;
type Predicted = z.output<z.ZodObject<typeof segmentPredictions>>;
export type SetAside = z.output<typeof setAsideShape>;

/** Of `list_segments`. */
export interface SegmentList {
  asOf: string;
  currency: string | null;
  customers: People;
  revenue: number;
  kind: 'clusters' | 'rfm';
  segments: (Figures & Pick<Predicted, 'valueAtRisk' | 'churn'> & { sentence: string | null })[];
  setAside: SetAside;
}

/** Of `show_segment`. */
export interface ShownSegment extends Figures {
  asOf: string;
  currency: string | null;
  predictions: Predicted;
  persona: {
    author: 'deterministic' | 'model';
    sentence: string;
    paragraph: string;
    action: string;
    avoid: string;
  } | null;
  setsApart: { label: string; here: string; all: string; difference: number }[];
  rule: { text: string; precision: number | null; recall: number | null } | null;
  confidence: number | null;
  nearest: { key: string; name: string; distance: number }[];
}

/** Of `show_moves`. */
export interface ShownMoves {
  asOf: string;
  from: string;
  currency: string | null;
  sentences: string[];
  /** Of each sentence: the keys of where they were and are. */
  sentenceKeys: { fromKey: string; toKey: string }[];
  moves: {
    from: string;
    to: string;
    fromKey: string;
    toKey: string;
    customers: People;
    revenueLastYear: number | null;
  }[];
  more: number;
  segments: { key: string; name: string; grew: People | null; shrank: People | null }[];
}

/** Of `show_predictions`. */
export interface ShownPredictions {
  none: string | null;
  trust: { targets: { says: string }[]; notes: string[] } | null;
}

/** Of `show_model_card`. */
export interface ModelCard {
  id: string;
  kind: 'clusters' | 'rfm';
  fittedAsOf: string;
  asOf: string;
  fittedOn: string;
  fingerprint: string;
  dataFingerprint: string;
  catalogueVersion: string;
  population: {
    customers: People;
    withoutOrders: People;
    revenue: number;
    currency: string | null;
    months: number;
    setAside: SetAside;
  };
  recipe: {
    overlay: string;
    seed: string;
    groups: string;
    features: Record<string, number>;
    more: number;
    classWeights: Record<string, number>;
    askedWeights: boolean;
  };
  choice: {
    k: number | null;
    reason: string;
    delta: number | null;
    stability: number | null;
    table: {
      k: number;
      silhouette: number;
      delta: number;
      stability: number;
      overlap: number;
      smallest: People;
      why: string;
    }[];
  } | null;
  carrying: string[];
}

/** Of `shop_overview`. */
export interface Overview {
  asOf: string | null;
  currency: string | null;
  customers: People;
  withoutOrders: People | null;
  orders: number;
  span: { first: string; last: string; months: number } | null;
  readiness: {
    enough: boolean;
    why: string[];
    missing: { class: string; features: string[]; more: number; brings: string }[];
  };
}
