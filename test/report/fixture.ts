import type { FeatureSummary, Model, Segment } from '../../src/segmentation/model.ts';
import type { Readiness } from '../../src/segmentation/readiness.ts';

const features = [
  ['orders_per_month', 'orders per month', 'per month'],
  ['order_value', 'order value', 'money'],
  ['recency', 'days since the last order', 'days'],
  ['discounted_order_share', 'share of orders with a discount', 'share'],
  ['sessions', 'visits in the last 180 days', 'count'],
  ['open_rate', 'e-mail open rate', 'share'],
] as const;

export const hostileName = `Evening "shoppers" <script>alert('x')</script> & friends`;

/** A model of k segments whose numbers differ; the second has a name that tries to be markup. */
export function reportModel(k: number, change: Partial<Model> = {}): Model {
  const segments = Array.from({ length: k }, (_, i) => segment(i, k));
  return {
    id: 'm-fixture',
    kind: 'clusters',
    fingerprint: 'c0ffee'.repeat(10),
    dataFingerprint: 'd',
    catalogueVersion: '1',
    asOf: '2026-11-01',
    createdAt: '2026-11-02T00:00:00.000Z',
    recipe: {
      features: features.map(([id]) => ({ id, weight: 1 })),
      classWeights: {},
      k: { min: 2, max: 12 },
      seed: 1,
    },
    // The last feature was found to say what another says.
    transforms: features.slice(0, -1).map(([id]) => ({
      feature: id,
      fill: 0,
      shrink: null,
      log: false,
      low: 0,
      high: 1,
      centre: 0,
      scale: 1,
      weight: 0.756,
    })),
    embedding: null,
    centroids: segments.map(() => [0]),
    choice: {
      k,
      reason: `${k} groups: stable, and set apart from each other.`,
      table: Array.from({ length: 11 }, (_, i) => ({
        k: i + 2,
        inertia: 100 - i,
        silhouette: 0.3,
        reference: 0.2,
        delta: 0.1 - 0.005 * i,
        jaccard: 0.95 - 0.02 * i,
        overlap: 0.4,
        gain: 1.8,
        smallestSize: 1000 - 50 * i,
        smallestShare: 0.05,
        eligible: i % 2 === 0,
        why: 'stable, and every group is set apart from the others',
      })),
    },
    population: {
      customers: 12_345,
      setAside: { count: 17, revenueShare: 0.031, why: 'bulk buyers' },
      withoutOrders: 431,
      revenue: 2_345_678,
      currency: 'GBP',
      months: 18.2,
    },
    segments,
    carrying: features.map(([id]) => id),
    map: Array.from({ length: 400 }, (_, i) => ({
      x: Math.cos(i) * (i % k),
      y: Math.sin(i) * (i % k),
      segment: i % k,
    })),
    ...change,
  };
}

function segment(i: number, k: number): Segment {
  const name = i === 1 ? hostileName : `Customers of the kind number-free ${String.fromCharCode(65 + i)}`;
  const share = (2 * (k - i)) / (k * (k + 1));
  return {
    key: `segment-${String.fromCharCode(97 + i)}`,
    size: Math.round(12_345 * share),
    share,
    revenue: 10_000 * (i + 1),
    revenueShare: (2 * (i + 1)) / (k * (k + 1)),
    confidence: 0.8,
    features: features.map(([id, label, unit], f) => summary(id, label, unit, i, f)),
    rule: { text: 'Orders more than twice a month.', precision: 0.91, recall: 0.84 },
    neighbours: [{ key: `segment-${String.fromCharCode(97 + ((i + 1) % k))}`, distance: 2 }],
    persona: {
      name,
      sentence: 'Customers who come back again and again: they order 1.3 times a month.',
      paragraph: 'They brought a good deal of revenue, which is more than their share of customers.',
      evidence: features.slice(0, 4).map(([feature, label]) => ({
        feature,
        label,
        direction: 'above' as const,
        value: '62 %',
        overall: '21 %',
      })),
      action: 'Thank them, and show them what is new first.',
      archetype: null,
      author: 'deterministic',
    },
  };
}

function summary(
  id: string,
  label: string,
  unit: FeatureSummary['unit'],
  i: number,
  f: number,
): FeatureSummary {
  const difference = ((i * 7 + f * 3) % 9) / 3 - 1.3;
  return {
    id,
    label,
    unit,
    class: 'transaction',
    mean: 0.4,
    median: 0.4,
    overallMean: 0.3,
    overallMedian: 0.3,
    difference,
    explained: 0.5,
  };
}

export function reportReadiness(): Readiness {
  return {
    asOf: '2026-11-01',
    customers: { profiles: 12_776, buyers: 12_345, withoutOrders: 431 },
    orders: { purchases: 54_321, notPurchases: 12, span: null },
    months: 18.2,
    currencies: [{ currency: 'GBP', orders: 54_321 }],
    currency: 'GBP',
    tables: [],
    imports: {
      files: 1,
      rowsIn: 60_000,
      stored: 59_000,
      rejected: 900,
      alreadyThere: 100,
      duplicateShare: 0.01,
      reasons: [{ reason: 'no customer', rows: 900 }],
    },
    classes: [
      { class: 'browse', present: false, available: [], missing: [], brings: 'Visits show interest.' },
    ],
    verdict: { enough: false, why: ['Thin data & few customers.'] },
    notes: ['2 orders are dated years away from all others.'],
  };
}
