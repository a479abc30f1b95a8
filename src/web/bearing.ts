import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** All that a request says in the header, which Node would cut to the first. */
export function authorizations({ raw: { rawHeaders } }: FastifyRequest): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === 'authorization');
}

/** The token that a request shows; undefined where it shows none, or several. */
export function bearer(request: FastifyRequest): string | undefined {
  const [shown = '', ...more] = authorizations(request);
  return more.length === 0 ? /^bearer +(\S+)$/i.exec(shown)?.[1] : undefined;
}

/** Whether the request bears the token; takes as long whatever the two have in common. */
export function bearing(request: FastifyRequest, token: string): boolean {
  return timingSafeEqual(digestOf(bearer(request) ?? ''), digestOf(token));
}

export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
