import {
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  NotFoundError,
  PermissionDeniedError,
} from '@anthropic-ai/sdk';
import { KindredError, OperatorError, UpstreamError } from '../errors.ts';
import type { ModelAccess } from './access.ts';

/** What went wrong with the service of a model, sorted by who can mend it. Errors of ours stay as they are. */
export function asServiceError(error: unknown, { id, client }: ModelAccess): unknown {
  if (!(error instanceof APIError) || error instanceof KindredError) return error;
  const service = client.baseURL;
  const cause = { cause: error };
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
    return new OperatorError(`${service} does not take the key.`, 'Correct ANTHROPIC_API_KEY.', cause);
  if (error instanceof NotFoundError)
    return new OperatorError(
      `${service} does not know the model "${id}".`,
      'Correct KINDRED_MODEL or ANTHROPIC_BASE_URL.',
      cause,
    );
  if (error instanceof APIConnectionTimeoutError)
    return new UpstreamError(`${service} did not answer in time.`, 'Try again later.', cause);
  if (error.status === undefined)
    return new UpstreamError(
      `${service} could not be reached, or broke off.`,
      'Look at the network and at ANTHROPIC_BASE_URL, then try again.',
      cause,
    );
  if (error.status === 429 || error.status >= 500)
    return new UpstreamError(
      `${service} is busy or out of order (status ${error.status}).`,
      'Try again in some minutes.',
      cause,
    );
  return new UpstreamError(
    `${service} refused the request (status ${error.status}): ${told(error)}`,
    'Look at KINDRED_MODEL and ANTHROPIC_BASE_URL; what the service says is above.',
    cause,
  );
}

/** One line, and not the whole body. */
function told({ message }: APIError): string {
  return message.replace(/\s+/g, ' ').slice(0, 300);
}
