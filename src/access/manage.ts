import { InputError } from '../errors.ts';
import type { NewAccessToken } from '../state/access-tokens.ts';
import type { State } from '../state/state.ts';
import { expiryOf } from './expiry.ts';
import type { Right } from './roles.ts';
import { type AccessToken, newSecret, type Standing, standingOf } from './token.ts';

interface AccessContext {
  state: Pick<State, 'accessTokens'>;
  now: () => Date;
}

/** `token` is its text, which nobody can tell again. */
export type IssuedToken = NewAccessToken & { token: string };

/** @throws InputError where the name or the end cannot be, or a live token has the name */
export async function createToken(
  { state, now }: AccessContext,
  asked: { name: string; role: Right; expires: string; actor: string },
): Promise<IssuedToken> {
  const at = now();
  const { id, text, hash } = newSecret();
  const made: NewAccessToken = {
    id,
    name: readName(asked.name),
    role: asked.role,
    createdAt: at.toISOString(),
    createdBy: asked.actor,
    expiresAt: expiryOf(asked.expires, at),
  };
  if (!(await state.accessTokens.create(made, hash)))
    throw new InputError(
      `A token called "${made.name}" is live already.`,
      `Give this one another name, or end that one first: kindred token revoke "${made.name}"`,
    );
  return { ...made, token: text };
}

/** Newest first. */
export async function listTokens({
  state,
  now,
}: AccessContext): Promise<(AccessToken & { standing: Standing })[]> {
  const tokens = await state.accessTokens.list();
  return tokens.map(token => ({ ...token, standing: standingOf(token, now()) }));
}

/** @throws InputError where no live token has the name or id */
export async function revokeToken(
  context: AccessContext,
  { named, actor }: { named: string; actor: string },
): Promise<AccessToken> {
  const tokens = await listTokens(context);
  const live = tokens.filter(({ standing }) => standing === 'live');
  const byName = ({ name }: AccessToken) => name.toLowerCase() === named.trim().toLowerCase();
  const found = live.find(({ id }) => id === named) ?? live.find(byName);
  const at = context.now().toISOString();
  const revoked = found && (await context.state.accessTokens.revoke(found.id, { at, actor }));
  if (revoked) return revoked;
  const ended = tokens.find(token => token.id === named || byName(token));
  const names = live.map(({ name }) => `"${name}"`).join(', ');
  throw new InputError(
    ended ? `The token "${ended.name}" has ended already.` : `No token is called "${named}".`,
    names ? `Those that are live: ${names}.` : 'No token is live: nothing is left to revoke.',
  );
}

/** It stands in the audit beside names of people. */
function readName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100 || /\p{C}/u.test(name))
    throw new InputError(
      'A token cannot have this name.',
      'Say who or what will use it, in up to 100 signs on one line, such as "Ada\'s laptop".',
    );
  if (name.toLowerCase() === 'kindred')
    throw new InputError(
      'A token cannot be called "kindred": the record calls so what Kindred does by itself.',
      'Say who or what will use it, such as "Ada\'s laptop".',
    );
  return name;
}
