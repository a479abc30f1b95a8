import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Right } from './roles.ts';

/** The right of a person or a program to ask over HTTP, until it ends. Its secret is nowhere but with them. */
export interface AccessToken {
  id: string;
  /** What the audit calls whoever uses it; unique among those that are live. */
  name: string;
  role: Right;
  /** ISO times. */
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  revokedAt: string | null;
  revokedBy: string | null;
  /** ISO date. */
  lastUsedOn: string | null;
}

export type Standing = 'live' | 'expired' | 'revoked';

export function standingOf({ revokedAt, expiresAt }: AccessToken, now: Date): Standing {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'live';
}

/** A new token: `text` is what its owner sends, `hash` is all that is kept of the secret. */
export function newSecret(): { id: string; text: string; hash: string } {
  const id = randomBytes(4).toString('hex');
  // 256 bits, in signs that a double click selects whole.
  const secret = randomBytes(32).toString('hex');
  return { id, text: `kin_${id}_${secret}`, hash: hashOf(secret) };
}

/** The parts of what somebody sent; undefined where it is no token. */
export function readToken(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = /^kin_([0-9a-f]{8})_([0-9a-f]{64})$/.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
}

/** Takes as long whatever the two have in common. */
export function isSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(hash, 'hex'));
}

/** A plain hash: the secret is random, so there is nothing to guess that a slow one would guard. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
