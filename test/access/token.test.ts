import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccessToken, isSecret, newSecret, readToken, standingOf } from '../../src/access/token.ts';

test('what is made is read back, and only its own secret is its secret', () => {
  const made = Array.from({ length: 50 }, newSecret);
  expect(new Set(made.map(({ text }) => text.slice(-64))).size).toBe(made.length);
  for (const [i, { id, text, hash }] of made.entries()) {
    const read = readToken(text)!;
    expect(read.id).toBe(id);
    expect(isSecret(read.secret, hash)).toBe(true);
    expect(isSecret(read.secret, made[(i + 1) % made.length]!.hash)).toBe(false);
    expect(hash).not.toContain(read.secret);
  }
});

test('whatever else somebody sends is no token', () => {
  const { text } = newSecret();
  fc.assert(
    fc.property(fc.nat(text.length), fc.string({ unit: 'grapheme', maxLength: 3 }), (at, other) => {
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      const read = readToken(changed);
      if (read) expect(`kin_${read.id}_${read.secret}`).toBe(changed);
      else expect(changed).not.toMatch(/^kin_[0-9a-f]{8}_[0-9a-f]{64}$/);
    }),
  );
  for (const none of ['', 'kin_', `${text}\n`, ` ${text}`, text.toUpperCase(), `${text}\0`])
    expect(readToken(none)).toBeUndefined();
});

test('a secret is not taken for another that begins alike or is of another length', () => {
  const { text, hash } = newSecret();
  const secret = text.slice(-64);
  for (const other of ['', secret.slice(1), `${secret}0`, secret.toUpperCase(), hash])
    expect(isSecret(other, hash) && other !== secret).toBe(false);
});

test('a token is live until it ends; one that was revoked is revoked, also after its end', () => {
  const token: AccessToken = {
    id: '0a1b2c3d',
    name: 'x',
    role: 'viewer',
    createdAt: '2026-11-22T12:00:00.000Z',
    createdBy: 'ada',
    expiresAt: '2026-12-22T12:00:00.000Z',
    revokedAt: null,
    revokedBy: null,
    lastUsedOn: null,
  };
  expect(standingOf(token, new Date('2026-12-22T11:59:59.999Z'))).toBe('live');
  expect(standingOf(token, new Date('2026-12-22T12:00:00.000Z'))).toBe('expired');
  const revoked = { ...token, revokedAt: '2026-12-01T00:00:00.000Z' };
  for (const at of ['2026-12-02', '2027-12-02']) expect(standingOf(revoked, new Date(at))).toBe('revoked');
});
