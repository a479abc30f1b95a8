import type { FeatureSummary, Model, Segment } from '../../src/segmentation/model.ts';
import type { Readiness } from '../../src/segmentation/readiness.ts';

/** Id, label, unit and typical value. */
const features = [
  ['orders_per_month', 'orders per month', 'per month', 0.6],
  ['repeat_product_share', 'share of products bought before', 'share', 0.22],
  ['recency', 'days since the last order', 'days', 74],
  ['order_value', 'order value', 'money', 42.21],
  ['discounted_order_share', 'share of orders with a discount', 'share', 0.33],
  ['sessions', 'visits in the last 180 days', 'count', 16],
  ['overdue_ratio', 'time since the last order against the usual gap', 'ratio', 1.6],
  ['category_entropy', 'spread over categories', 'score', 0.88],
  ['click_rate', 'e-mail click rate', 'share', 0.11],
  ['tickets_per_order', 'support tickets per order', 'per order', 0.12],
  ['tenure', 'days since the first order', 'days', 410],
  ['return_rate', 'share of items returned', 'share', 0.05],
] as const;

const carrying = features.slice(0, 7);

export const hostileName = `Evening "shoppers" <script>alert('x')</script> & friends`;

const names = [
  'Price-driven occasional buyers',
  hostileName,
  'Single-category loyalists',
  'Lapsed but recoverable',
  'High-value considered buyers',
  'Subscription-shaped buyers',
  'Narrow-basket buyers with small order values',
  'Window browsers',
  'Champions',
  'New customers',
  'Seasonal shoppers',
  'Cart abandoners',
];

/** A model of up to 12 segments whose numbers differ; the second has a name that tries to be markup. */
export function reportModel(k: number, change: Partial<Model> = {}): Model {
  const segments = Array.from({ length: k }, (_, i) => segment(i, k));
  return {
    id: 'm-fixture',
    kind: 'clusters',
    fingerprint: 'c0ffee'.repeat(10),
    dataFingerprint: 'decade'.repeat(10),
    catalogueVersion: '1',
    asOf: '2026-11-01',
    createdAt: '2026-11-02T00:00:00.000Z',
    recipe: {
      overlay: 'ecommerce',
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
    asked: { k: null, weights: null },
    embedding: null,
    centroids: segments.map(() => [0]),
    limits: null,
    cuts: null,
    reference: { tenureEdges: [], features: [] },
    describedAsOf: '2026-11-01',
    choice: {
      k,
      reason: `${k} groups: stable, and set apart from each other.`,
      table: Array.from({ length: 11 }, (_, i) => ({
        k: i + 2,
        inertia: 100 - i,
        silhouette: 0.3,
        reference: 0.2,
        delta: 0.14 - 0.012 * Math.abs(i - 5),
        jaccard: 0.98 - 0.015 * i,
        overlap: 0.4,
        gain: 1.8,
        smallestSize: 1000 - 50 * i,
        smallestShare: 0.05,
        eligible: i > 0 && i < 9,
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
    carrying: carrying.map(([id]) => id),
    map: Array.from({ length: 1500 }, (_, i) => ({
      x: Math.cos((7 * (i % k)) / k) * 3 + Math.cos(i * 1.7) * ((i * 13) % 17) * 0.09,
      y: Math.sin((7 * (i % k)) / k) * 3 + Math.sin(i * 1.7) * ((i * 13) % 17) * 0.09,
      segment: i % k,
    })),
    ...change,
  };
}

function segment(i: number, k: number): Segment {
  const share = (2 * (k - i)) / (k * (k + 1));
  const revenueShare = (2 * (i + 1)) / (k * (k + 1));
  return {
    key: `segment-${String.fromCharCode(97 + i)}`,
    size: Math.round(12_345 * share),
    share,
    revenue: 2_345_678 * revenueShare,
    revenueShare,
    confidence: 0.58 + 0.03 * (i % 6),
    features: features.map((feature, f) => summary(feature, i, f)),
    rule: {
      text: 'Orders more than twice a month and spends at least £30 an order.',
      precision: 0.91,
      recall: 0.84,
    },
    neighbours: [1, 2].map(step => ({
      key: `segment-${String.fromCharCode(97 + ((i + step) % k))}`,
      distance: 2,
    })),
    persona: {
      name: names[i]!,
      sentence:
        'Customers who come back again and again: they order 1.3 times a month and spend £38 an order.',
      paragraph:
        'They brought a good deal of revenue, which is more than their share of customers. Typically they order 1.3 times a month (all customers: 0.6 times a month) and ordered last 12 days ago (all customers: 74 days).',
      evidence: carrying.slice(0, 6).map(([feature, label], f) => ({
        feature,
        label,
        direction: (i + f) % 3 === 0 ? ('below' as const) : ('above' as const),
        value: '62 %',
        overall: '21 %',
      })),
      action: 'Thank them, and show them what is new first.',
      avoid: 'Do not thank them with discounts.',
      neutralName: `Letters ${i + 1}`,
      archetype: null,
      author: 'deterministic',
    },
  };
}

function summary(
  [id, label, unit, typical]: (typeof features)[number],
  i: number,
  f: number,
): FeatureSummary {
  const difference = ((i * 7 + f * 4) % 11) / 3.5 - 1.5;
  const value = typical * 2 ** difference;
  return {
    id,
    label,
    unit,
    class: 'transaction',
    mean: value,
    median: value,
    overallMean: typical,
    overallMedian: typical,
    difference,
    explained: 0.6 - 0.03 * f,
  };
}

export function reportReadiness(): Readiness {
  return {
    asOf: '2026-11-01',
    customers: { profiles: 12_776, buyers: 12_345, withoutOrders: 431 },
    orders: {
      purchases: 54_321,
      notPurchases: 12,
      span: { first: '2025-04-27', last: '2026-10-31', odd: { before: 0, after: 2 } },
    },
    months: 18.2,
    currencies: [{ currency: 'GBP', orders: 54_321 }],
    currency: 'GBP',
    tables: [
      { table: 'orders', rows: 54_333, blanks: [{ column: 'coupon_code', share: 0.81 }] },
      { table: 'tickets', rows: 0, blanks: [] },
    ],
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
