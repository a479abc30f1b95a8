import type { Model } from '../src/segmentation/model.ts';

/** A call of a tool. */
export interface Call {
  tool: string;
  input: Record<string, unknown>;
}

/** What may be asked of any segmented shop: every tool that answers at once, and the dearest things asked of it. */
export function toolCalls({ segments }: Pick<Model, 'segments'>, handle: string): Call[] {
  const [first, second, third] = segments.map(({ key }) => key);
  const calls: readonly [string, Record<string, unknown>?][] = [
    ['shop_overview'],
    ['list_segments'],
    ['show_segment', { segment: first }],
    ['compare_segments', { segments: [first, second, third].filter(key => key !== undefined) }],
    ['find_segments', { description: 'lapsed customers who can be won back without a discount' }],
    ['show_moves'],
    ['show_drift'],
    ['show_chart', { chart: 'map' }],
    ['show_chart', { chart: 'profile' }],
    ['show_chart', { chart: 'moves' }],
    ['show_chart', { chart: 'sizes' }],
    ['build_audience', { question: 'lapsed-but-recoverable' }],
    ['build_audience', { question: 'overdue' }],
    ['build_audience', { filter: { field: 'orders', atLeast: 2 } }],
    [
      'build_audience',
      {
        filter: {
          all: [
            { segment: [first, second] },
            { orders: { count: { atLeast: 2 }, within: 365 } },
            { field: 'churn_probability', below: 0.6 },
          ],
        },
      },
    ],
    [
      'build_audience',
      {
        filter: {
          all: [
            { field: 'recency', above: 90 },
            {
              any: [{ events: { type: 'Product Viewed', within: 60 } }, { moved: { to: first, within: 60 } }],
            },
          ],
        },
      },
    ],
    ['explain_audience', { handle }],
    ['show_predictions'],
    ['show_predictions', { target: 'revenue' }],
    ['plan_budget', { budget: 2000, cost: 0.5 }],
    ['plan_budget', { budget: 500, cost: 0.35, audiences: ['lapsed-but-recoverable', first] }],
    ['list_features'],
    ['list_features', { names: 'category' }],
    ['review_sensitive'],
    ['show_model_card'],
  ];
  return calls.map(([tool, input = {}]) => ({ tool, input }));
}
