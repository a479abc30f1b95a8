import type { ShopifyApi } from '../../../vendors/shopify-api.ts';
import { moreReturns, refundsOf } from './documents.ts';
import { latest, type Returns } from './from-graphql.ts';

interface RefundLines {
  nodes: { quantity: number; lineItem: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface RefundedOrder {
  id: string;
  refunds: { id: string; processedAt: string; refundLineItems: RefundLines }[];
}

/** Orders of one request: of what a query may cost, each takes a part. */
const atOnce = 10;

/** What the refunds of some orders took back, line by line. */
export async function returnsOf(api: ShopifyApi, orders: readonly string[]): Promise<Map<string, Returns>> {
  const found = new Map<string, Returns>();
  for (let i = 0; i < orders.length; i += atOnce) {
    const ids = orders.slice(i, i + atOnce);
    const { nodes } = await api.ask<{ nodes: (RefundedOrder | null)[] }>(refundsOf, { ids });
    for (const order of nodes) if (order) found.set(order.id, await returnsIn(api, order));
  }
  return found;
}

async function returnsIn(api: ShopifyApi, { refunds }: RefundedOrder): Promise<Returns> {
  const returns = new Map<string, { quantity: number; at: string }>();
  for (const { id, processedAt, refundLineItems } of refunds) {
    for (const { quantity, lineItem } of await allOf(api, id, refundLineItems)) {
      const before = returns.get(lineItem.id);
      returns.set(lineItem.id, {
        quantity: quantity + (before?.quantity ?? 0),
        at: latest([processedAt, before?.at ?? processedAt])!,
      });
    }
  }
  return returns;
}

async function allOf(api: ShopifyApi, id: string, first: RefundLines): Promise<RefundLines['nodes']> {
  const lines = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const { node } = await api.ask<{ node: { refundLineItems: RefundLines } | null }>(moreReturns, {
      id,
      after: pageInfo.endCursor,
    });
    if (!node) break;
    lines.push(...node.refundLineItems.nodes);
    pageInfo = node.refundLineItems.pageInfo;
  }
  return lines;
}
