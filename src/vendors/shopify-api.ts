import { OperatorError, UpstreamError } from '../errors.ts';
import { vendorHttp } from './http.ts';
import { VendorRefusal } from './refusal.ts';
import type { Connection, Platform } from './vendor.ts';

/** The version whose fields are asked for; Shopify serves each for a year. */
export const shopifyVersion = '2026-10';

/** The Admin GraphQL API of one shop. */
export interface ShopifyApi {
  /**
   * Asks within the points that the shop gives, waiting where they are used up. What is asked may be asked again: a
   * mutation has to be one that changes nothing more the second time.
   *
   * @throws OperatorError where the app may not do it, UpstreamError where Shopify refuses it for another reason
   */
  ask<T>(document: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
}

interface Answer {
  data?: unknown;
  errors?: { message?: string; extensions?: { code?: string } }[];
  extensions?: { cost?: Cost };
}

interface Cost {
  requestedQueryCost: number;
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
}

/** Waits for points of one request. Other apps have points of their own, so it is never long. */
const mostWaits = 60;

export function shopifyApi(connection: Connection, platform: Platform): ShopifyApi {
  const { name } = connection;
  const { now, sleep, signal } = platform;
  const base = `https://${shopOf(connection)}/admin`;
  // Paced by points, which only the answers tell.
  const shared = { base, limits: [] };
  const token = tokenOf(connection, platform, base);
  const http = vendorHttp(
    connection,
    { ...shared, headers: async renew => ({ 'x-shopify-access-token': await token(renew) }) },
    platform,
  );
  let points: { left: number; most: number; perSecond: number; at: number } | undefined;
  const costs = new Map<string, number>();

  /** Milliseconds until there are so many points. */
  const until = (cost: number) => {
    if (!points) return 0;
    const left = Math.min(
      points.most,
      points.left + ((now().getTime() - points.at) / 1000) * points.perSecond,
    );
    return Math.ceil((Math.max(0, Math.min(cost, points.most) - left) / points.perSecond) * 1000);
  };

  const note = ({ requestedQueryCost, throttleStatus }: Cost, document: string) => {
    const { maximumAvailable, currentlyAvailable, restoreRate } = throttleStatus;
    points = {
      left: currentlyAvailable,
      most: maximumAvailable,
      perSecond: Math.max(1, restoreRate),
      at: now().getTime(),
    };
    costs.set(document, requestedQueryCost);
  };

  async function ask<T>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    for (let waits = 0; ; waits++) {
      const wait = until(costs.get(document) ?? 0);
      if (wait > 0) await sleep(wait, signal);
      const sent = await http.send({
        method: 'POST',
        path: `/api/${shopifyVersion}/graphql.json`,
        json: { query: document, variables },
        idempotent: true,
      });
      const { data, errors = [], extensions } = sent.json() as Answer;
      if (extensions?.cost?.throttleStatus) note(extensions.cost, document);
      if (errors.length === 0) return data as T;
      const codes = errors.map(error => error.extensions?.code ?? 'an error without a code');
      if (!codes.includes('THROTTLED')) throw refused(codes, name);
      if (waits >= mostWaits)
        throw new UpstreamError(
          `Shopify asks for more patience over the connection ${name} than there is.`,
          'What was done so far is kept; run it again later.',
        );
      await sleep(Math.max(500, until(costs.get(document) ?? 0)), signal);
    }
  }

  return { ask };
}

/** The name under which Shopify knows the shop whatever its own domain: "my-shop.myshopify.com". */
export function shopOf({ settings }: Connection): string {
  return shopName(settings.shop ?? '');
}

/** "https://My-Shop.myshopify.com/admin" and "my-shop" both mean my-shop.myshopify.com. */
export function shopName(given: string): string {
  const host = given
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split('/')[0]!;
  return host.includes('.') ? host : `${host}.myshopify.com`;
}

/**
 * A token that was typed in once, as apps have that were made in the shop's admin before 2026; or one that lasts a day, which
 * apps of the Dev Dashboard are given for their id and secret.
 */
function tokenOf(connection: Connection, platform: Platform, base: string) {
  const { name, settings, secrets } = connection;
  const typed = secrets.access_token ?? '';
  const http = vendorHttp(connection, { base, headers: {}, limits: [] }, platform);
  let given: { value: string; until: number } | undefined;
  const fetched = async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.client_id ?? '',
      client_secret: secrets.client_secret ?? '',
    });
    const sent = await http
      .send({
        method: 'POST',
        path: '/oauth/access_token',
        body: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        idempotent: true,
      })
      .catch(error => {
        throw error instanceof VendorRefusal ? noToken(error, name) : error;
      });
    const { access_token, expires_in } = sent.json() as { access_token: string; expires_in?: number };
    const seconds = Math.max(0, (expires_in ?? 86_400) - 300);
    return { value: access_token, until: platform.now().getTime() + seconds * 1000 };
  };
  return async (renew: boolean): Promise<string> => {
    if (typed !== '') return typed;
    if (renew || !given || given.until <= platform.now().getTime()) given = await fetched();
    return given.value;
  };
}

const reasons: Readonly<Record<string, string>> = {
  shop_not_permitted: 'the app and the shop belong to different organisations',
  app_not_installed: 'the app is not installed in the shop',
  invalid_client: 'the client ID and the client secret do not belong together',
  application_cannot_be_found: 'there is no app with this client ID',
};

function noToken(error: VendorRefusal, name: string): OperatorError {
  const { json } = error;
  const code = typeof json === 'object' && json !== null && 'error' in json ? String(json.error) : '';
  const why = reasons[code] ?? (error.status === 404 ? 'there is no such shop' : `HTTP ${error.status}`);
  return new OperatorError(
    `Shopify gives no access over the connection ${name}: ${why}.`,
    `Install the app in the shop, take the client ID and secret from its settings in the Dev Dashboard, and run \`kindred connect shopify --name ${name}\` again.`,
    { cause: error },
  );
}

/** Messages of Shopify may quote what was asked for, so only codes are passed on. */
function refused(codes: readonly string[], name: string): Error {
  if (codes.includes('ACCESS_DENIED'))
    return new OperatorError(
      `The app of the connection ${name} may not do what is asked for.`,
      `Give it the permissions that \`kindred connections --test\` lists, and access to protected customer data; then run \`kindred connect shopify --name ${name}\` again.`,
    );
  return new UpstreamError(
    `Shopify refused a request over the connection ${name} (${[...new Set(codes)].join(', ')}).`,
    'Run it again; if it stays, please report it.',
  );
}
