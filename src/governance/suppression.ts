import { createHmac } from 'node:crypto';
import { keyMark, subkey } from '../connections/sealing.ts';

/** How people who were erased are known again: by keyed hashes, which tell nothing without the key. */
export interface Suppression {
  /** Tells which key it is. */
  mark: string;
  /**
   * Of an address, a phone number, or an id as `source/id`: all are normalised first. A phone number without a country is
   * one of its source, `source:number`.
   */
  hash(kind: SuppressedKind, value: string): string;
}

export type SuppressedKind = 'email' | 'phone' | 'id';

/** null where no key is set: then nobody can be put on the list, and nothing is stored while somebody is on it. */
export function suppressionOf({ key }: { key: Buffer | null }): Suppression | null {
  if (!key) return null;
  const own = subkey(key, 'suppression');
  return {
    mark: keyMark(key),
    hash: (kind, value) =>
      createHmac('sha256', own)
        .update(`${kind}\n${normalised[kind](value)}`)
        .digest('base64url'),
  };
}

const normalised: Readonly<Record<SuppressedKind, (value: string) => string>> = {
  email: value => value.trim().toLowerCase(),
  phone: value => {
    const colon = value.lastIndexOf(':');
    const digits = value
      .slice(colon + 1)
      .replaceAll(/[^0-9+]/g, '')
      .replace(/^00/, '+');
    return digits.startsWith('+') ? digits : `${value.slice(0, colon + 1)}${digits}`;
  },
  id: value => value.trim(),
};
