import { UpstreamError } from '../errors.ts';
import type { Connection, Platform, Vendor } from '../vendors/vendor.ts';

/** Somebody sits and waits: a vendor is not asked again as patiently as when rows are pulled. */
const longestMs = 20_000;

/**
 * Finds out whether the credentials of a connection work.
 *
 * @throws what the vendor's own test throws; UpstreamError where it does not come to its end in time
 */
export async function tryOut(
  vendor: Vendor,
  connection: Connection,
  platform: Platform,
): Promise<Awaited<ReturnType<Vendor['test']>>> {
  const { signal } = platform;
  signal.throwIfAborted();
  let why = '';
  const log: Platform['log'] = {
    ...platform.log,
    info(facts, message) {
      // Of a request that is about to be sent again.
      if ('why' in facts) why = ` (${facts.why})`;
      platform.log.info(facts, message);
    },
  };
  const ending = new AbortController();
  const stop = () => ending.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    ending.abort(
      new UpstreamError(
        `${vendor.title} did not answer as it should within ${longestMs / 1000} s over the connection ${connection.name}${why}.`,
        'Check the address and the connection to the internet; the status page of the vendor may tell more. Then run it again.',
      ),
    );
  }, longestMs);
  try {
    return await vendor.test(connection, { ...platform, log, signal: ending.signal });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
