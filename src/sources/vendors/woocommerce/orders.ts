import { type WooApi, woocommerceApi } from '../../../vendors/woocommerce.ts';
import type { Page, Stream } from '../../pull/source.ts';
import type { WooOrder, WooProduct, WooRefund } from './records.ts';
import { customerOf, guestRow, lineRows, orderRow, utc } from './rows.ts';

/**
 * Orders by when they were last changed, with their lines, refunds and guests. Those in the bin are asked for apart, since
 * WooCommerce hides them else: they become orders that were never paid.
 */
export const orders: Stream = changedOrders('orders', 'orders', 'any');
export const binned: Stream = changedOrders('binned-orders', 'orders in the bin', 'trash');

function changedOrders(name: string, title: string, status: string): Stream {
  return {
    name,
    title,
    async *pull(connection, cursor, platform): AsyncGenerator<Page> {
      const api = woocommerceApi(connection, platform);
      const per_page = Number(connection.settings.page_size || 100);
      const categories = new Map<number, string>();
      let after = typeof cursor?.after === 'string' ? cursor.after : null;
      let seen = new Set<number>();
      // By the last moment rather than by pages: what changes meanwhile moves to the end and shifts all pages.
      for (let page = 1, first = true; ; first = false) {
        const { rows, total } = await api.list<WooOrder>('/orders', {
          status,
          orderby: 'modified',
          order: 'asc',
          dates_are_gmt: 'true',
          per_page,
          page,
          ...(after ? { modified_after: after } : {}),
        });
        const fresh = rows.filter(({ id }) => !seen.has(id));
        const last = utc(rows.at(-1)?.date_modified_gmt ?? null);
        const next = last ? justBefore(last) : after;
        const advances = next !== null && (after === null || next > after);
        const cursorNow = { after: advances ? next : after };
        yield await pageOf(api, fresh, cursorNow, categories, first ? total : undefined);
        if (rows.length < per_page) return;
        // More orders of one second than a page holds, as after a bulk edit, are paged through.
        page = advances ? 1 : page + 1;
        seen = new Set(advances ? rows.map(({ id }) => id) : [...seen, ...rows.map(({ id }) => id)]);
        if (advances) after = next;
      }
    },
  };
}

/** The second before: `modified_after` leaves out its own moment, and others may have changed in the same second. */
function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1000).toISOString().replace('.000Z', 'Z');
}

async function pageOf(
  api: WooApi,
  orders: readonly WooOrder[],
  cursor: Page['cursor'],
  categories: Map<number, string>,
  total: number | undefined,
): Promise<Page> {
  const known = orders.filter(order => customerOf(order) !== null);
  await learnCategories(api, known, categories);
  const refunds = new Map<number, readonly WooRefund[]>();
  for (const { id, refunds: some = [] } of known)
    if (some.length > 0)
      refunds.set(id, (await api.list<WooRefund>(`/orders/${id}/refunds`, { per_page: 100 })).rows);
  const of = ({ id }: WooOrder) => refunds.get(id) ?? [];
  return {
    rows: {
      customers: known.map(guestRow).filter(row => row !== null),
      orders: known.map(order => orderRow(order, customerOf(order)!, of(order))),
      order_lines: known.flatMap(order => lineRows(order, of(order), categories)),
    },
    received: orders.length,
    leftOut:
      known.length < orders.length
        ? [
            {
              reason: 'no customer: neither an account, nor an e-mail or phone number',
              records: orders.length - known.length,
            },
          ]
        : [],
    cursor,
    ...(total === undefined ? {} : { expected: total }),
  };
}

/** Lines do not tell the category of what was bought; products do, by the first of theirs. */
async function learnCategories(
  api: WooApi,
  orders: readonly WooOrder[],
  categories: Map<number, string>,
): Promise<void> {
  const products = orders.flatMap(({ line_items = [] }) => line_items.map(({ product_id }) => product_id));
  const unknown = [...new Set(products)].filter(id => id > 0 && !categories.has(id)).sort((a, b) => a - b);
  for (let i = 0; i < unknown.length; i += 100) {
    const part = unknown.slice(i, i + 100);
    const { rows } = await api.list<WooProduct>('/products', {
      include: part.join(','),
      per_page: 100,
      status: 'any',
      _fields: 'id,categories',
    });
    for (const { id, categories: found = [] } of rows) if (found[0]) categories.set(id, found[0].name);
    // What is deleted stays without one, and is not asked for again.
    for (const id of part) if (!categories.has(id)) categories.set(id, '');
  }
}
