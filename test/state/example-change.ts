import type { Change } from '../../src/segmentation/refresh/change.ts';
import type { RefreshRecord } from '../../src/segmentation/refresh/record.ts';
import { exampleModel } from './example-model.ts';

/** A record that uses every field; each call gives one of its own. */
export function exampleRecord(change: Partial<RefreshRecord> = {}): RefreshRecord {
  const record: RefreshRecord = {
    modelId: 'm-1',
    asOf: '2011-12-17',
    kind: 'refresh',
    createdAt: '2026-01-09T03:04:05.678Z',
    previous: '2011-12-10',
    fingerprint: 'r1',
    customers: 4000,
    setAside: 3,
    segments: [
      {
        key: 'zebra',
        name: 'Weekend Zoë\'s "family" 🛍️',
        size: 1200,
        revenue: 12345.67,
        revenueLastYear: 1 / 3,
        revenueLast90Days: -5,
        ordersLast90Days: 40,
        ordersLast14Days: 7,
        confidence: 0.1 + 0.2,
        uncertain: 0.25,
        spread: 1e-7,
        centroid: [0.1, -2],
        mean: [0.2, 1e21],
      },
    ],
    moves: [
      {
        from: 'new',
        to: 'zebra',
        customers: 12,
        revenueLastYear: 99.5,
        drivers: [
          { feature: 'recency', label: 'days since the last order', share: 0.6, before: 90, after: 4 },
        ],
      },
    ],
    flapping: { moves: 20, returns: 1 },
    findings: [
      {
        kind: 'feature',
        severity: 'watch',
        subject: 'recency',
        sentence: 'Customers order sooner again.',
        measure: { name: 'population stability index', value: 0.12, threshold: 0.1 },
        explainedBy: null,
        since: '2011-12-17',
      },
    ],
    features: [{ feature: 'recency', counts: [[1, 2, 3]], missing: [0] }],
    ...change,
  };
  return structuredClone(record);
}

/** A shop that is segmented for the first time into `model`, unless the record says otherwise. */
export function exampleChange(
  model = exampleModel(),
  record: Partial<RefreshRecord> = {},
  change: Partial<Change> = {},
): Change {
  const { id: modelId, asOf, createdAt } = model;
  const fit = { kind: 'fit', modelId, asOf, createdAt, fingerprint: `r-${modelId}`, previous: null } as const;
  return {
    record: exampleRecord({ ...fit, moves: [], ...record }),
    model,
    actor: 'kindred',
    proposal: null,
    ...change,
  };
}
