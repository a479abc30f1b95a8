import type { FastifyRequest } from 'fastify';

/** All that a request says under a name (lower case), where Node would keep the first alone. */
export function headerValues({ raw: { rawHeaders } }: FastifyRequest, name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === name);
}
