import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Checked, checkToken } from '../access/check.ts';
import type { Right } from '../access/roles.ts';
import type { AccessToken } from '../access/token.ts';
import { KindredError } from '../errors.ts';
import type { Caller } from '../mcp/caller.ts';
import type { State } from '../state/state.ts';
import { bearer, bearing } from './bearing.ts';
import type { Attempt } from './guesses.ts';
import { headerValues } from './header-values.ts';
import { ownerOf } from './owner-headers.ts';
import { Refusal } from './refusal.ts';
import { fromThisMachine } from './this-machine.ts';

/**
 * Who sends the request. To be asked for each, before its body is read, and again while its stream stays open: a token that
 * was revoked is refused from then on. Rejects with a Refusal, which the server answers with what to do.
 */
export type CallerOf = (request: FastifyRequest) => Promise<Caller>;

/** Rejects with a Refusal where the request does not come with a token that may look up segments. */
export type MayLookUp = (request: FastifyRequest) => Promise<void>;

/** Milliseconds for which a token that may look up need not be looked up itself: pages of a shop ask all the time. */
const lookedFor = 1000;

export interface CallersOptions {
  /** Shown by processes that can read the lock file. */
  lockToken: string;
  state: () => Promise<Pick<State, 'accessTokens' | 'audit'>>;
  now: () => Date;
  attempt: Attempt;
  /** Requests a minute with one token of a person, and with one of a program that looks up. */
  most: { requests: number; lookUps: number };
}

/** `server` has @fastify/rate-limit. Tokens of people are looked up for each request, so that revoking holds at once. */
export function callersOf(
  server: FastifyInstance,
  { lockToken, state, now, attempt, most }: CallersOptions,
): { callerOf: CallerOf; mayLookUp: MayLookUp } {
  const tokenOf = new WeakMap<FastifyRequest, AccessToken>();
  const rateOf = (max: number) =>
    server.createRateLimit({
      max,
      timeWindow: 60_000,
      keyGenerator: request => tokenOf.get(request)!.id,
      // The first request that is too many passes for one that is not banned: that is the one to log.
      ban: 1,
    });
  const requests = rateOf(most.requests);
  const lookUps = rateOf(most.lookUps);
  const told = new Map<string, string>();
  const looked = new Map<string, { token: AccessToken; at: number }>();

  const admitted = async (request: FastifyRequest): Promise<AccessToken> => {
    const shown = bearer(request);
    if (shown === undefined) throw refused(request);
    const checked = await lookedUp(request, shown);
    if (checked.standing === 'live') return checked.token;
    // It is refused all the same where the record cannot be written.
    await record(request, checked).catch(error =>
      request.log.error({ err: error }, 'the refusal of a token could not be recorded'),
    );
    throw refused(request, checked);
  };

  /** Whoever shows anything that looks like a token learns of no database more than that it is away. */
  const lookedUp = async (request: FastifyRequest, shown: string): Promise<Checked> => {
    try {
      const { accessTokens } = await state();
      return await checkToken(accessTokens, shown, now());
    } catch (error) {
      if (!(error instanceof KindredError)) throw error;
      request.log.error({ err: error }, 'access tokens could not be looked up');
      throw new Refusal(
        { status: 503, headers: { 'retry-after': '5' } },
        'Access tokens cannot be looked up right now: the database that keeps them does not answer.',
        'Try again soon. Whoever runs Kindred finds the reason in its log.',
      );
    }
  };

  /** In the audit once an hour for each token and reason: a client that was forgotten asks again and again. */
  const record = async (request: FastifyRequest, checked: Checked) => {
    if (checked.standing === 'unknown') return;
    const { token, standing } = checked;
    const at = now().toISOString();
    const hour = at.slice(0, 13);
    const what = `${token.id} ${standing}`;
    if (told.get(what) === hour) return;
    told.set(what, hour);
    await (await state()).audit.append({
      at,
      actor: standing === 'wrong' ? 'unknown' : token.name,
      action: 'token.refused',
      subject: token.id,
      details: { name: token.name, reason: standing, address: request.ip },
    });
  };

  /** A request that is looked at again, as its stream stays open, counts once. */
  const heedRate = async (request: FastifyRequest, token: AccessToken) => {
    if (tokenOf.has(request)) return;
    tokenOf.set(request, token);
    const rate = await (token.role === 'lookup' ? lookUps : requests)(request);
    if (rate.isAllowed || !rate.isExceeded) return;
    if (!rate.isBanned) request.log.warn({ token: token.id, name: token.name }, 'too many requests');
    throw new Refusal(
      { status: 429, headers: { 'retry-after': String(rate.ttlInSeconds) } },
      `More than ${token.role === 'lookup' ? most.lookUps : most.requests} requests came with this token in a minute.`,
      `Try again in ${rate.ttlInSeconds} seconds.`,
    );
  };

  /** Nobody waits for it. */
  const noteUse = (request: FastifyRequest, { id, lastUsedOn }: AccessToken) => {
    const today = now().toISOString().slice(0, 10);
    if (lastUsedOn !== null && lastUsedOn >= today) return;
    state()
      .then(({ accessTokens }) => accessTokens.used(id, today))
      .catch(error => request.log.warn({ err: error }, 'the use of a token could not be noted'));
  };

  const live = async (request: FastifyRequest) => {
    const token = await attempt(request, () => admitted(request));
    await heedRate(request, token);
    noteUse(request, token);
    return token;
  };
  return {
    async callerOf(request) {
      if (fromThisMachine(request) && bearing(request, lockToken)) return ownerCaller(request);
      const { id, name, role } = await live(request);
      if (role === 'lookup')
        throw otherRight(
          `The access token "${name}" may look up segments of customers and nothing else.`,
          'viewer',
        );
      return { actor: name, role, surface: 'http', key: `token:${id}` };
    },
    async mayLookUp(request) {
      const shown = bearer(request);
      const known = shown === undefined ? undefined : looked.get(shown);
      if (known && now().getTime() - known.at < lookedFor) return heedRate(request, known.token);
      const token = await live(request);
      if (token.role !== 'lookup')
        throw otherRight(`The access token "${token.name}" may not look up single customers.`, 'lookup');
      looked.set(shown!, { token, at: now().getTime() });
    },
  };
}

