import { OperatorError } from '../errors.ts';
import { vendorHttp } from './http.ts';
import { VendorRefusal } from './refusal.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/**
 * Google's Data Manager API: since April 2026 the only one that takes customer lists of those who did not upload any
 * before, and it needs no developer token.
 */
export interface GoogleApi {
  send(request: {
    method?: 'GET' | 'POST';
    path: string;
    query?: Readonly<Record<string, string | number | undefined>>;
    json?: unknown;
    idempotent?: boolean;
  }): Promise<unknown>;
  /** Where lists of the account are: "accountTypes/GOOGLE_ADS/accounts/123". */
  account: string;
  /** The list, as a place to send members to. */
  destination(list: string): object;
}

/** Of each Google Cloud project. */
const limits = [
  { requests: 300, perMs: 60_000 },
  { requests: 100_000, perMs: 86_400_000 },
];

export function googleApi(connection: Connection, platform: Platform): GoogleApi {
  const operating = digits(connection.settings.customer_id);
  const login = digits(connection.settings.login_customer_id);
  let token: Promise<string> | undefined;
  const http = vendorHttp(
    connection,
    {
      base: 'https://datamanager.googleapis.com/v1',
      headers: async renew => {
        if (renew) token = undefined;
        token ??= accessToken(connection, platform);
        return {
          authorization: `Bearer ${await token}`,
          ...(login ? { 'login-account': `accountTypes/GOOGLE_ADS/accounts/${login}` } : {}),
        };
      },
      limits,
      timeoutMs: 120_000,
    },
    platform,
  );
  const account = (accountId: string) => ({ accountType: 'GOOGLE_ADS', accountId });
  return {
    account: `accountTypes/GOOGLE_ADS/accounts/${operating}`,
    destination: list => ({
      operatingAccount: account(operating),
      ...(login ? { loginAccount: account(login) } : {}),
      productDestinationId: list,
    }),
    send: async request => (await http.send(request)).json(),
  };
}

async function accessToken(connection: Connection, platform: Platform): Promise<string> {
  const { secrets, settings, name } = connection;
  const http = vendorHttp(
    connection,
    { base: 'https://oauth2.googleapis.com', headers: {}, limits: [{ requests: 1, perMs: 1000 }] },
    platform,
  );
  const refused = (cause?: unknown) =>
    new OperatorError(
      `Google refuses the refresh token of the connection ${name}.`,
      `Run \`kindred connect google --name ${name}\` again with a new one, for the scope https://www.googleapis.com/auth/datamanager.`,
      { cause },
    );
  try {
    const answer = await http.send({
      method: 'POST',
      path: '/token',
      idempotent: true,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      pace: { name: 'token', limits: [{ requests: 1, perMs: 1000 }] },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: settings.client_id ?? '',
        client_secret: secrets.client_secret ?? '',
        refresh_token: secrets.refresh_token ?? '',
      }).toString(),
    });
    const { access_token } = answer.json() as { access_token?: string };
    if (!access_token) throw refused();
    return access_token;
  } catch (error) {
    if (error instanceof VendorRefusal) throw refused(error);
    throw error;
  }
}

const digits = (text = '') => text.replaceAll('-', '').trim();

const accountNumber = (value: string) =>
  /^\d{10}$/.test(digits(value)) ? null : 'is no number such as 123-456-7890';

export const googleVendor: Vendor = {
  name: 'google',
  title: 'Google Ads customer match',
  fields: [
    {
      id: 'customer_id',
      label: 'Customer ID',
      help: 'The number at the top of Google Ads. The terms for customer data have to be accepted for it: Admin > Account settings.',
      secret: false,
      problem: accountNumber,
    },
    {
      id: 'login_customer_id',
      label: 'Manager customer ID',
      help: 'Of the manager account, where the account is reached through one; else blank.',
      secret: false,
      fallback: '',
      problem: value => (value === '' ? null : accountNumber(value)),
    },
    {
      id: 'client_id',
      label: 'OAuth client ID',
      help: 'Google Cloud console > APIs and services > Credentials, in a project where the Data Manager API is enabled.',
      secret: false,
    },
    { id: 'client_secret', label: 'OAuth client secret', help: 'Beside the client ID.', secret: true },
    {
      id: 'refresh_token',
      label: 'Refresh token',
      help: 'Of a user with access to the account, for the scope https://www.googleapis.com/auth/datamanager.',
      secret: true,
    },
  ],
  async test(connection, platform) {
    const api = googleApi(connection, platform);
    await api.send({ path: `/${api.account}/userLists`, query: { pageSize: 1 } });
    return { account: `Google Ads ${connection.settings.customer_id}`, missing: [] };
  },
};
