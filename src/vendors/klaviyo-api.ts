import { UpstreamError } from '../errors.ts';
import { type VendorHttp, type VendorRequest, vendorHttp } from './http.ts';
import type { Limit } from './pace.ts';
import type { Connection, Platform } from './vendor.ts';

const revision = '2026-07-15';

/** Klaviyo's own sizes of limits, a burst and a steady one, and which kind of request has which. */
const sizes = {
  small: [
    { requests: 1, perMs: 1000 },
    { requests: 15, perMs: 60_000 },
  ],
  deletions: [
    { requests: 3, perMs: 1000 },
    { requests: 60, perMs: 60_000 },
  ],
  medium: [
    { requests: 10, perMs: 1000 },
    { requests: 150, perMs: 60_000 },
  ],
  large: [
    { requests: 75, perMs: 1000 },
    { requests: 750, perMs: 60_000 },
  ],
  huge: [
    { requests: 350, perMs: 1000 },
    { requests: 3500, perMs: 60_000 },
  ],
} as const satisfies Record<string, readonly Limit[]>;

/** Each has limits of its own. Profiles are never asked for with predictions, which have narrower ones. */
export const klaviyoLimits = {
  accounts: sizes.small,
  profiles: sizes.large,
  lists: sizes.large,
  'make lists': sizes.medium,
  'list members': sizes.large,
  'remove members': sizes.medium,
  'start imports': sizes.medium,
  'list imports': sizes.medium,
  'look at imports': sizes.medium,
  'import errors': sizes.medium,
  events: sizes.huge,
  metrics: sizes.medium,
  deletions: sizes.deletions,
} as const;

export type KlaviyoRequest = Omit<VendorRequest, 'pace' | 'headers'> & { kind: keyof typeof klaviyoLimits };

/** A record as JSON:API has it; what is in it is checked by whoever reads it. */
export interface Resource<Attributes = Readonly<Record<string, unknown>>> {
  type: string;
  id: string;
  attributes: Attributes;
  relationships?: Readonly<Record<string, { data?: Related | readonly Related[] | null }>>;
}

interface Related {
  type: string;
  id: string;
}

export interface KlaviyoApi {
  send(request: KlaviyoRequest): Promise<unknown>;
  /** The record that an answer tells. */
  one<Attributes>(request: KlaviyoRequest): Promise<Resource<Attributes>>;
  /** Page after page, until there is none. */
  pages<Attributes>(request: KlaviyoRequest): AsyncIterable<readonly Resource<Attributes>[]>;
}

export function klaviyoApi(connection: Connection, platform: Platform): KlaviyoApi {
  const http: VendorHttp = vendorHttp(
    connection,
    {
      base: 'https://a.klaviyo.com/api',
      headers: {
        authorization: `Klaviyo-API-Key ${connection.secrets.api_key ?? ''}`,
        accept: 'application/vnd.api+json',
        revision,
      },
      limits: sizes.small,
    },
    platform,
  );
  async function send({ kind, ...request }: KlaviyoRequest): Promise<{ data?: unknown; links?: unknown }> {
    const answer = await http.send({
      ...request,
      headers: request.json === undefined ? {} : { 'content-type': 'application/vnd.api+json' },
      pace: { name: kind, limits: klaviyoLimits[kind] },
    });
    const body = answer.json();
    return typeof body === 'object' && body !== null ? body : {};
  }
  return {
    send,
    async one<Attributes>(request: KlaviyoRequest) {
      const { data } = await send(request);
      if (!isResource(data)) throw strange(connection);
      return data as Resource<Attributes>;
    },
    async *pages<Attributes>(request: KlaviyoRequest) {
      const { query: _, ...next } = request;
      for (let asked = request; ; ) {
        const { data, links } = await send(asked);
        if (!Array.isArray(data) || !data.every(isResource)) throw strange(connection);
        yield data as Resource<Attributes>[];
        const more = (links as { next?: string | null } | undefined)?.next;
        if (!more) return;
        asked = { ...next, path: more };
      }
    },
  };
}

/** A text as filters quote it. */
export const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && 'id' in value && 'type' in value;
}

function strange({ name }: Connection): UpstreamError {
  return new UpstreamError(
    `klaviyo answered over the connection ${name} in a form that its API does not describe.`,
    'Check the address of the connection: something else may answer there; if it is right, please report it.',
  );
}
