import { OperatorError, UpstreamError } from '../errors.ts';
import { addressOf } from './address.ts';
import { type Attempt, attempt, type Sent } from './attempt.ts';
import { type Limit, sharedPacer } from './pace.ts';
import { askedToWait, backOff } from './patience.ts';
import { VendorRefusal } from './refusal.ts';
import type { Connection, Platform } from './vendor.ts';

export interface HttpOptions {
  /** The vendor's own address with the path that all requests share: "https://a.klaviyo.com/api". */
  base: string;
  /** Of every request. A function is asked again, with `renew`, once the vendor refuses what it gave (401). */
  headers: Readonly<Record<string, string>> | ((renew: boolean) => Promise<Readonly<Record<string, string>>>);
  /** All of them are kept at once by all requests of the connection that name no pace of their own. */
  limits: readonly Limit[];
  /** For one try; 30 s where absent. */
  timeoutMs?: number;
  /** Of an answer; 64 MB where absent. */
  mostBytes?: number;
}

export interface VendorRequest {
  /** GET where absent. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind the base; or a whole address that the vendor gave for the next page. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON, unless `headers` say another content type. */
  json?: unknown;
  /** Sent as it is. */
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /**
   * Whether doing it twice changes nothing more; so it is for GET, HEAD, PUT and DELETE where absent. Only such a request
   * is sent again when it is not known what became of it.
   */
  idempotent?: boolean;
  /** Limits of this kind of request, in place of those of the options. */
  pace?: { name: string; limits: readonly Limit[] };
}

export interface VendorAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** @throws UpstreamError where the text is none. null where there is no text. */
  json(): unknown;
}

export interface VendorHttp {
  /**
   * @throws OperatorError where the credentials are refused (401); VendorRefusal for other answers of 4xx; UpstreamError
   *   where the vendor does not answer, or where it is not known what became of a request that must not be sent twice.
   */
  send(request: VendorRequest): Promise<VendorAnswer>;
}

/** Tries of one request: without an answer or with one of 5xx, and with one of 429. */
const mostTries = 6;
const mostWaits = 40;
/** A vendor that asks for more patience is not waited for. */
const longestWait = 15 * 60_000;
const largestRefusal = 64 * 1024;

