import type { Matrix } from '../clustering/matrix.ts';
import type { ColumnTransform } from '../clustering/scaling.ts';
import type { FeatureTable } from '../features/feature.ts';
import type { FeatureSummary, Segment } from './model.ts';
import type { OverlayId } from './overlays/overlay.ts';
import { segmentRules } from './rules.ts';
import { summariseFeatures } from './summary-features.ts';

export interface SummaryInput {
  /** Raw feature values of every buyer. */
  table: FeatureTable;
  /** Transformed rows of the segmented customers; without columns for RFM cells. */
  matrix: Matrix;
  /** What each column of `matrix` is; columns of category mix belong to no feature of the table. */
  transforms: readonly ColumnTransform[];
  /** rowOf[i]: the table row that matrix row i is. */
  rowOf: ArrayLike<number>;
  /** labels[i] in 0 .. k - 1, of matrix row i. */
  labels: Int32Array;
  k: number;
  /** confidence[i] of matrix row i, 0..1. */
  confidence: Float64Array;
  /** Net revenue of each table row. */
  revenue: Float64Array;
  currency: string | null;
  /** In whose words rules are put; a shop's where absent. */
  overlay?: OverlayId;
}

/** What is measured of a segment before it has a name; other segments are told by their position. */
export type SegmentSummary = Omit<Segment, 'key' | 'neighbours' | 'persona'> & {
  neighbours: { segment: number; distance: number }[];
};

export interface SegmentSummaries {
  segments: SegmentSummary[];
  /** Ids of the five to seven features that tell the segments apart most, strongest first. */
  carrying: string[];
}

const CARRYING = { least: 5, most: 7, explained: 0.15 };

/** The numbers behind every text, table and picture of the segments. */
export function summarise(input: SummaryInput): SegmentSummaries {
  const { table, labels, k, revenue, rowOf } = input;
  const features = summariseFeatures(input);
  const rules = segmentRules(input);
  const totalRevenue = sum(revenue);
  const sizes = new Array<number>(k).fill(0);
  const revenues = new Array<number>(k).fill(0);
  const confidences = new Array<number>(k).fill(0);
  labels.forEach((label, i) => {
    sizes[label]!++;
    revenues[label]! += revenue[rowOf[i]!]!;
    confidences[label]! += input.confidence[i]!;
  });
  const centres = centroids(input, features);
  const segments = Array.from({ length: k }, (_, segment) => ({
    size: sizes[segment]!,
    share: sizes[segment]! / Math.max(1, table.profileIds.length),
    revenue: revenues[segment]!,
    revenueShare: totalRevenue > 0 ? revenues[segment]! / totalRevenue : 0,
    confidence: sizes[segment]! > 0 ? confidences[segment]! / sizes[segment]! : 0,
    features: features[segment]!,
    rule: rules[segment]!,
    neighbours: neighboursOf(segment, centres),
  }));
  return { segments, carrying: carryingFeatures(features[0] ?? [], input.transforms) };
}

function carryingFeatures(
  features: readonly FeatureSummary[],
  transforms: readonly ColumnTransform[],
): string[] {
  const used = new Set(transforms.map(({ feature }) => feature));
  return features
    .filter(({ id }) => used.size === 0 || used.has(id))
    .toSorted((a, b) => b.explained - a.explained || (a.id < b.id ? -1 : 1))
    .slice(0, CARRYING.most)
    .filter(({ explained }, i) => i < CARRYING.least || explained >= CARRYING.explained)
    .map(({ id }) => id);
}

/** Mean rows of the transformed space; where it has no columns, the standardised differences stand in. */
function centroids({ matrix, labels, k }: SummaryInput, features: readonly FeatureSummary[][]): number[][] {
  if (matrix.cols === 0) return features.map(list => list.map(({ difference }) => difference));
  const sizes = new Array<number>(k).fill(0);
  const centres = Array.from({ length: k }, () => new Array<number>(matrix.cols).fill(0));
  labels.forEach((label, i) => {
    sizes[label]!++;
    const centre = centres[label]!;
    for (let j = 0; j < matrix.cols; j++) centre[j]! += matrix.data[i * matrix.cols + j]!;
  });
  return centres.map((centre, c) => centre.map(total => total / Math.max(1, sizes[c]!)));
}

/** The other segments by the distance of their centres. */
export function neighboursOf(
  segment: number,
  centres: readonly (readonly number[])[],
): SegmentSummary['neighbours'] {
  return centres
    .map((centre, other) => ({
      segment: other,
      distance: Math.sqrt(sum(centre.map((value, j) => (value - centres[segment]![j]!) ** 2))),
    }))
    .filter(({ segment: other }) => other !== segment)
    .sort((a, b) => a.distance - b.distance || a.segment - b.segment);
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
