import type { WooOrder, WooRefund } from '../../../../src/sources/vendors/woocommerce/records.ts';
import { type MockHttp, mockHttp, type Reply } from '../others/mock-http.ts';

export interface MockWoocommerce extends MockHttp {
  orders: WooOrder[];
  customers: { id: number; email: string; date_created_gmt: string; billing: object }[];
  refunds: Map<number, WooRefund[]>;
  categories: Map<number, string>;
  /** Told before each answer, as when somebody works in the shop meanwhile. */
  meanwhile: (asked: number) => void;
}

/** A shop with WooCommerce's REST API v3, as far as it is read. */
export async function mockWoocommerce(): Promise<MockWoocommerce> {
  const orders: WooOrder[] = [];
  const customers: MockWoocommerce['customers'] = [];
  const refunds: MockWoocommerce['refunds'] = new Map();
  const categories = new Map<number, string>();
  const shop = { meanwhile: (_: number) => {} };
  const basic = `Basic ${Buffer.from('ck_1:cs_1').toString('base64')}`;
  let count = 0;
  const http = await mockHttp(({ path, query, headers }): Reply => {
    if (headers.authorization !== basic)
      return { status: 401, json: { code: 'woocommerce_rest_cannot_view' } };
    shop.meanwhile(count++);
    const perPage = Number(query.get('per_page') ?? 10);
    if (perPage > 100) return { status: 400, json: { code: 'rest_invalid_param' } };
    const paged = (all: readonly unknown[]): Reply => {
      const from = (Number(query.get('page') ?? 1) - 1) * perPage;
      return {
        json: all.slice(from, from + perPage),
        headers: {
          'x-wp-total': String(all.length),
          'x-wp-totalpages': String(Math.ceil(all.length / perPage)),
        },
      };
    };
    const [, what] = path.split('/wp-json/wc/v3');
    const [, order] = /^\/orders\/(\d+)\/refunds$/.exec(what ?? '') ?? [];
    if (order) return paged(refunds.get(Number(order)) ?? []);
    if (what === '/customers') return paged(customers.toSorted((a, b) => a.id - b.id));
    if (what === '/products') {
      const ids = new Set((query.get('include') ?? '').split(',').map(Number));
      return paged(
        [...categories].filter(([id]) => ids.has(id)).map(([id, name]) => ({ id, categories: [{ name }] })),
      );
    }
    if (what !== '/orders') return { status: 404, json: { code: 'rest_no_route' } };
    const after = query.get('modified_after')?.replace('Z', '') ?? '';
    const status = query.get('status') ?? 'any';
    const found = orders.filter(
      one =>
        (status === 'any' ? one.status !== 'trash' : one.status === status) &&
        (query.get('dates_are_gmt') === 'true' ? one.date_modified_gmt! > after : true),
    );
    return paged(
      query.get('orderby') === 'modified'
        ? found.toSorted((a, b) =>
            a.date_modified_gmt! < b.date_modified_gmt!
              ? -1
              : a.date_modified_gmt! > b.date_modified_gmt!
                ? 1
                : a.id - b.id,
          )
        : found.toSorted((a, b) => b.id - a.id),
    );
  });
  return Object.assign(shop, http, { orders, customers, refunds, categories });
}

/** An order of a guest; each a minute after the one before. */
export function orderOf(id: number, more: Partial<WooOrder> = {}): WooOrder {
  const at = new Date(Date.UTC(2026, 0, 1) + id * 60_000).toISOString().slice(0, 19);
  return {
    id,
    number: String(id),
    status: 'completed',
    currency: 'EUR',
    date_created_gmt: at,
    date_modified_gmt: at,
    created_via: 'checkout',
    customer_id: 0,
    total: '25.00',
    discount_total: '1.50',
    billing: { email: `Guest${id % 7}@X.org`, phone: '', country: 'DE' },
    coupon_lines: [],
    line_items: [{ id: id * 10, product_id: 1, name: 'Mug', sku: 'MUG', quantity: 2, total: '20.00' }],
    refunds: [],
    ...more,
  };
}
