import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { App } from '../../app.ts';
import { InputError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { wordsOf } from '../../told-errors.ts';

/** What keeps a resource from being read, as the protocol tells it: not there, or not now, and what to do. */
export function resourceError(error: unknown, uri: string, parts: { app: App; log: Log }): ProtocolError {
  const words = wordsOf(error, parts);
  return error instanceof InputError
    ? new ResourceNotFoundError(uri, words)
    : new ProtocolError(ProtocolErrorCode.InternalError, words, { uri });
}
