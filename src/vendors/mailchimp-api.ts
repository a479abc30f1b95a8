import { createHash } from 'node:crypto';
import { type VendorAnswer, type VendorRequest, vendorHttp } from './http.ts';
import type { Connection, Platform } from './vendor.ts';

/** Mailchimp names no limit but ten requests at once; it answers more of them with 429. */
const limits = [{ requests: 10, perMs: 1000 }];
const mostAtOnce = 5;

/** Of one page. */
export const mostOfPage = 1000;

export interface MailchimpApi {
  /** Path of the audience of the connection. */
  audience: string;
  send(request: VendorRequest): Promise<VendorAnswer>;
  json<Body>(request: VendorRequest): Promise<Body>;
  /** Does something for each, some at a time; outcomes are in the order of the items. */
  each<Item, Outcome>(items: readonly Item[], work: (item: Item) => Promise<Outcome>): Promise<Outcome[]>;
}

export function mailchimpApi(connection: Connection, platform: Platform): MailchimpApi {
  const key = connection.secrets.api_key ?? '';
  const http = vendorHttp(
    connection,
    {
      base: `https://${dataCentreOf(key) ?? 'us1'}.api.mailchimp.com/3.0`,
      headers: { authorization: `Basic ${Buffer.from(`kindred:${key}`).toString('base64')}` },
      limits,
      // Mailchimp itself gives up after two minutes.
      timeoutMs: 130_000,
    },
    platform,
  );
  return {
    audience: `/lists/${encodeURIComponent(connection.settings.audience ?? '')}`,
    send: http.send,
    json: async <Body>(request: VendorRequest) => (await http.send(request)).json() as Body,
    async each(items, work) {
      const outcomes: Awaited<ReturnType<typeof work>>[] = [];
      for (let from = 0; from < items.length; from += mostAtOnce)
        outcomes.push(...(await Promise.all(items.slice(from, from + mostAtOnce).map(work))));
      return outcomes;
    },
  };
}

/** The data centre of the account, which a key ends with. */
export function dataCentreOf(key: string): string | null {
  return /^[0-9a-z]+-([a-z]{2,4}\d{1,4})$/i.exec(key)?.[1]?.toLowerCase() ?? null;
}

/** How Mailchimp knows a member of an audience: by a hash of the address. */
export function memberId(email: string): string {
  return createHash('md5').update(email.trim().toLowerCase()).digest('hex');
}
