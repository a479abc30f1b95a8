import type { VendorRequest } from './http.ts';
import {
  contactPropertiesPath,
  contactsPath,
  type HubspotApi,
  hubspotApi,
  hubspotVersion,
  listsPath,
} from './hubspot-api.ts';
import { VendorRefusal } from './refusal.ts';
import type { Vendor } from './vendor.ts';

/** What a key has to be allowed to do, what cannot be done without it, and a request that nobody else may make. */
const scopes: readonly { scope: string; without: string; probe: VendorRequest }[] = [
  {
    scope: 'crm.objects.contacts.read',
    without: 'contacts cannot be pulled, and audiences cannot be put into lists',
    probe: { path: contactsPath, query: { limit: 1 } },
  },
  {
    scope: 'tickets',
    without: 'tickets cannot be pulled',
    probe: { path: `/crm/objects/${hubspotVersion}/tickets`, query: { limit: 1 } },
  },
  // What writes is asked for nothing, or about a list that there is not: where it is allowed, the answer says so.
  {
    scope: 'crm.objects.contacts.write',
    without: 'audiences cannot be put into lists',
    probe: { method: 'POST', path: `${contactsPath}/batch/upsert`, json: { inputs: [] }, idempotent: true },
  },
  {
    scope: 'crm.schemas.contacts.write',
    without: 'contacts cannot carry the name of their segment',
    probe: { method: 'POST', path: `${contactPropertiesPath}/groups`, json: {}, idempotent: true },
  },
  {
    scope: 'crm.lists.read',
    without: 'audiences cannot be put into lists',
    probe: { path: `${listsPath}/0` },
  },
  {
    scope: 'crm.lists.write',
    without: 'audiences cannot be put into lists',
    probe: { method: 'PUT', path: `${listsPath}/0/memberships/remove`, json: [] },
  },
];

export const hubspotVendor: Vendor = {
  name: 'hubspot',
  title: 'HubSpot',
  fields: [
    {
      id: 'token',
      label: 'Service key',
      help: `Development > Keys > Service keys, or the access token of a private app, with the scopes ${scopes.map(({ scope }) => scope).join(', ')} and crm.schemas.contacts.read.`,
      secret: true,
      problem: value => (/^\S+$/.test(value) ? null : 'must be one word without spaces'),
    },
    {
      id: 'csat_property',
      label: 'Ticket property with the satisfaction score',
      help: 'The internal name of a number property of tickets, where your surveys write one.',
      secret: false,
      fallback: 'none',
      problem: value =>
        /^[a-z][a-z0-9_]*$/.test(value) ? null : 'is no internal name such as satisfaction_score',
    },
  ],
  async test(connection, platform) {
    const api = hubspotApi(connection, platform);
    const account = await api.json<{ portalId?: number }>({
      path: `/account-info/${hubspotVersion}/details`,
    });
    const missing: string[] = [];
    for (const { scope, without, probe } of scopes)
      if (!(await isAllowed(api, probe))) missing.push(`${scope}: without it ${without}`);
    return { account: `HubSpot account ${account?.portalId ?? 'unknown'}`, missing };
  },
};

async function isAllowed(api: HubspotApi, probe: VendorRequest): Promise<boolean> {
  try {
    await api.send(probe);
    return true;
  } catch (error) {
    if (!(error instanceof VendorRefusal)) throw error;
    if (error.status === 403) return false;
    if (error.status === 400 || error.status === 404) return true;
    throw error;
  }
}