function otherRight(message: string, right: Right): Refusal {
  return new Refusal(
    { status: 403 },
    message,
    `Whoever runs Kindred makes one for it: kindred token create --name NAME --role ${right}`,
  );
}

function ownerCaller({ headers }: FastifyRequest): Caller {
  const owner = ownerOf(headers);
  if (owner) return { ...owner, surface: 'http', key: `owner:${owner.role}:${owner.actor}` };
  throw new Refusal(
    { status: 400 },
    'The headers that say who asks make no sense.',
    'Send x-kindred-role as viewer, analyst or approver, and x-kindred-actor as a name in percent-encoding.',
  );
}

/** What is wrong with a token is told to those alone who hold it. */
function refused(request: FastifyRequest, checked?: Checked): Refusal {
  const [message, error] = said(request, checked);
  const challenge = error ? `, error="${error}"` : '';
  return new Refusal(
    { status: 401, headers: { 'www-authenticate': `Bearer realm="Kindred"${challenge}` } },
    message,
    'Whoever runs Kindred makes one: kindred token create --name "Ada\'s laptop" --role analyst. Send it as the header "Authorization: Bearer TOKEN".',
  );
}

function said(request: FastifyRequest, checked?: Checked): [message: string, error?: string] {
  const shown = headerValues(request, 'authorization');
  if (shown.length > 1) return ['One Authorization header is read, and several came.', 'invalid_request'];
  if (shown.length === 0) return ['An access token is needed.'];
  const known = checked?.standing === 'expired' || checked?.standing === 'revoked';
  if (!known) return ['The access token is not valid here.', 'invalid_token'];
  const { name, expiresAt, revokedAt } = checked.token;
  const ended =
    checked.standing === 'expired' ? `ended on ${day(expiresAt)}` : `was revoked on ${day(revokedAt!)}`;
  return [`The access token "${name}" ${ended}.`, 'invalid_token'];
}

const day = (iso: string) => iso.slice(0, 10);
