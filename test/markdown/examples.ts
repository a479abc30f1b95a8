import type { Digest } from '../../src/agent/tasks/digest/digest.ts';
import type { OpenProposal } from '../../src/markdown/proposals.ts';
import type {
  ModelCard,
  Overview,
  SegmentList,
  ShownMoves,
  ShownPredictions,
  ShownSegment,
} from '../../src/markdown/results.ts';

/** Results of tools with every field filled; `text` stands wherever data, people or a model have a say. */

const asOf = '2026-03-01';
const figures = (text: string) => ({
  key: 'weekly',
  name: text,
  customers: 1234,
  share: 0.25,
  revenue: 12_345,
  revenueShare: 0.5,
  revenuePerCustomer: 10,
  trend: 'growing' as const,
});

export const exampleList = (text: string): SegmentList => ({
  asOf,
  currency: 'GBP',
  customers: 4936,
  revenue: 24_690,
  kind: 'clusters',
  segments: [
    { ...figures(text), valueAtRisk: 99.5, churn: 0.3, sentence: text },
    {
      ...figures('small'),
      key: 'small',
      customers: 'fewer than 10',
      share: null,
      revenue: null,
      revenueShare: null,
      revenuePerCustomer: null,
      trend: null,
      valueAtRisk: null,
      churn: null,
      sentence: null,
    },
  ],
  setAside: { customers: 12, revenueShare: 0.1, why: text },
});

export const exampleSegment = (text: string): ShownSegment => ({
  asOf,
  currency: 'GBP',
  ...figures(text),
  predictions: {
    ordersNext90Days: 120,
    lifetimeValue: 5000,
    valueAtRisk: 99.5,
    churn: 0.3,
    overdueShare: 0.2,
  },
  persona: { author: 'model', sentence: text, paragraph: text, action: text, avoid: text },
  setsApart: [{ label: text, here: text, all: text, difference: 1.2 }],
  rule: { text, precision: 0.9, recall: 0.8 },
  confidence: 0.7,
  nearest: [{ key: 'small', name: text, distance: 2 }],
});

export const exampleDigest = (text: string): Digest => ({
  asOf,
  since: '2026-02-22',
  state: 'alert',
  headline: text,
  currency: 'GBP',
  customers: 812,
  revenue: 12_345,
  segments: [
    {
      key: 'weekly',
      name: text,
      customers: 500,
      share: 0.5,
      grew: 'fewer than 10',
      shrank: null,
      trend: 'growing',
      revenueShare: 0.4,
      valueAtRisk: 99.5,
    },
  ],
  setAside: 12,
  flows: {
    newcomers: { customers: 12, revenueLastYear: null },
    lapsed: { customers: 'fewer than 10', revenueLastYear: null },
    cameBack: { customers: 20, revenueLastYear: 500 },
  },
  moves: [text],
  findings: (['alert', 'watch', 'note'] as const).map(level => ({
    level,
    kind: 'hollowing',
    sentence: text,
    explanation: level === 'note' ? null : text,
    since: '2026-02-01',
    explainedBy: null,
  })),
  moreFindings: 1,
  campaigns: [{ sync: 's-1', name: text, verdict: 'works', says: text }],
  todo: [{ action: text, why: text, segment: { key: 'weekly', name: text } }],
  ahead: { lifetimeValue: 5000, valueAtRisk: 99.5, churn: 0.3 },
  notes: [text],
  proposals: [{ id: 'p-1', kind: 'weights', summary: text, since: '2026-02-01' }],
  moreProposals: 1,
  author: 'deterministic',
});

export const exampleMoves = (text: string): ShownMoves => ({
  asOf,
  from: '2026-02-22',
  currency: 'GBP',
  sentences: [text],
  sentenceKeys: [{ fromKey: 'weekly', toKey: 'small' }],
  moves: [
    {
      from: text,
      to: 'small',
      fromKey: 'weekly',
      toKey: 'small',
      customers: 'fewer than 10',
      revenueLastYear: null,
    },
  ],
  more: 2,
  segments: [{ key: 'weekly', name: text, grew: 12, shrank: null }],
});

export const examplePredictions = (text: string): ShownPredictions => ({
  none: null,
  trust: { targets: [{ says: text }], notes: [text] },
});

export const exampleCard = (text: string): ModelCard => ({
  id: 'm-1',
  kind: 'clusters',
  fittedAsOf: '2026-02-01',
  asOf,
  fittedOn: '2026-02-02',
  fingerprint: 'abc',
  dataFingerprint: 'def',
  catalogueVersion: '123',
  population: {
    customers: 4936,
    withoutOrders: 'fewer than 10',
    revenue: 24_690,
    currency: 'GBP',
    months: 12.5,
    setAside: { customers: 12, revenueShare: 0.1, why: text },
  },
  recipe: {
    overlay: text,
    seed: '1',
    groups: 'from 2 to 12',
    features: { recency: 1, orders: 0.5 },
    more: 1,
    classWeights: { browse: 1, [text]: 0.5 },
    askedWeights: true,
  },
  choice: {
    k: 2,
    reason: text,
    delta: 0.1,
    stability: 0.9,
    table: [
      {
        k: 2,
        silhouette: 0.3,
        delta: 0.1,
        stability: 0.9,
        overlap: 0.2,
        smallest: 'fewer than 10',
        why: text,
      },
    ],
  },
  carrying: ['recency'],
});

export const exampleOverview = (text: string): Overview => ({
  asOf,
  currency: 'GBP',
  customers: 4936,
  withoutOrders: 'fewer than 10',
  orders: 12_000,
  span: { first: '2025-01-01', last: '2026-02-28', months: 14 },
  readiness: {
    enough: false,
    why: [text],
    missing: [{ class: text, features: [text], more: 2, brings: text }],
  },
});

export const exampleProposal = (text: string): OpenProposal => ({
  proposal: 'p-1',
  kind: 'weights',
  summary: text,
  changes: [text],
  since: asOf,
  asOf,
  decide: text,
});
