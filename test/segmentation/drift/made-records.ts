import { matrixOf } from '../../../src/clustering/matrix.ts';
import { daysAfter } from '../../../src/features/as-of.ts';
import type { Distribution, Reference } from '../../../src/segmentation/drift/reference.ts';
import { type DriftView, viewOf } from '../../../src/segmentation/drift/view.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import type { RefreshRecord, SegmentStats } from '../../../src/segmentation/refresh/record.ts';
import type { ScoredPopulation } from '../../../src/segmentation/refresh/scored.ts';

export const start = '2026-06-01';
export const asOf = (week: number) => daysAfter(start, 7 * week);

/** The frozen space of the made models; tenure is the last column. */
const columns = ['order_value', 'recency', 'discounted_order_share', 'tenure'];

/** A segment of 200 customers who place an order each in 90 days, worth £50. */
export function stats(key: string, given: Partial<SegmentStats> = {}): SegmentStats {
  const size = given.size ?? 200;
  return {
    key,
    name: `${key.charAt(0).toUpperCase()}${key.slice(1)} buyers`,
    size,
    revenue: 200 * size,
    revenueLastYear: 100 * size,
    revenueLast90Days: 50 * size,
    ordersLast90Days: size,
    ordersLast14Days: ((given.ordersLast90Days ?? size) * 14) / 90,
    confidence: 0.7,
    uncertain: 0.2,
    spread: 3,
    centroid: [0, 0, 0, 0],
    mean: given.mean ?? given.centroid ?? [0, 0, 0, 0],
    ...given,
  };
}

export function population(
  week: number,
  segments: SegmentStats[],
  more: Partial<ScoredPopulation> = {},
): ScoredPopulation {
  return {
    asOf: asOf(week),
    customers: segments.reduce((sum, { size }) => sum + size, 0),
    setAside: 0,
    segments,
    features: [],
    uncertainSample: matrixOf([]),
    ...more,
  };
}

export function record(
  week: number,
  segments: SegmentStats[],
  more: Partial<RefreshRecord> = {},
): RefreshRecord {
  return {
    modelId: 'm-1',
    asOf: asOf(week),
    kind: week === 0 ? 'fit' : 'refresh',
    createdAt: '2026-11-22T00:00:00Z',
    previous: week === 0 ? null : asOf(week - 1),
    fingerprint: String(week),
    customers: segments.reduce((sum, { size }) => sum + size, 0),
    setAside: 0,
    segments,
    moves: [],
    flapping: { moves: 0, returns: 0 },
    findings: [],
    features: [],
    ...more,
  };
}

export function modelOf(
  segments: readonly SegmentStats[],
  reference?: Reference,
  more: Partial<Model> = {},
): Model {
  const of = {
    id: 'm-1',
    kind: 'clusters',
    asOf: start,
    transforms: columns.map(feature => ({ feature, weight: 1 })),
    centroids: segments.map(({ centroid }) => centroid),
    reference: reference ?? { tenureEdges: [100], features: [] },
    population: { currency: 'GBP' },
    recipe: { features: [], classWeights: {}, k: 3, seed: 1 },
    ...more,
  };
  return of as unknown as Model;
}

/** What the measures see in the week after the given ones, of which the first is the fit. */
export function viewAfter(weeks: readonly SegmentStats[][], now: SegmentStats[]): DriftView {
  const history = weeks.map((segments, week) => record(week, segments));
  return viewOf(modelOf(weeks[0]!), population(weeks.length, now), history);
}

/** One band of tenure that holds everybody, and the open one. */
export function distribution(feature: string, counts: number[], missing = 0): Distribution {
  return { feature, counts: [counts, counts.map(() => 0)], missing: [missing, 0] };
}

export function referenceOf(edges: Record<string, number[]>, trained: Distribution[]): Reference {
  return { tenureEdges: [900], features: trained.map(of => ({ ...of, edges: edges[of.feature]! })) };
}
