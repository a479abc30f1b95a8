import { vendorHttp } from './http.ts';
import { VendorRefusal } from './refusal.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/** A list of WooCommerce, and how many there are in all where it says so. */
export interface WooPage<Row> {
  rows: readonly Row[];
  total: number | undefined;
}

export interface WooApi {
  list<Row>(path: string, query?: Readonly<Record<string, string | number>>): Promise<WooPage<Row>>;
}

/** The shop runs on a host of its own, which serves its visitors first: it is asked one thing at a time. */
const limits = [{ requests: 2, perMs: 1000 }];

export function woocommerceApi(connection: Connection, platform: Platform): WooApi {
  const { settings, secrets } = connection;
  const key = Buffer.from(`${secrets.consumer_key}:${secrets.consumer_secret}`).toString('base64');
  const http = vendorHttp(
    connection,
    {
      base: `${(settings.url ?? '').replace(/\/+$/, '')}/wp-json/wc/v3`,
      headers: { authorization: `Basic ${key}` },
      limits,
      timeoutMs: 90_000,
    },
    platform,
  );
  return {
    async list<Row>(path: string, query: Readonly<Record<string, string | number>> = {}) {
      const answer = await http.send({ path, query });
      const total = Number(answer.headers.get('x-wp-total') ?? Number.NaN);
      const rows = answer.json();
      return {
        rows: (Array.isArray(rows) ? rows : []) as Row[],
        total: Number.isFinite(total) ? total : undefined,
      };
    },
  };
}

export const woocommerceVendor: Vendor = {
  name: 'woocommerce',
  title: 'WooCommerce',
  fields: [
    {
      id: 'url',
      label: 'Address of the shop',
      help: 'As in a browser: https://shop.example. The API needs permalinks other than "Plain" in WordPress.',
      secret: false,
      problem: value =>
        URL.canParse(value) && new URL(value).search === '' && new URL(value).username === ''
          ? null
          : 'is no address such as https://shop.example',
    },
    {
      id: 'consumer_key',
      label: 'Consumer key',
      help: 'WooCommerce > Settings > Advanced > REST API > Add key, with the permission Read.',
      secret: true,
      problem: value => (value.startsWith('ck_') ? null : 'does not begin with ck_'),
    },
    {
      id: 'consumer_secret',
      label: 'Consumer secret',
      help: 'Shown once, beside the key.',
      secret: true,
      problem: value => (value.startsWith('cs_') ? null : 'does not begin with cs_'),
    },
    {
      id: 'page_size',
      label: 'Records at once',
      help: '1 to 100. Fewer for a host that takes too long.',
      secret: false,
      fallback: '100',
      problem: value => (/^([1-9]\d?|100)$/.test(value) ? null : 'is no number from 1 to 100'),
    },
  ],
  async test(connection, platform) {
    const api = woocommerceApi(connection, platform);
    const missing: string[] = [];
    for (const [path, what] of [
      ['/customers', 'customers with an account'],
      ['/products', 'the categories of products'],
    ] as const)
      await api.list(path, { per_page: 1 }).catch(error => {
        if (!(error instanceof VendorRefusal) || error.status !== 403) throw error;
        missing.push(`read of ${path.slice(1)}: ${what} cannot be pulled`);
      });
    const { total } = await api.list('/orders', { per_page: 1 });
    const host = new URL(connection.settings.url ?? '').host;
    return { account: total === undefined ? host : `${host} (${total} orders)`, missing };
  },
};
