import { OperatorError, UpstreamError } from '../errors.ts';
import { vendorHttp } from './http.ts';
import { VendorRefusal } from './refusal.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/** Of the Graph API; each lives for two years. */
const version = 'v25.0';

export interface MetaApi {
  /** Paths are behind the version. A POST or DELETE is sent again only where it is `idempotent`. */
  send(request: {
    method?: 'GET' | 'POST' | 'DELETE';
    path: string;
    query?: Readonly<Record<string, string | number>>;
    json?: unknown;
    idempotent?: boolean;
  }): Promise<unknown>;
  /** "act_123": audiences belong to it. */
  account: string;
}

/** Meta tells of its limits by these codes of a 400, and of passing trouble by 1 and 2. */
const usedUp = (code: number) =>
  [1, 2, 4, 17, 32, 341, 613].includes(code) || (code >= 80000 && code <= 80014);
const waits = [30_000, 60_000, 120_000, 300_000];

/** @throws OperatorError where the token is refused or may not do this; UpstreamError where Meta asks for more patience */
export function metaApi(connection: Connection, platform: Platform): MetaApi {
  const http = vendorHttp(
    connection,
    {
      base: `https://graph.facebook.com/${version}`,
      headers: { authorization: `Bearer ${connection.secrets.access_token}` },
      limits: [{ requests: 5, perMs: 1000 }],
      timeoutMs: 120_000,
    },
    platform,
  );
  const again = `Run \`kindred connect meta --name ${connection.name}\` again with a token that has the permission ads_management.`;
  return {
    account: accountOf(connection),
    async send(request) {
      for (let tries = 0; ; tries++) {
        try {
          return (await http.send(request)).json();
        } catch (error) {
          if (!(error instanceof VendorRefusal)) throw error;
          const { code, is_transient } = graphError(error);
          if (code === 190 || code === 102)
            throw new OperatorError(`Meta refuses the token of the connection ${connection.name}.`, again);
          if (code === 10 || code === 3 || (code >= 200 && code < 300))
            throw new OperatorError(
              `The token of the connection ${connection.name} may not do this at Meta, or the terms for custom audiences were not accepted.`,
              again,
            );
          if (!usedUp(code) && !is_transient) throw error;
          const wait = waits[tries];
          if (wait === undefined)
            throw new UpstreamError(
              `Meta asks to wait before more requests over the connection ${connection.name}.`,
              'Its limit of requests is used up. What was done so far is kept; run it again later.',
            );
          await platform.sleep(wait, platform.signal);
        }
      }
    },
  };
}

function accountOf({ settings }: Connection): string {
  return `act_${(settings.ad_account_id ?? '').replace(/^act_/, '')}`;
}

function graphError(refusal: VendorRefusal): { code: number; is_transient: boolean } {
  const { error } = (refusal.json ?? {}) as { error?: { code?: unknown; is_transient?: unknown } };
  return { code: Number(error?.code ?? 0), is_transient: error?.is_transient === true };
}

export const metaVendor: Vendor = {
  name: 'meta',
  title: 'Meta custom audiences',
  fields: [
    {
      id: 'ad_account_id',
      label: 'Ad account ID',
      help: 'Ads Manager > the menu of accounts, or after act= in its address. The terms for custom audiences have to be accepted for it.',
      secret: false,
      problem: value => (/^(act_)?\d+$/.test(value) ? null : 'is no number such as 1234567890'),
    },
    {
      id: 'access_token',
      label: 'Access token',
      help: 'Business settings > System users > Generate token, with the permission ads_management on this ad account.',
      secret: true,
    },
  ],
  async test(connection, platform) {
    const api = metaApi(connection, platform);
    const found = (await api.send({ path: `/${api.account}`, query: { fields: 'name' } })) as {
      name?: string;
    };
    const granted = (await api.send({ path: '/me/permissions' })) as {
      data?: readonly { permission?: string; status?: string }[];
    };
    const may = granted.data?.some(
      ({ permission, status }) => permission === 'ads_management' && status === 'granted',
    );
    return {
      account: found.name ?? api.account,
      missing: may ? [] : ['ads_management: audiences cannot be put there'],
    };
  },
};
