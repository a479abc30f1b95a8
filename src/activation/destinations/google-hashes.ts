import { createHash } from 'node:crypto';

/**
 * As Google wants it before it is hashed: no spaces, lower case, and of Gmail addresses neither dots nor what follows a
 * plus. null where it is no address.
 */
export function googleEmail(email: string): string | null {
  const plain = email.replaceAll(/\s/g, '').toLowerCase();
  const [, local, domain] = /^([^@]+)@([^@]+)$/.exec(plain) ?? [];
  if (!local || !domain) return null;
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return plain;
  const bare = local.replace(/\+.*$/, '').replaceAll('.', '');
  return bare === '' ? null : `${bare}@${domain}`;
}

/** E.164: a plus and digits. null where the country's code is not told. */
export function googlePhone(phone: string): string | null {
  const plain = phone.replaceAll(/[^\d+]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(plain) ? plain : null;
}

/** SHA-256 in lower-case hexadecimal digits. */
export function googleHash(normalised: string): string {
  return createHash('sha256').update(normalised).digest('hex');
}
