import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearer, digestOf } from './bearing.ts';
import { Refusal } from './refusal.ts';

/**
 * Runs a check of who asks. Where it refuses (401) it counts against the address, and an address with too many in a
 * minute is not listened to for the rest of it: guessing is slow. Tokens that passed before are, so that nobody who
 * guesses behind the same proxy shuts others out. What is signed anew with each request is checked in any case, as its
 * sender has nothing that passed before.
 */
export type Attempt = <T>(
  request: FastifyRequest,
  check: () => T | Promise<T>,
  how?: { signed: boolean },
) => Promise<T>;

/** `server` has @fastify/rate-limit. `most`: refused attempts a minute from an address. */
export function attemptsOf(server: FastifyInstance, most: number): Attempt {
  const failures = server.createRateLimit({ max: most - 1, timeWindow: 60_000 });
  const passed = new Set<string>();
  return async (request, check, { signed } = { signed: false }) => {
    const shown = digestOf(bearer(request) ?? '').toString('hex');
    const before = await failures(request, { increment: false });
    const tooMany = !before.isAllowed && before.isExceeded;
    if (tooMany && !signed && !passed.has(shown)) throw notHeard(before.ttlInSeconds);
    try {
      const result = await check();
      if (!signed) passed.add(shown);
      return result;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) {
        passed.delete(shown);
        const after = await failures(request);
        if (tooMany && signed && !after.isAllowed) throw notHeard(after.ttlInSeconds);
        if (!after.isAllowed && after.isExceeded)
          request.log.warn({ address: request.ip }, 'too many wrong tokens: not listened to for a while');
      }
      throw error;
    }
  };
}

function notHeard(seconds: number): Refusal {
  return new Refusal(
    { status: 429, headers: { 'retry-after': String(seconds) } },
    'Too many requests from this address had no valid token.',
    `Try again in ${seconds} seconds.`,
  );
}
