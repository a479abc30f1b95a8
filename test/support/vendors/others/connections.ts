import type { Connection } from '../../../../src/vendors/vendor.ts';

/** Connections that the mocks take, at the address of a mock. */
export const connections = {
  meta: (url: string): Connection => ({
    name: 'ads',
    vendor: 'meta',
    settings: { ad_account_id: '77', api_url: url },
    secrets: { access_token: 'EAAB' },
  }),
  google: (url: string): Connection => ({
    name: 'ads',
    vendor: 'google',
    settings: { customer_id: '123-456-7890', login_customer_id: '', client_id: 'c', api_url: url },
    secrets: { client_secret: 's', refresh_token: 'refresh' },
  }),
  customerio: (url: string): Connection => ({
    name: 'cio',
    vendor: 'customerio',
    settings: { region: 'EU', site_id: 'site', api_url: url },
    secrets: { track_api_key: 'track', app_api_key: 'app' },
  }),
  activecampaign: (url: string): Connection => ({
    name: 'ac',
    vendor: 'activecampaign',
    settings: { account_url: 'https://shop.api-us1.com', api_url: url },
    secrets: { api_key: 'key' },
  }),
  webhook: (url: string): Connection => ({
    name: 'hook',
    vendor: 'webhook',
    settings: { url: `${url}/kindred?shop=1` },
    secrets: { signing_secret: 'a secret of sixteen' },
  }),
  woocommerce: (url: string, pageSize = 100): Connection => ({
    name: 'shop',
    vendor: 'woocommerce',
    settings: { url, page_size: String(pageSize) },
    secrets: { consumer_key: 'ck_1', consumer_secret: 'cs_1' },
  }),
};
