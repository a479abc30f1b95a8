import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request } from 'openapi-backend';
import type { Connection } from '../../../../src/vendors/vendor.ts';
import { type Answer, answers, refusal } from './answers.ts';
import { klaviyoContract } from './contract.ts';
import { allowedFilters, readFilter } from './filter.ts';
import { rateLimits } from './limits.ts';
import {
  addList,
  addProfile,
  catchUp,
  type MockEvent,
  type MockMetric,
  type MockProfile,
  newId,
  type World,
} from './world.ts';

/** What can go wrong with a request: before it took effect, or after. */
export type Fault = '429' | '500' | '500 after' | 'drop' | 'drop after' | 'slow';

export interface MockKlaviyoOptions {
  profiles?: readonly Partial<MockProfile>[];
  /** Names of lists, with the e-mails of those who are in them; they must be among the profiles. */
  lists?: Readonly<Record<string, readonly string[]>>;
  metrics?: readonly MockMetric[];
  events?: readonly Omit<MockEvent, 'id'>[];
  /** By which moments are told and limits counted; the clock of the machine where absent. */
  now?: () => Date;
  /** How long an import of so many rows takes; a second and one more for each thousand where absent. */
  jobMs?: (rows: number) => number;
  /** What the key may do; everything where absent. */
  scopes?: readonly string[];
  /** Asked before each request, which are counted from 1. */
  faultOf?: (request: number, operation: string) => Fault | null;
}

export interface MockKlaviyo {
  /** Of a connection to it. */
  connection: Connection;
  /** Operations that were asked for, in that order; those of refused and dropped requests too. */
  requests: string[];
  /** Requests that were one too many for a limit. */
  overLimit: number;
  /** What no client of Klaviyo may do, as it was done: requests against the contract, of consents, of unknown operations. */
  violations: string[];
  /** E-mails of those who are in the list of this name, sorted; those without an e-mail by their id. */
  membersOf(list: string): string[];
  /** Properties of a profile; undefined where there is no such profile. */
  propertiesOf(email: string): Readonly<Record<string, unknown>> | undefined;
  profile(email: string): MockProfile | undefined;
  listNames(): string[];
  /** As somebody at the shop may. */
  deleteLists(): void;
  /** Ids of profiles that were asked to be deleted. */
  deletions(): readonly string[];
  addProfile(profile: Partial<MockProfile>): MockProfile;
  addEvent(event: Omit<MockEvent, 'id'>): void;
  /** Imports that are under way come to their end, as they do at Klaviyo when nobody waits for them any more. */
  finishJobs(): void;
  /** @throws Error where there were violations, or where somebody's consent is no longer what it was */
  close(): Promise<void>;
}

const apiKey = 'pk_a_key_of_the_mock';
const mostBytes = 5 * 1024 * 1024;

