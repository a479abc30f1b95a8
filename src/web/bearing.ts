import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { headerValues } from './header-values.ts';

/** The token that a request shows; undefined where it shows none, or several. */
export function bearer(request: FastifyRequest): string | undefined {
  const [shown = '', ...more] = headerValues(request, 'authorization');
  return more.length === 0 ? /^bearer +(\S+)$/i.exec(shown)?.[1] : undefined;
}

/** Whether the request bears the token; takes as long whatever the two have in common. */
export function bearing(request: FastifyRequest, token: string): boolean {
  return timingSafeEqual(digestOf(bearer(request) ?? ''), digestOf(token));
}

export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
