import type { Model } from '../model.ts';
import type { SegmentStats } from './record.ts';
import { confidenceDoubt } from './scored.ts';
import type { Scores } from './scorer.ts';

/** What a chunk of customers came to. */
export interface Placed {
  rows: number;
  /** Raw columns by feature; columns that the data lacks are absent. */
  columns: ReadonlyMap<string, Float64Array>;
  scores: Scores;
  /** Index of the segment, or `aside`, of each row. */
  segment: Int32Array;
  /** 0..1; NaN for those set aside. */
  confidence: Float64Array;
}

/** What a segment brings: figures that are summed from columns of the same name. */
const figures = {
  revenue: 'revenue',
  revenueLastYear: 'revenue_last_year',
  revenueLast90Days: 'revenue_last_90_days',
  ordersLast90Days: 'orders_last_90_days',
  ordersLast14Days: 'orders_last_14_days',
} as const;
type Figure = keyof typeof figures;

/** Running sums over the members of each segment. */
export interface SegmentSums {
  segments: {
    size: number;
    totals: Record<Figure, number>;
    confidence: number;
    uncertain: number;
    squared: number;
    position: Float64Array;
  }[];
  aside: { count: number; revenue: number };
}

export function startSegmentSums(segments: number, dimensions: number): SegmentSums {
  return {
    segments: Array.from({ length: segments }, () => ({
      size: 0,
      totals: {
        revenue: 0,
        revenueLastYear: 0,
        revenueLast90Days: 0,
        ordersLast90Days: 0,
        ordersLast14Days: 0,
      },
      confidence: 0,
      uncertain: 0,
      squared: 0,
      position: new Float64Array(dimensions),
    })),
    aside: { count: 0, revenue: 0 },
  };
}

/** Adds customers one after the other, so that sums do not depend on how they were cut into chunks. */
export function addToSegments(
  sums: SegmentSums,
  { rows, columns, scores, segment, confidence }: Placed,
): void {
  const { matrix } = scores;
  const read = (Object.keys(figures) as Figure[]).map(
    figure => [figure, columns.get(figures[figure])] as const,
  );
  const revenue = columns.get('revenue');
  for (let i = 0; i < rows; i++) {
    const s = segment[i]!;
    if (s < 0) {
      sums.aside.count++;
      sums.aside.revenue += known(revenue, i);
      continue;
    }
    const own = sums.segments[s]!;
    own.size++;
    for (const [figure, column] of read) own.totals[figure] += known(column, i);
    own.confidence += confidence[i]!;
    if (confidence[i]! < confidenceDoubt) own.uncertain++;
    own.squared += scores.squared(i, s);
    const { position } = own;
    for (let j = 0; j < position.length; j++) position[j]! += matrix.data[i * matrix.cols + j]!;
  }
}

/** Money without the dust of adding floating-point numbers. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function known(column: Float64Array | undefined, i: number): number {
  const value = column?.[i] ?? 0;
  return Number.isNaN(value) ? 0 : value;
}

/** The segments as they stand, each with the centroid that was scored against. */
export function segmentStats({ segments }: SegmentSums, model: Model): SegmentStats[] {
  return segments.map(({ size, totals, confidence, uncertain, squared, position }, s) => {
    const centroid = model.centroids[s] ?? [];
    const each = (total: number) => (size > 0 ? total / size : 0);
    return {
      key: model.segments[s]!.key,
      name: model.segments[s]!.persona.name,
      size,
      revenue: cents(totals.revenue),
      revenueLastYear: cents(totals.revenueLastYear),
      revenueLast90Days: cents(totals.revenueLast90Days),
      ordersLast90Days: totals.ordersLast90Days,
      ordersLast14Days: totals.ordersLast14Days,
      confidence: each(confidence),
      uncertain: each(uncertain),
      spread: each(squared),
      centroid,
      mean: size > 0 ? Array.from(position, each) : centroid,
    };
  });
}
