import { createHash } from 'node:crypto';

/** As Meta wants it before it is hashed: no spaces, lower case. null where it is no address. */
export function metaEmail(email: string): string | null {
  const plain = email.replaceAll(/\s/g, '').toLowerCase();
  return /^[^@]+@[^@]+$/.test(plain) ? plain : null;
}

/** Digits with the country's code, without leading zeros. null where they are too few or too many for a number. */
export function metaPhone(phone: string): string | null {
  const digits = phone.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 7 && digits.length <= 15 ? digits : null;
}

/** Two lower-case letters. */
export function metaCountry(country: string): string | null {
  const plain = country.trim().toLowerCase();
  return /^[a-z]{2}$/.test(plain) ? plain : null;
}

/** SHA-256 in lower-case hexadecimal digits; blank for nothing, as Meta takes what is unknown. */
export function metaHash(normalised: string | null): string {
  return normalised === null ? '' : createHash('sha256').update(normalised).digest('hex');
}
