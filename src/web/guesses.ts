import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearer, digestOf } from './bearing.ts';
import { Refusal } from './refusal.ts';

/**
 * Runs a check of who asks. Where it refuses (401) it counts against the address, and an address with too many in a
 * minute is not listened to for the rest of it: guessing is slow. Tokens that passed before are, so that nobody who
 * guesses behind the same proxy shuts others out.
 */
export type Attempt = <T>(request: FastifyRequest, check: () => T | Promise<T>) => Promise<T>;

/** `server` has @fastify/rate-limit. `most`: refused attempts a minute from an address. */
export function attemptsOf(server: FastifyInstance, most: number): Attempt {
  const failures = server.createRateLimit({ max: most - 1, timeWindow: 60_000 });
  const passed = new Set<string>();
  return async (request, check) => {
    const shown = digestOf(bearer(request) ?? '').toString('hex');
    const before = await failures(request, { increment: false });
    if (!before.isAllowed && before.isExceeded && !passed.has(shown))
      throw new Refusal(
        { status: 429, headers: { 'retry-after': String(before.ttlInSeconds) } },
        'Too many requests from this address had no valid token.',
        `Try again in ${before.ttlInSeconds} seconds.`,
      );
    try {
      const result = await check();
      passed.add(shown);
      return result;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) {
        passed.delete(shown);
        const after = await failures(request);
        if (!after.isAllowed && after.isExceeded)
          request.log.warn({ address: request.ip }, 'too many wrong tokens: not listened to for a while');
      }
      throw error;
    }
  };
}
