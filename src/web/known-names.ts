import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { headerValues } from './header-values.ts';
import { Refusal } from './refusal.ts';
import { isLoopback } from './this-machine.ts';

/**
 * Refuses requests under any name but this machine's own, its address, and those it is known by (lower case, without
 * port): a page in a browser may have its name point here, and would then read what the server answers. Requests of pages
 * from elsewhere are refused as well.
 */
export function onlyKnownNames(known: readonly string[]): (request: FastifyRequest) => Promise<void> {
  const isKnown = (name: string) => isLoopback(name) || known.includes(name);
  return async request => {
    const { origin } = request.headers;
    // Of two, a proxy might have heeded the other.
    const [host = '', ...more] = headerValues(request, 'host');
    const name = more.length > 0 ? '' : host.toLowerCase().replace(/:\d+$/, '');
    // The address that was gone to is no name, so nobody made it point here.
    const address = (request.socket.localAddress ?? '').replace(/^::ffff:/, '');
    const isAddress = isIP(address) !== 0 && [address, `[${address}]`].includes(name);
    if (!isKnown(name) && !isAddress)
      throw new Refusal(
        { status: 421 },
        'This server does not answer to the name in the address.',
        'Where it is meant to, list the name in KINDRED_ALLOWED_HOSTS of the server.',
      );
    if (origin !== undefined && !isKnown(hostOf(origin)))
      throw new Refusal(
        { status: 403 },
        'Pages of other sites get no answer here.',
        'Where the page is yours, list the name of its site in KINDRED_ALLOWED_HOSTS of the server.',
      );
  };
}

/** Blank for `null` and whatever else is no address of a page. */
function hostOf(origin: string): string {
  return /^https?:\/\//.test(origin) && URL.canParse(origin) ? new URL(origin).hostname : '';
}
