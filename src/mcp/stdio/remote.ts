import { InputError, UpstreamError } from '../../errors.ts';
import { answers, httpUpstream } from './http-upstream.ts';
import type { Connect } from './upstream.ts';

/** A server that runs somewhere, and the token that it wants. */
export interface Remote {
  url: string | undefined;
  token: string | undefined;
}

/**
 * Finds the server at an address. Looks again for each question while it is away.
 *
 * @throws InputError where the address or the token is missing, at the first question
 */
export function remoteServer({ url, token }: Remote): Connect {
  return async (events, { asked }) => {
    const endpoint = endpointOf(url);
    if (!token)
      throw new InputError(
        'A token for the Kindred server is missing.',
        'Whoever runs it makes one with `kindred token create`; give it as KINDRED_TOKEN.',
      );
    if (!(await answers(endpoint))) {
      if (!asked) return null;
      throw new UpstreamError(
        `No Kindred server answers at ${endpoint.origin}.`,
        'Check the address, and that `kindred serve` runs there; then ask again.',
      );
    }
    const headers = { authorization: `Bearer ${token}` };
    return httpUpstream({ endpoint, headers, denied: status => deniedText(endpoint, status) }, events);
  };
}

function endpointOf(text: string | undefined): URL {
  const url = text && URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InputError(
      text ? `${text} is no address of a server.` : 'The address of the Kindred server is missing.',
      'Give it like https://kindred.example.com or http://127.0.0.1:7373.',
    );
  if (!/\/mcp\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, '')}/mcp`;
  return url;
}

function deniedText({ origin }: URL, status: number): string {
  return status === 401
    ? `The Kindred server at ${origin} does not take this token: it is wrong, has expired or was revoked. Whoever runs the server makes a new one with \`kindred token create\`.`
    : `The Kindred server at ${origin} does not let this token do that. Whoever runs the server can make one with another role with \`kindred token create\`.`;
}
