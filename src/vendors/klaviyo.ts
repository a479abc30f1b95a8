import { type KlaviyoApi, type KlaviyoRequest, klaviyoApi } from './klaviyo-api.ts';
import { VendorRefusal } from './refusal.ts';
import type { Vendor } from './vendor.ts';

/** What a key has to be allowed to do, and what cannot be done without it. */
const scopes = {
  'accounts:read': 'the name of the account is not shown; nothing else needs it',
  'profiles:read': 'profiles and consents cannot be pulled, and audiences cannot be put into lists',
  'events:read': 'e-mails that were opened, clicked or unsubscribed from cannot be pulled',
  'metrics:read': 'e-mails that were opened, clicked or unsubscribed from cannot be pulled',
  'lists:read': 'audiences cannot be put into lists',
  'lists:write and profiles:write': 'audiences cannot be put into lists',
} as const;

/**
 * Asks for each as little as there is. The one that writes names a list that there is not, and nobody: where it is allowed,
 * the answer is that there is no such list.
 */
const probes: readonly { scope: keyof typeof scopes; request: KlaviyoRequest }[] = [
  { scope: 'profiles:read', request: { kind: 'profiles', path: '/profiles', query: { 'page[size]': 1 } } },
  { scope: 'events:read', request: { kind: 'events', path: '/events', query: { 'page[size]': 1 } } },
  { scope: 'metrics:read', request: { kind: 'metrics', path: '/metrics' } },
  { scope: 'lists:read', request: { kind: 'lists', path: '/lists', query: { 'page[size]': 1 } } },
  {
    scope: 'lists:write and profiles:write',
    request: {
      kind: 'remove members',
      method: 'DELETE',
      path: '/lists/none/relationships/profiles',
      json: { data: [] },
    },
  },
];

export const klaviyoVendor: Vendor = {
  name: 'klaviyo',
  title: 'Klaviyo',
  fields: [
    {
      id: 'api_key',
      label: 'Private API key',
      help: 'Settings > API keys > Create Private API Key, with the custom scopes accounts:read, profiles:read, profiles:write, lists:read, lists:write, events:read, metrics:read, and data-privacy:write if people who ask to be forgotten are to be deleted there too.',
      secret: true,
      problem: value => (/^\S+$/.test(value) ? null : 'must be one word without spaces'),
    },
    {
      id: 'orders',
      label: 'Take placed orders from Klaviyo',
      help: 'yes only where no other source brings the orders of the shop: they would be counted twice. Klaviyo tells orders without lines and refunds.',
      secret: false,
      fallback: 'no',
      problem: value => (/^(yes|no)$/.test(value) ? null : 'is yes or no'),
    },
  ],
  async test(connection, platform) {
    const api = klaviyoApi(connection, platform);
    const missing: (keyof typeof scopes)[] = [];
    const account = await accountOf(api);
    if (account === null) missing.push('accounts:read');
    for (const { scope, request } of probes) if (!(await isAllowed(api, request))) missing.push(scope);
    return {
      account: account ?? 'a Klaviyo account',
      missing: missing.map(scope => `${scope}: without it ${scopes[scope]}`),
    };
  },
};

async function accountOf(api: KlaviyoApi): Promise<string | null> {
  const request = { kind: 'accounts', path: '/accounts' } as const;
  try {
    for await (const [account] of api.pages<{ contact_information?: { organization_name?: string } }>(
      request,
    ))
      return `${account?.attributes.contact_information?.organization_name || 'Klaviyo account'} (${account?.id ?? 'unknown'})`;
    return null;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

async function isAllowed(api: KlaviyoApi, request: KlaviyoRequest): Promise<boolean> {
  try {
    await api.send(request);
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    // Not found, or nothing to do: whoever may not do it is not told so much.
    if (error instanceof VendorRefusal && (error.status === 404 || error.status === 400)) return true;
    throw error;
  }
}

const isForbidden = (error: unknown) => error instanceof VendorRefusal && error.status === 403;
