import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { OperatorError } from '../errors.ts';

/** What a key is made for: one that is known for one purpose tells nothing of the others. */
export type Purpose = 'connections' | 'suppression' | 'erasures';

export function subkey(key: Buffer, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `kindred ${purpose}`, 32));
}

/** Tells keys apart, and tells nothing of them. */
export function keyMark(key: Buffer): string {
  return createHash('sha256')
    .update(Buffer.from(hkdfSync('sha256', key, '', 'kindred mark', 32)))
    .digest('hex')
    .slice(0, 12);
}

/** @param what that cannot be had without it, as "The secrets of connections are" */
export function needKey(key: Buffer | null, what: string): Buffer {
  if (key) return key;
  throw new OperatorError(
    `${what} kept under the key KINDRED_KEY, which is not set.`,
    'Set the one that you have kept; if there never was one, `kindred key` makes one and tells how to keep it.',
  );
}

const version = 'kindred1';

/**
 * AES-256-GCM. `context` is bound to it: what was sealed for one thing does not open as another. In front stands the mark of
 * the key, so that another key is told from damage.
 */
export function sealed(key: Buffer, purpose: Purpose, context: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', subkey(key, purpose), nonce);
  cipher.setAAD(boundTo(purpose, context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [version, keyMark(key), nonce.toString('base64url'), body.toString('base64url')].join('.');
}

export type Opened = { text: string } | { problem: 'another key' | 'damaged' };

export function opened(key: Buffer, purpose: Purpose, context: string, seal: string): Opened {
  const [made, mark, nonce, body, ...more] = seal.split('.');
  if (made !== version || !mark || !nonce || !body || more.length > 0) return { problem: 'damaged' };
  if (mark !== keyMark(key)) return { problem: 'another key' };
  const bytes = Buffer.from(body, 'base64url');
  const start = Buffer.from(nonce, 'base64url');
  if (start.length !== 12 || bytes.length < 16) return { problem: 'damaged' };
  try {
    const decipher = createDecipheriv('aes-256-gcm', subkey(key, purpose), start, { authTagLength: 16 });
    decipher.setAAD(boundTo(purpose, context));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
    return { text: text.toString('utf8') };
  } catch {
    return { problem: 'damaged' };
  }
}

function boundTo(purpose: Purpose, context: string): Buffer {
  return Buffer.from(JSON.stringify([version, purpose, context]));
}
