import { AnthropicError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk/error';
import { codeOf, KindredError, OperatorError, UpstreamError } from '../../errors.ts';
import type { ModelAccess } from './access.ts';

/** What went wrong with the service of a model, sorted by who can mend it. Errors of ours stay as they are. */
export function asServiceError(error: unknown, access: ModelAccess): unknown {
  if (error instanceof KindredError || !(error instanceof AnthropicError)) return error;
  const { client, id, official } = access;
  const service = official ? 'The model service' : `The model service at ${client.baseURL}`;
  const cause = { cause: error };
  if (!(error instanceof APIError) || error.status === undefined) return brokenLine(error, service, access);
  const { status } = error;
  const said = told(error);
  if (status === 401)
    return new OperatorError(
      `${service} does not accept the key.`,
      'Set ANTHROPIC_API_KEY to a key that is valid there.',
      cause,
    );
  if (status === 402 || (status === 400 && /credit balance/i.test(error.message)))
    return new OperatorError(
      `${service} asks for credit before it answers: ${said}`,
      'Add credit to the account that the key belongs to, or set ANTHROPIC_API_KEY to another.',
      cause,
    );
  if (status === 403)
    return new OperatorError(
      `${service} does not let this key use ${id}: ${said}`,
      'Give the key the right to use the model, or name another with KINDRED_MODEL.',
      cause,
    );
  if (status === 404)
    return new OperatorError(
      `${service} does not know the model ${id}${official ? '' : ', or does not speak the Messages API'}: ${said}`,
      `Name one that it has with KINDRED_MODEL${official ? '' : ', and check ANTHROPIC_BASE_URL'}.`,
      cause,
    );
  if (status === 429)
    return new UpstreamError(
      `${service} takes no more requests from this key for now: ${said}`,
      'Ask again in a few minutes; if it happens often, ask the service for a higher limit.',
      cause,
    );
  if (status >= 500)
    return new UpstreamError(
      `${service} is overloaded or out of order (status ${status}).`,
      'Ask again in a few minutes.',
      cause,
    );
  return new UpstreamError(
    `${service} refuses the request (status ${status}): ${said}`,
    'If what it says names the model, choose another with KINDRED_MODEL; else please report it.',
    cause,
  );
}

/** Whether neither the asker nor we are to mend it, so that the text that needs no model is better than none. */
export const isOfService = (error: unknown): error is KindredError =>
  error instanceof KindredError && error.mender !== 'asker';

/** Whether the service says that what it was sent is more than the model can read. */
export function isTooLong(error: unknown): boolean {
  if (!(error instanceof APIError)) return false;
  return (
    error.status === 413 ||
    (error.status === 400 &&
      /too long|too large|context (window|length|size)|exceeds.*context/i.test(error.message))
  );
}

/** Whether the same request may do better when it is made again: what began to come broke off. */
export function isBrokenOff(error: unknown): boolean {
  if (!(error instanceof AnthropicError)) return false;
  return !(error instanceof APIError) || error.status === undefined || error.status >= 500;
}

function brokenLine(error: AnthropicError, service: string, { client, official }: ModelAccess): KindredError {
  const cause = { cause: error };
  if (error instanceof APIConnectionTimeoutError)
    return new UpstreamError(
      `${service} said nothing for ${client.timeout / 1000} seconds.`,
      official ? 'Ask again in a few minutes.' : 'Check that the server there still works, then ask again.',
      cause,
    );
  const code = innermostCode(error);
  if (unreachable.has(code))
    return new OperatorError(
      `${service} cannot be reached (${code}).`,
      official
        ? 'Check that this machine reaches the internet.'
        : 'Check ANTHROPIC_BASE_URL, and that a server listens there.',
      cause,
    );
  return new UpstreamError(
    `The answer of the model service${official ? '' : ` at ${client.baseURL}`} broke off: ${told(error)}`,
    official ? 'Ask again.' : 'Ask again; if it stays so, check what ANTHROPIC_BASE_URL points to.',
    cause,
  );
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** `fetch` wraps what happened to the line, several addresses that were tried, and the client wraps `fetch`. */
function innermostCode(error: unknown): string {
  for (let at = error; at instanceof Error; ) {
    const code = codeOf(at);
    if (code) return code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return '';
}

/** What the service says, as one short line: it may answer with a whole page. */
function told(error: AnthropicError): string {
  const said = error instanceof APIError ? (error.apiMessage ?? error.message) : error.message;
  const line = said.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return `${line.length > 200 ? `${line.slice(0, 200)}…` : line}.`;
}
