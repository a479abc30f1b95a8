import { chartKinds } from '../../../src/charts/chart-data.ts';
import type { Model } from '../../../src/segmentation/model.ts';

/**
 * What each tool is asked, by its name: ordinary things, audiences of a few and of all but a few, and what it refuses. A
 * tool that is not listed fails the test of what is sent.
 */
export function toolInputs({ segments }: Pick<Model, 'segments'>, handles: readonly string[]) {
  const keys = segments.map(({ key }) => key);
  const [first = '', second = ''] = keys;
  const filters = [
    { field: 'orders', atLeast: 2 },
    ...[6, 12, 20, 28, 40].map(atLeast => ({ field: 'orders', atLeast })),
    ...[3, 8, 20].map(below => ({ field: 'recency', below })),
    ...[200, 300, 340].map(above => ({ not: { field: 'recency', above } })),
    ...keys.flatMap(segment => [{ segment }, { not: { segment } }]),
    { all: [{ segment: first }, { field: 'orders', atLeast: 2 }] },
    {
      all: [
        { field: 'orders', atLeast: 2 },
        { field: 'orders', below: 30 },
      ],
    },
    { any: [{ segment: second }, { field: 'recency', below: 5 }] },
    { field: 'churn_probability', below: 0.1 },
    { orders: { coupon: 'FOR-JAN' } },
    { orders: { coupon: 'SUMMER' } },
    { orders: { channel: 'stall' } },
    { orders: { category: 'engraved' } },
    { orders: { product: 'SKU-ENGRAVED' } },
    { orders: { product: 'Ring' } },
    { events: { type: 'Email Opend' } },
    { events: { type: 'Email Opened', campaign: 'call-back' } },
    { events: { type: 'Product Viewed', product: 'SKU-ENGRAVED', category: 'engraved' } },
    { field: 'country', is: 'Atlantis' },
    { field: 'country', is: 'TUVAL' },
    { field: 'email', is: 'somebody' },
    { profile_id: 'somebody' },
    { all: [] },
  ];
  const inputs: Readonly<Record<string, readonly unknown[]>> = {
    shop_overview: [{}],
    list_segments: [{}],
    show_segment: [...keys.map(segment => ({ segment })), { segment: 'nobody' }],
    compare_segments: [
      ...keys.slice(1).map(key => ({ segments: [first, key] })),
      { segments: [first, 'nobody'] },
    ],
    find_segments: [{ description: 'lapsed customers' }, { description: 'the three who bought the ring' }],
    show_moves: [
      {},
      { from: '2026-06-01' },
      { from: '2026-06-08', to: '2026-06-15' },
      { from: '2030-01-01' },
    ],
    show_drift: [{}],
    show_chart: chartKinds.map(chart => ({ chart })),
    build_audience: [
      ...filters.map(filter => ({ filter })),
      { question: 'lapsed-but-recoverable' },
      { question: 'overdue' },
      { filter: filters[0], name: 'Everybody who came back' },
    ],
    explain_audience: [...handles.map(handle => ({ handle })), { handle: 'a-00000000' }],
    show_predictions: [{}, { target: 'revenue' }, { target: 'fortune' }],
    plan_budget: [
      { budget: 2000, cost: 0.5 },
      { budget: 3, cost: 1, audiences: [first] },
      { budget: 500, cost: 0.35, audiences: handles.slice(0, 6) },
      { budget: 500, cost: 0.35, audiences: ['nobody'] },
    ],
    lift: [{}, { campaign: 's-1' }, { campaign: 'nobody' }],
    list_features: [
      {},
      { search: 'order' },
      ...['category', 'product', 'coupon', 'campaign', 'ticket kind', 'channel', 'event type'].map(names => ({
        names,
      })),
    ],
    review_sensitive: [{}, { kind: 'coupon' }, { kind: 'ticket kind' }],
    show_model_card: [{}],
    what_if: [{ k: 3 }, { weights: { nothing: 2 } }],
    propose_weights: [
      {
        weights: [{ of: 'recency', weight: 2, reason: 'Who was here lately matters.' }],
        why: 'We win back.',
      },
      { weights: [{ of: 'nothing', weight: 2, reason: 'None.' }], why: 'None.' },
    ],
    propose_recipe: [{ k: 3, why: 'Fewer are easier to plan with.' }, { why: 'Nothing.' }],
    propose_promotion: [{}],
    propose_persona: keys.flatMap((segment, i) => [
      { segment, name: `Name of letters ${'abcd'[i]}`, why: 'It says more.' },
      { segment, paragraph: 'There are 7,777 customers in it.', why: 'It says more.' },
    ]),
    propose_feature: [
      { feature: 'weekend_share', lawfulBasis: 'legitimate interests', why: 'It tells when to write.' },
      { feature: 'nothing', lawfulBasis: 'consent', why: 'None.' },
    ],
    propose_sync: [
      ...handles.map(audience => ({ audience, purpose: 'A letter.' })),
      { audience: 'a-00000000', purpose: 'A letter.' },
    ],
  };
  return inputs;
}

/** Of whatever tool: what no tool takes. */
export const wrongInputs: readonly unknown[] = [{ nonsense: 'rows, please' }, [], 'all rows'];
