import type { ShopifyApi } from '../../../vendors/shopify-api.ts';
import type { Source } from '../../pull/source.ts';
import { checkoutDocuments, customerDocuments, moreLines, oneOrder, orderDocuments } from './documents.ts';
import type { BulkRecord, Family } from './families.ts';
import {
  type CheckoutLineNode,
  type CheckoutNode,
  type CustomerNode,
  checkoutOf,
  customerOf,
  type LineNode,
  type OrderNode,
  orderOf,
  returnsTold,
} from './from-graphql.ts';
import { returnsOf } from './returns.ts';
import { checkoutRows, customerRows, orderRows, type ReadRecords } from './rows.ts';
import { type Connected, type PagedRecord, streamOf } from './stream.ts';

const minutes = 60_000;

export const shopifySource: Source = {
  vendor: 'shopify',
  streams: [
    streamOf({
      name: 'customers',
      title: 'customers',
      documents: customerDocuments,
      // Shopify says of this search alone that it may match whole days.
      overlapMs: 25 * 60 * minutes,
      atOnce: 100,
      byChange: true,
      read: async families => customerRows(families.map(({ root }) => customerOf(root as CustomerNode))),
    }),
    streamOf({
      name: 'orders',
      title: 'orders',
      documents: orderDocuments,
      overlapMs: 15 * minutes,
      atOnce: 25,
      byChange: true,
      more: linesBehind,
      read: async (families, api) => orderRows(await ordersOf(families, api)),
    }),
    streamOf({
      name: 'checkouts',
      title: 'abandoned checkouts',
      documents: checkoutDocuments,
      overlapMs: 15 * minutes,
      atOnce: 100,
      byChange: false,
      read: async families =>
        checkoutRows(
          families.map(({ root, children }) =>
            checkoutOf(root as CheckoutNode, children as CheckoutLineNode[]),
          ),
        ),
    }),
  ],
};

/** An order as it stands now; null where there is none any more. */
export async function orderNow(api: ShopifyApi, id: string): Promise<ReadRecords | null> {
  const { order } = await api.ask<{ order: PagedRecord | null }>(oneOrder, {
    id: `gid://shopify/Order/${id}`,
  });
  if (!order) return null;
  const { lineItems } = order;
  const rest = lineItems?.pageInfo.hasNextPage ? await linesBehind(api, order) : [];
  const children = [...(lineItems?.nodes ?? []), ...rest];
  return orderRows(await ordersOf([{ root: order, children }], api));
}

async function ordersOf(families: readonly Family[], api: ShopifyApi) {
  const read = families.map(({ root, children }) => {
    const [order, lines] = [root as OrderNode, children as LineNode[]];
    return { order, lines, returns: returnsTold(order, lines) };
  });
  const untold = read.filter(({ returns }) => returns === null).map(({ order }) => order.id);
  const asked = await returnsOf(api, untold);
  return read.map(({ order, lines, returns }) =>
    orderOf(order, lines, returns ?? asked.get(order.id) ?? new Map()),
  );
}

async function linesBehind(api: ShopifyApi, { id, lineItems }: PagedRecord): Promise<BulkRecord[]> {
  const lines: BulkRecord[] = [];
  for (let after = lineItems?.pageInfo.endCursor ?? null; after !== null; ) {
    const { order } = await api.ask<{ order: { lineItems: Connected } | null }>(moreLines, { id, after });
    if (!order) break;
    lines.push(...order.lineItems.nodes);
    const { hasNextPage, endCursor } = order.lineItems.pageInfo;
    after = hasNextPage ? endCursor : null;
  }
  return lines;
}
