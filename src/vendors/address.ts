import { OperatorError } from '../errors.ts';
import type { Connection } from './vendor.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether credentials may be sent there: over https, or to this machine itself. */
export function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
}

/** Where requests of a connection go: the vendor's address, or what the setting `api_url` puts in place of its host. */
export function addressOf({ name, vendor, settings }: Connection, base: string): URL {
  const url = parsed(base);
  const instead = settings.api_url ? parsed(settings.api_url) : undefined;
  if (!url || (settings.api_url && !instead)) throw wrongAddress(name, vendor);
  const chosen = instead
    ? new URL(`${instead.pathname.replace(/\/+$/, '')}${url.pathname}`, instead.origin)
    : url;
  if (!isSafe(chosen)) throw wrongAddress(name, vendor);
  return chosen;
}

/** What is wrong with a value of the setting `api_url`, as the end of a sentence; null where nothing is. */
export function apiUrlProblem(value: string): string | null {
  const url = parsed(value);
  if (!url) return 'is no address such as https://proxy.example.org';
  if (url.username || url.password) return 'must not carry a name or a password';
  return isSafe(url) ? null : 'must begin with https://, unless it is on this machine';
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function wrongAddress(name: string, vendor: string): OperatorError {
  return new OperatorError(
    `The address of the connection ${name} is not one to send credentials to: it must begin with https://.`,
    `Run \`kindred connect ${vendor} --name ${name}\` again with the right address.`,
  );
}