/** Speaks to a vendor within its limits, and again where it is safe and worth it. */
export function vendorHttp(connection: Connection, options: HttpOptions, platform: Platform): VendorHttp {
  const base = addressOf(connection, options.base);
  const { vendor, name } = connection;
  const { now, sleep, signal, log } = platform;
  let count = 0;

  const credentials = async (renew: boolean) =>
    typeof options.headers === 'function' ? options.headers(renew) : options.headers;

  async function once(request: VendorRequest, url: URL, renew: boolean): Promise<Attempt> {
    const pace = request.pace ?? { name: 'all', limits: options.limits };
    const shared = sharedPacer(platform.pacers, `${vendor} ${name} ${pace.name}`, pace.limits);
    const sent = sentOf(request, url, await credentials(renew));
    await shared.turn(platform);
    const { timeoutMs = 30_000, mostBytes = 64 * 1024 * 1024 } = options;
    const tried = await attempt(sent, { timeoutMs, mostBytes }, platform);
    if (tried.kind === 'answer' && tried.status === 429) {
      const asked = askedToWait(tried.headers, now());
      if (asked !== null && asked > longestWait) throw usedUp(`${Math.ceil(asked / 60_000)} minutes`);
      shared.holdUntil(now().getTime() + (asked ?? backOff(3, count)));
    }
    return tried;
  }

  async function send(request: VendorRequest): Promise<VendorAnswer> {
    const { method = 'GET' } = request;
    const again = request.idempotent ?? (method !== 'POST' && method !== 'PATCH');
    let url = urlOf(request, base, options.base);
    let renew = false;
    let hops = 0;
    for (let tries = 1, waits = 0; ; count++) {
      const tried = await once(request, url, renew);
      if (tried.kind === 'too large')
        throw new UpstreamError(
          `${vendor} sent more over the connection ${name} than one answer may hold.`,
          'Please report it: the request should ask for less at once.',
        );
      if (tried.kind === 'answer') {
        const { status, headers } = tried;
        if (status >= 300 && status < 400 && headers.has('location')) {
          const next = new URL(headers.get('location')!, url);
          if (next.origin !== url.origin || method !== 'GET' || ++hops > 3) throw leadsAway(next);
          url = next;
          continue;
        }
        if (status === 401 && typeof options.headers === 'function' && !renew) {
          renew = true;
          continue;
        }
        if (status === 429) {
          if (++waits > mostWaits) throw usedUp('a while');
          log.info({ vendor, connection: name, waits }, 'The vendor asked to wait');
          continue;
        }
        if (status < 500 && status !== 408) return settled(tried);
      }
      const why = tried.kind === 'none' ? tried.why : `HTTP ${tried.status}`;
      const seen = tried.kind === 'answer' || tried.sent;
      if (seen && !again)
        throw new UpstreamError(
          `${vendor} gave no clear answer over the connection ${name} (${why}): whether it did what it was asked is not known.`,
          'Look at the vendor whether it was done before you run it again.',
        );
      if (tries >= mostTries)
        throw new UpstreamError(
          `${vendor} does not answer over the connection ${name} (${why}).`,
          'Its status page may tell more. What was done so far is kept; run it again later.',
        );
      const asked = tried.kind === 'answer' ? askedToWait(tried.headers, now()) : null;
      const wait = Math.min(longestWait, Math.max(asked ?? 0, backOff(tries, count)));
      log.info({ vendor, connection: name, why, tries, wait }, 'Trying a vendor again');
      tries++;
      await sleep(wait, signal);
    }
  }

  function settled({ status, headers, body }: Attempt & { kind: 'answer' }): VendorAnswer {
    if (status === 401)
      throw new OperatorError(
        `${vendor} refuses the credentials of the connection ${name}.`,
        `Run \`kindred connect ${vendor} --name ${name}\` again with new ones.`,
      );
    if (status >= 400) throw new VendorRefusal(connection, status, body.slice(0, largestRefusal));
    return {
      status,
      headers,
      text: body,
      json() {
        if (body.trim() === '') return null;
        try {
          return JSON.parse(body);
        } catch {
          throw new UpstreamError(
            `${vendor} answered over the connection ${name} with something that is not JSON.`,
            'Check the address of the connection: a web page may answer there instead of the API.',
          );
        }
      },
    };
  }

  const usedUp = (wait: string) =>
    new UpstreamError(
      `${vendor} asks to wait ${wait} before more requests over the connection ${name}.`,
      'Its limit of requests is used up, perhaps by another tool. What was done so far is kept; run it again later.',
    );

  const leadsAway = (to: URL) =>
    new OperatorError(
      `The address of the connection ${name} leads on to ${to.origin}, where its credentials must not go by themselves.`,
      `If that is right, run \`kindred connect ${vendor} --name ${name}\` again with this address.`,
    );

  return { send };
}

/** Never to another host than that of the connection, whatever the vendor names as the next page. */
function urlOf({ path, query = {} }: VendorRequest, base: URL, vendorBase: string): URL {
  let url: URL;
  if (/^https?:\/\//.test(path)) {
    const given = new URL(path);
    const own = new URL(vendorBase);
    if (given.origin !== base.origin && given.origin !== own.origin)
      throw new UpstreamError(
        `The vendor named an address on ${given.host} as its next page, where its credentials must not go.`,
        'Check the address of the connection; if it is right, please report it.',
      );
    // Behind a proxy the vendor still names itself.
    const prefix =
      given.origin === base.origin ? '' : base.pathname.slice(0, base.pathname.lastIndexOf(own.pathname));
    url = new URL(`${prefix}${given.pathname}${given.search}`, base.origin);
  } else url = new URL(`${base.pathname.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`, base.origin);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function sentOf(
  { method = 'GET', json, body, headers }: VendorRequest,
  url: URL,
  credentials: Readonly<Record<string, string>>,
): Sent {
  const all = { accept: 'application/json', 'user-agent': 'Kindred', ...credentials, ...headers };
  return json === undefined
    ? { url, method, headers: all, body }
    : { url, method, headers: { 'content-type': 'application/json', ...all }, body: JSON.stringify(json) };
}
