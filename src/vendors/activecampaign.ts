import { type VendorHttp, vendorHttp } from './http.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/** All keys of an account share five requests a second; imports of many contacts are counted apart. */
const limits = [{ requests: 5, perMs: 1000 }];

export function activecampaignApi(connection: Connection, platform: Platform): VendorHttp {
  return vendorHttp(
    connection,
    {
      base: `${(connection.settings.account_url ?? '').replace(/\/+$/, '')}/api/3`,
      headers: { 'api-token': connection.secrets.api_key ?? '' },
      limits,
    },
    platform,
  );
}

export const activecampaignVendor: Vendor = {
  name: 'activecampaign',
  title: 'ActiveCampaign',
  fields: [
    {
      id: 'account_url',
      label: 'API URL',
      help: 'Settings > Developer: https://account.api-us1.com.',
      secret: false,
      problem: value =>
        URL.canParse(value) && new URL(value).pathname === '/' ? null : 'is no address without a path',
    },
    {
      id: 'api_key',
      label: 'API key',
      help: 'Beside the URL. It may do what the user may whose key it is: edit contacts and manage tags.',
      secret: true,
    },
  ],
  async test(connection, platform) {
    const api = activecampaignApi(connection, platform);
    await api.send({ path: '/users/me' });
    return { account: new URL(connection.settings.account_url ?? '').host, missing: [] };
  },
};
