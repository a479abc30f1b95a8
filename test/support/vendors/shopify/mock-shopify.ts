import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from '../../../../src/vendors/vendor.ts';
import { bulkOperations, type LineOrder } from './bulk-operations.ts';
import { costOf } from './cost.ts';
import { graphql } from './graphql.ts';
import type { MockRows } from './rows.ts';
import { rules } from './rules.ts';
import { answeringSchema } from './schema.ts';
import type { Shop } from './shop.ts';

const { execute, GraphQLError, parse, validate } = graphql;

/** What goes wrong with one request to the API, or one download. */
export type Fault = 'throttled' | 500 | 503 | 429 | 'dropped' | 'dropped after it was done' | 'slow';

export interface MockShopify extends Shop {
  url: string;
  /** A connection that reaches it. */
  connection: Connection;
  /** Tags of a customer. */
  tagsOf(id: number): string[];
  /** Has the next so many requests to the API go wrong. */
  fault(fault: Fault, times?: number): void;
  /** Has the next so many downloads break off after half of what they should bring. */
  breakDownloads(times: number): void;
  /** Tokens that were given so far are none any more. */
  expireTokens(): void;
  /** How often the API was asked, and each of the queries that it was asked. */
  requests: { query: string; variables: Record<string, unknown>; cost: number }[];
  /** What the vendor would have refused: deprecated and unknown fields, and whatever costs too much. Empty in a good test. */
  refused: string[];
  close(): Promise<void>;
}

export interface MockOptions extends MockRows {
  now?: () => Date;
  /** Looks at a bulk operation until it is done. */
  looks?: number;
  /** How lines of a bulk file stand. */
  order?: LineOrder;
  scopes?: readonly string[];
  /** Points that there are at most, and that come back each second. */
  points?: { most: number; perSecond: number };
}

export const allScopes = [
  'read_customers',
  'write_customers',
  'read_orders',
  'read_all_orders',
  'read_products',
  'write_customer_data_erasure',
] as const;

const accessToken = 'shpat_mock';
const webhookSecret = 'mock webhook secret';
const app = { id: 'mock-client-id', secret: 'mock-client-secret' };
const mostOfOneQuery = 1000;

