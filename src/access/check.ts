import type { AccessTokenRepository } from '../state/access-tokens.ts';
import { type AccessToken, isSecret, readToken, standingOf } from './token.ts';

/** What became of a token that somebody showed. */
export type Checked =
  | { standing: 'live' | 'expired' | 'revoked'; token: AccessToken }
  /** Its secret is not that of the token it names: `token` is for the record and not for who showed it. */
  | { standing: 'wrong'; token: AccessToken }
  | { standing: 'unknown' };

export async function checkToken(
  tokens: Pick<AccessTokenRepository, 'byId'>,
  text: string,
  now: Date,
): Promise<Checked> {
  const read = readToken(text);
  const found = read && (await tokens.byId(read.id));
  if (!found) return { standing: 'unknown' };
  const { token, hash } = found;
  return { standing: isSecret(read.secret, hash) ? standingOf(token, now) : 'wrong', token };
}
