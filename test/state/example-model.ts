import type { Model, Persona, Segment } from '../../src/segmentation/model.ts';

const persona: Persona = {
  name: 'Weekend Zoë\'s "family" 🛍️',
  sentence: 'Buy on Saturdays.',
  paragraph: 'They buy\non Saturdays, 62 % of them.',
  evidence: [
    {
      feature: 'weekend_share',
      label: 'share of orders at the weekend',
      direction: 'above',
      value: '62 %',
      overall: '21 %',
    },
  ],
  action: 'Write on Friday.',
  avoid: 'Do not write on Monday.',
  neutralName: 'Friday letter',
  archetype: null,
  author: 'deterministic',
};

function segment(key: string, change: Partial<Segment> = {}): Segment {
  return {
    key,
    size: 1200,
    share: 0.3,
    revenue: 12345.67,
    revenueShare: 1 / 3,
    confidence: 0.1 + 0.2,
    features: [
      {
        id: 'weekend_share',
        label: 'share of orders at the weekend',
        unit: 'share',
        class: 'transaction',
        mean: 0.62,
        median: 1e-7,
        overallMean: 0.21,
        overallMedian: -0.5,
        difference: 1.2345678901234567,
        explained: 5e-324,
      },
    ],
    rule: { text: 'weekend share over 50 %', precision: 0.9, recall: 0.8 },
    neighbours: [{ key: 'other', distance: 2.5 }],
    persona,
    ...change,
  };
}

/** A model that uses every field; each call gives one of its own. */
export function exampleModel(change: Partial<Model> = {}): Model {
  const model: Model = {
    id: 'm-1',
    kind: 'clusters',
    fingerprint: 'f1',
    dataFingerprint: 'd1',
    catalogueVersion: '1',
    asOf: '2011-12-10',
    createdAt: '2026-01-02T03:04:05.678Z',
    recipe: {
      overlay: 'ecommerce',
      features: [{ id: 'weekend_share', weight: 0.5 }],
      classWeights: { transaction: 1, category: 0.7 },
      k: { min: 2, max: 12 },
      seed: 42,
    },
    asked: { k: null, weights: { features: { weekend_share: 0.5 }, classes: { browse: 0 } } },
    transforms: [
      {
        feature: 'weekend_share',
        fill: 0,
        shrink: { support: 'orders', mean: 0.2, strength: 4 },
        log: false,
        low: -1.5,
        high: 9007199254740991,
        centre: 0.3,
        scale: 0.1,
        weight: 0.5,
      },
    ],
    embedding: null,
    centroids: [
      [0.1, -2],
      [1e21, 3],
    ],
    choice: {
      k: 2,
      reason: 'largest that is stable',
      table: [
        {
          k: 2,
          inertia: 10,
          silhouette: 0.3,
          reference: 0.1,
          delta: 0.2,
          jaccard: 0.9,
          overlap: 0.4,
          gain: 3,
          smallestSize: 800,
          smallestShare: 0.2,
          eligible: true,
          why: 'kept',
        },
      ],
    },
    limits: { columns: [{ feature: 'orders', low: -1.25, high: 3.5 }], threshold: 0.5 },
    cuts: null,
    reference: {
      tenureEdges: [90, 365],
      features: [
        {
          feature: 'weekend_share',
          edges: [0, 0.25, 1],
          counts: [
            [1, 2, 3, 4],
            [0, 0, 0, 0],
            [9, 8, 7, 6],
          ],
          missing: [5, 0, 1],
        },
      ],
    },
    describedAsOf: '2011-12-17',
    population: {
      customers: 4000,
      setAside: { count: 3, revenueShare: 0.1, why: 'bulk buyers' },
      withoutOrders: 12,
      revenue: 100000.5,
      currency: 'GBP',
      months: 13,
    },
    segments: [
      segment('zebra'),
      segment('apple', { size: 800, persona: { ...persona, name: 'Apple', neutralName: 'Saturday letter' } }),
    ],
    carrying: ['recency'],
    map: [{ x: 0.5, y: -0.25, segment: 1 }],
    ...change,
  };
  return structuredClone(model);
}
