import { type VendorAnswer, type VendorRequest, vendorHttp } from './http.ts';
import { ifFound } from './if-found.ts';
import type { Connection, Platform } from './vendor.ts';

/** Of HubSpot's API; each version is kept for at least 18 months. */
export const hubspotVersion = '2026-03';
export const contactsPath = `/crm/objects/${hubspotVersion}/contacts`;
export const listsPath = `/crm/lists/${hubspotVersion}`;
export const contactPropertiesPath = `/crm/properties/${hubspotVersion}/contacts`;

/** Of the smallest plan, for each key; searches have their own limit, which all tools of an account share. */
const limits = [{ requests: 100, perMs: 10_000 }];
const searches = { name: 'search', limits: [{ requests: 4, perMs: 1000 }] };

/** Records of one call, fewer where their history is asked for too. */
export const mostRecords = 100;
const mostHistories = 50;

export interface HubspotRecord {
  id: string;
  properties: Readonly<Record<string, string | null | undefined>>;
  propertiesWithHistory?: Readonly<Record<string, readonly { value: string; timestamp: string }[]>>;
}

export interface HubspotFilter {
  propertyName: string;
  operator: 'EQ' | 'GT' | 'GTE' | 'CONTAINS_TOKEN';
  value: string;
}

export interface HubspotApi {
  send(request: VendorRequest): Promise<VendorAnswer>;
  json<Body>(request: VendorRequest): Promise<Body>;
  /** As the index has them, which lags some seconds behind. */
  search(
    kind: 'contacts' | 'tickets',
    asked: { filters: readonly HubspotFilter[]; sort: string; properties: readonly string[]; limit: number },
  ): Promise<{ total: number; results: readonly HubspotRecord[] }>;
  /** Those that there are, in no certain order. */
  read(
    kind: 'contacts' | 'tickets',
    ids: readonly string[],
    asked: { by?: 'email'; properties: readonly string[]; history?: readonly string[] },
  ): Promise<HubspotRecord[]>;
}

export function hubspotApi(connection: Connection, platform: Platform): HubspotApi {
  const http = vendorHttp(
    connection,
    {
      base: 'https://api.hubapi.com',
      headers: { authorization: `Bearer ${connection.secrets.token ?? ''}` },
      limits,
    },
    platform,
  );
  const json = async <Body>(request: VendorRequest) => (await http.send(request)).json() as Body;
  return {
    send: http.send,
    json,
    search: (kind, { filters, sort, properties, limit }) =>
      json({
        method: 'POST',
        path: `/crm/objects/${hubspotVersion}/${kind}/search`,
        idempotent: true,
        pace: searches,
        json: {
          filterGroups: filters.length > 0 ? [{ filters }] : [],
          sorts: [{ propertyName: sort, direction: 'ASCENDING' }],
          properties,
          limit,
        },
      }),
    async read(kind, ids, { by, properties, history = [] }) {
      const found: HubspotRecord[] = [];
      for (const some of inBatches(ids, history.length > 0 ? mostHistories : mostRecords))
        found.push(
          ...(await ifFound(() =>
            json<{ results: readonly HubspotRecord[] }>({
              method: 'POST',
              path: `/crm/objects/${hubspotVersion}/${kind}/batch/read`,
              idempotent: true,
              json: {
                ...(by ? { idProperty: by } : {}),
                properties,
                propertiesWithHistory: history,
                inputs: some.map(id => ({ id })),
              },
            }),
          ).then(answer => answer?.results ?? [])),
        );
      return found;
    },
  };
}

export function* inBatches<Item>(items: readonly Item[], most: number): Iterable<readonly Item[]> {
  for (let from = 0; from < items.length; from += most) yield items.slice(from, from + most);
}