/** A Klaviyo that keeps what it is told, over real HTTP; requests and answers are held against Klaviyo's contract. */
export async function mockKlaviyo(options: MockKlaviyoOptions = {}): Promise<MockKlaviyo> {
  const { now = () => new Date(), faultOf = () => null } = options;
  const { api, operations } = await klaviyoContract();
  const world = worldOf(options, now);
  const consents = consentsOf(world);
  const limited = rateLimits(now);
  const requests: string[] = [];
  const violations: string[] = [];
  let overLimit = 0;
  let base = '';

  function answer(
    request: IncomingMessage,
    url: URL,
    text: string,
  ): { operation: string; act: () => Answer } {
    const query = Object.fromEntries(url.searchParams);
    const path = url.pathname.replace(/\/$/, '');
    const asked: Request = { method: request.method!, path, query, headers: headersOf(request) };
    const matched = api.matchOperation(asked);
    const violate = (what: string, status = 400) => {
      violations.push(`${request.method} ${path}: ${what}`);
      return { operation: matched?.operationId ?? 'unknown', act: () => refusal(status, 'invalid', what) };
    };
    if (!matched?.operationId) return violate('no operation that Kindred has any business with', 404);
    const { operationId } = matched;
    const { limits, scopes } = operations.get(operationId)!;
    if (text !== '' && request.headers['content-type'] !== 'application/vnd.api+json')
      return violate('a body that is not said to be application/vnd.api+json', 415);
    if (Buffer.byteLength(text) > mostBytes) return violate('more than 5 MB', 413);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { valid, errors } = api.validateRequest({ ...asked, body }, matched);
    if (!valid) return violate(JSON.stringify(errors?.slice(0, 3)));
    if (/"(subscriptions|\$consent[a-z_]*)"/.test(text)) return violate('a write to consents');
    const conditions = readFilter(query.filter ?? '');
    const description = matched.parameters?.find(one => 'name' in one && one.name === 'filter');
    const allowed = allowedFilters((description as { description?: string } | undefined)?.description ?? '');
    const wrong = conditions?.find(({ field, operator }) => !allowed.get(field)?.includes(operator));
    if (!conditions || wrong) return violate(`the filter ${query.filter}`);
    const act = (): Answer => {
      if (request.headers.authorization !== `Klaviyo-API-Key ${apiKey}`)
        return refusal(401, 'not_authenticated', 'The API key is wrong.');
      if (options.scopes && !scopes.every(scope => options.scopes!.includes(scope)))
        return refusal(403, 'permission_denied', 'The key lacks a scope.');
      const narrow = /predictive/.test(query['additional-fields[profile]'] ?? '') && limits.length > 1;
      const { headers, retryAfter } = limited(
        `${operationId}${narrow ? ' narrow' : ''}`,
        limits[narrow ? 1 : 0]!,
      );
      if (retryAfter !== null) {
        overLimit++;
        return { ...tooMany(), headers: { 'retry-after': String(retryAfter) } } as Answer;
      }
      catchUp(world, now().getTime());
      const params = (api.router.parseRequest(asked, matched).params ?? {}) as Record<string, string>;
      const given = answers[operationId]!(world, { params, query, conditions, body, base, path });
      const checked = api.validateResponse(given.body ?? '', matched, given.status);
      if (given.status === 200 && !checked.valid)
        violations.push(`the mock itself, ${operationId}: ${JSON.stringify(checked.errors?.slice(0, 3))}`);
      return { ...given, headers } as Answer;
    };
    return { operation: operationId, act };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const { operation, act } = answer(request, new URL(request.url!, base), text);
    requests.push(operation);
    const fault = faultOf(requests.length, operation);
    if (fault === 'drop') return void request.socket.destroy();
    const told =
      fault === '429'
        ? ({ ...tooMany(), headers: { 'retry-after': '2' } } as Answer)
        : fault === '500'
          ? refusal(500, 'error', 'Something is wrong.')
          : act();
    if (fault === 'drop after') return void request.socket.destroy();
    if (fault === 'slow') await new Promise(resolve => setTimeout(resolve, 30));
    const { status, body, headers } = (
      fault === '500 after' ? refusal(503, 'error', 'Something is wrong.') : told
    ) as Answer & { headers?: Record<string, string> };
    response.writeHead(status, { 'content-type': 'application/vnd.api+json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(error => {
      violations.push(`the mock itself: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const profile = (email: string) => world.profiles.get(world.emails.get(email) ?? '');
  return {
    connection: {
      name: 'klaviyo',
      vendor: 'klaviyo',
      settings: { api_url: base, orders: 'no' },
      secrets: { api_key: apiKey },
    },
    requests,
    get overLimit() {
      return overLimit;
    },
    violations,
    membersOf(name) {
      const list = [...world.lists.values()].find(one => one.name === name);
      return [...(list?.members.keys() ?? [])].map(id => world.profiles.get(id)?.email ?? id).sort();
    },
    propertiesOf: email => profile(email)?.properties,
    profile,
    listNames: () => [...world.lists.values()].map(({ name }) => name),
    deleteLists: () => world.lists.clear(),
    deletions: () => world.deletions,
    addProfile(given) {
      const added = addProfile(world, given);
      consents.set(added.id, consentOf(added));
      return added;
    },
    addEvent(event) {
      world.events.push({ id: newId(world, 'V'), ...event });
    },
    finishJobs: () => catchUp(world, Number.POSITIVE_INFINITY),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      const changed = [...consents].filter(([id, was]) => consentOf(world.profiles.get(id)!) !== was);
      if (changed.length > 0) violations.push(`${changed.length} consents changed`);
      if (violations.length > 0) throw new Error(`Klaviyo was used wrongly:\n${violations.join('\n')}`);
    },
  };
}

function worldOf(options: MockKlaviyoOptions, now: () => Date): World {
  const world: World = {
    profiles: new Map(),
    emails: new Map(),
    lists: new Map(),
    metrics: [...(options.metrics ?? [])],
    events: [],
    jobs: new Map(),
    deletions: [],
    now,
    jobMs: options.jobMs ?? (rows => 1000 + rows),
    count: 0,
  };
  for (const profile of options.profiles ?? []) addProfile(world, profile);
  for (const [name, emails] of Object.entries(options.lists ?? {})) {
    const list = addList(world, name);
    for (const email of emails) list.members.set(world.emails.get(email)!, list.created);
  }
  for (const event of options.events ?? []) world.events.push({ id: newId(world, 'V'), ...event });
  return world;
}

const consentOf = ({ emailConsent, smsConsent, suppression }: MockProfile) =>
  JSON.stringify({ emailConsent, smsConsent, suppression });

const consentsOf = ({ profiles }: World) => new Map([...profiles].map(([id, one]) => [id, consentOf(one)]));

const tooMany = () => refusal(429, 'throttled', 'Too many requests.');

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const single = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return { ...Object.fromEntries(single), 'content-type': 'application/json' };
}
