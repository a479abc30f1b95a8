import { InputError } from '../errors.ts';
import { type VendorHttp, vendorHttp } from './http.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/** Customer.io has one API that takes people in and one that tells of them, each with credentials of its own. */
export interface CustomerioApi {
  /** The Track API. */
  track: VendorHttp;
  /** The App API. */
  app: VendorHttp;
}

const ofApp = [{ requests: 10, perMs: 1000 }];

export function customerioApi(connection: Connection, platform: Platform): CustomerioApi {
  const { settings, secrets } = connection;
  const region = settings.region === 'EU' ? '-eu' : '';
  const basic = Buffer.from(`${settings.site_id}:${secrets.track_api_key}`).toString('base64');
  const app = vendorHttp(
    connection,
    {
      base: `https://api${region}.customer.io/v1`,
      headers: { authorization: `Bearer ${secrets.app_api_key}` },
      limits: ofApp,
    },
    platform,
  );
  return {
    track: vendorHttp(
      connection,
      {
        base: `https://track${region}.customer.io/api`,
        headers: { authorization: `Basic ${basic}` },
        limits: [{ requests: 100, perMs: 1000 }],
      },
      platform,
    ),
    app: { send: request => app.send({ pace: { name: 'app', limits: ofApp }, ...request }) },
  };
}

export const customerioVendor: Vendor = {
  name: 'customerio',
  title: 'Customer.io',
  fields: [
    {
      id: 'region',
      label: 'Region',
      help: 'US or EU: Settings > Workspace settings > Data center.',
      secret: false,
      fallback: 'US',
      problem: value => (value === 'US' || value === 'EU' ? null : 'is neither US nor EU'),
    },
    {
      id: 'site_id',
      label: 'Site ID',
      help: 'Settings > Account settings > API credentials > Track API keys.',
      secret: false,
    },
    { id: 'track_api_key', label: 'Track API key', help: 'Beside the site ID.', secret: true },
    {
      id: 'app_api_key',
      label: 'App API key',
      help: 'Settings > Account settings > API credentials > App API keys.',
      secret: true,
    },
  ],
  async test(connection, platform) {
    const { track, app } = customerioApi(connection, platform);
    const told = (await track.send({ path: '/v1/accounts/region' })).json() as { data_center?: string };
    const region = connection.settings.region ?? 'US';
    const at = told.data_center?.toUpperCase() ?? region;
    if (at !== region)
      throw new InputError(
        `This workspace of Customer.io is in the region ${at}, not ${region}.`,
        'Give this region.',
      );
    await app.send({ path: '/segments' });
    return { account: `site ${connection.settings.site_id} (${region})`, missing: [] };
  },
};
