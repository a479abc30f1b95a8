import type { CallToolResult } from '@modelcontextprotocol/client';
import type { ChartKind } from '../../../src/charts/chart-data.ts';
import type { SegmentTold } from '../../../src/mcp/app/view/card.ts';
import { madeChartData } from '../../charts/made-chart-data.ts';

const names = ['Champions', 'Lapsed but recoverable', 'Window browsers'];

/** What a server of a shop would say to the calls of the page, new each time. */
export async function madeAnswer(tool: string, { chart }: Record<string, unknown>): Promise<CallToolResult> {
  if (tool === 'show_segment') return told(madeSegment);
  const kind = chart as ChartKind;
  return told(madeChartData(kind, 3, { names, title: `The ${kind}`, alt: `What is seen of the ${kind}.` }));
}

const told = (content: object): CallToolResult => ({ content: [], structuredContent: { ...content } });

const madeSegment: SegmentTold = {
  key: 'segment-0',
  name: names[0]!,
  currency: 'GBP',
  customers: 4000,
  share: 0.6,
  revenue: 90_000,
  revenueShare: 0.7,
  revenuePerCustomer: 22.5,
  trend: 'steady',
  predictions: { valueAtRisk: null, churn: null },
  persona: null,
  setsApart: [],
  nearest: [],
};