/** A shop that speaks HTTP as Shopify does, over the schema that Shopify publishes. */
export async function mockShopify(options: MockOptions = {}): Promise<MockShopify> {
  const { now = () => new Date(), looks = 2, order = 'mixed', scopes = allScopes } = options;
  const { points = { most: 2000, perSecond: 100 } } = options;
  let bucket = { left: points.most, at: now().getTime() };
  let faults: Fault[] = [];
  let breaking = 0;
  const tokens = new Set([accessToken]);
  let given = 0;
  const schema = answeringSchema();
  let url = '';
  const shop: Shop = {
    customers: options.customers ?? [],
    orders: options.orders ?? [],
    checkouts: options.checkouts ?? [],
    scopes: new Set(scopes),
    webhooks: [],
    erasures: [],
    bulks: bulkOperations(schema, () => shop, { now, url: () => url, looks, order }),
    now,
    touch(row) {
      row.updatedAt = now().toISOString();
    },
  };
  const requests: MockShopify['requests'] = [];
  const refused: string[] = [];

  const refill = () => {
    const time = now().getTime();
    const back = ((time - bucket.at) / 1000) * points.perSecond;
    bucket = { left: Math.min(points.most, bucket.left + Math.max(0, back)), at: time };
  };

  const answered = async (query: string, variables: Record<string, unknown>) => {
    const document = parse(query);
    const problems = validate(schema, document, rules);
    if (problems.length > 0) {
      refused.push(...problems.map(({ message }) => message));
      return { errors: problems.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } })) };
    }
    const cost = costOf(schema, document, variables);
    requests.push({ query, variables, cost });
    if (cost > mostOfOneQuery) {
      refused.push(`a query that costs ${cost}`);
      return { errors: [{ message: 'Query cost is too high', extensions: { code: 'MAX_COST_EXCEEDED' } }] };
    }
    refill();
    const status = () => ({
      requestedQueryCost: cost,
      throttleStatus: {
        maximumAvailable: points.most,
        currentlyAvailable: Math.floor(bucket.left),
        restoreRate: points.perSecond,
      },
    });
    if (bucket.left < cost || faults[0] === 'throttled') {
      if (faults[0] === 'throttled') {
        faults.shift();
        bucket.left = 0;
      }
      return {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
        extensions: { cost: { ...status(), actualQueryCost: null } },
      };
    }
    bucket.left -= cost;
    const result = await execute({
      schema,
      document,
      variableValues: variables,
      contextValue: { shop, bulk: false },
    });
    const errors = result.errors?.map(({ message, extensions, originalError }) => {
      // A field that the mock does not answer is a mistake of the test, not of the vendor.
      if (!(originalError instanceof GraphQLError) && !extensions.code) refused.push(message);
      return { message, extensions };
    });
    return {
      data: result.data,
      ...(errors ? { errors } : {}),
      extensions: { cost: { ...status(), actualQueryCost: cost } },
    };
  };

  const download = (number: number, request: IncomingMessage, response: ServerResponse) => {
    const file = shop.bulks.file(number);
    if (file === undefined) return response.writeHead(403).end();
    const bytes = Buffer.from(file);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= bytes.length) return response.writeHead(416).end();
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
    if (breaking-- <= 0) return response.end(rest);
    response.write(rest.subarray(0, Math.ceil(rest.length / 2)));
    return setTimeout(() => response.destroy(), 5);
  };

  const tokenFor = (body: string, response: ServerResponse) => {
    const form = new URLSearchParams(body);
    const known = form.get('client_id') === app.id && form.get('client_secret') === app.secret;
    if (!known || form.get('grant_type') !== 'client_credentials')
      return json(response, 400, { error: 'invalid_client' });
    const token = `shpca_${++given}`;
    tokens.add(token);
    return json(response, 200, {
      access_token: token,
      scope: [...shop.scopes].join(','),
      expires_in: 86_399,
    });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const bulk = /^\/bulk\/(\d+)\.jsonl$/.exec(request.url ?? '');
    if (bulk) return download(Number(bulk[1]), request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    if (request.url === '/admin/oauth/access_token') return tokenFor(body, response);
    if (request.url !== '/admin/api/2026-10/graphql.json')
      return json(response, 404, { errors: 'Not Found' });
    const token = request.headers['x-shopify-access-token'];
    if (!tokens.has(String(token)))
      return json(response, 401, { errors: '[API] Invalid API key or access token' });
    const fault = faults[0] === 'throttled' ? undefined : faults.shift();
    if (fault === 'dropped') return request.socket.destroy();
    if (typeof fault === 'number') return json(response, fault, { errors: 'Something went wrong' });
    const { query, variables = {} } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    const answer = await answered(query, variables);
    if (fault === 'dropped after it was done') return request.socket.destroy();
    if (fault === 'slow') await new Promise(resolve => setTimeout(resolve, 150));
    return json(response, 200, answer);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      refused.push(String(error));
      if (!response.headersSent) json(response, 500, { errors: String(error) });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(shop, {
    url,
    connection: {
      name: 'shopify',
      vendor: 'shopify' as const,
      settings: { shop: 'test-shop.myshopify.com', client_id: app.id, api_url: url },
      secrets: { client_secret: app.secret, webhook_secret: webhookSecret },
    },
    tagsOf: (id: number) => shop.customers.find(row => row.id === id)?.tags ?? [],
    fault(fault: Fault, times = 1) {
      faults = [...faults, ...new Array<Fault>(times).fill(fault)];
    },
    breakDownloads(times: number) {
      breaking = times;
    },
    expireTokens: () => tokens.clear(),
    requests,
    refused,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
