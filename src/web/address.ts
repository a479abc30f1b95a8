import { isIP } from 'node:net';
import type { App } from '../app.ts';
import { codeOf, OperatorError } from '../errors.ts';

/**
 * Where other machines reach the server, somebody should have been given a key to it, so that it is meant.
 *
 * @throws OperatorError where no token is live
 */
export async function refuseWithoutTokens(
  { state, now }: Pick<App, 'state' | 'now'>,
  host: string,
): Promise<void> {
  const { accessTokens } = await state();
  if (await accessTokens.anyLive(now())) return;
  throw new OperatorError(
    `Other machines would reach Kindred at ${host}, and nobody has an access token.`,
    'Make one with `kindred token create --name NAME --role analyst`, or leave KINDRED_HOST unset to serve this machine only.',
  );
}

/** As it stands in requests to it; none where the server listens at every address. */
export function namesAt(host: string): string[] {
  if (host === '0.0.0.0' || host === '::') return [];
  return [isIP(host) === 6 ? `[${host}]` : host.toLowerCase()];
}

export function cannotListen(host: string, port: number, error: unknown): OperatorError {
  const code = codeOf(error);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new OperatorError(
      `Kindred cannot listen at ${host}: this machine has no such address.`,
      'Name one of its addresses with KINDRED_HOST; 0.0.0.0 takes all of them.',
      { cause: error },
    );
  const why = code === 'EADDRINUSE' ? 'another process listens there' : String(error);
  return new OperatorError(
    `Kindred cannot listen at ${host}, port ${port}: ${why}.`,
    'Name another port with KINDRED_PORT; 0 takes any that is free.',
    { cause: error },
  );
}
