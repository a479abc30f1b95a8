import { codeOf } from '../errors.ts';
import type { Platform } from './vendor.ts';

/** What one request came to, read to its end. */
export type Attempt =
  | { kind: 'answer'; status: number; headers: Headers; body: string }
  /** Larger than what may be held. */
  | { kind: 'too large'; status: number }
  /** No answer, or none to its end. `sent` is false where the vendor cannot have seen it. */
  | { kind: 'none'; sent: boolean; why: string };

export interface Sent {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/** One try: no longer than `timeoutMs`, no more than `mostBytes`. Throws only where the platform's signal is aborted. */
export async function attempt(
  { url, method, headers, body }: Sent,
  { timeoutMs, mostBytes }: { timeoutMs: number; mostBytes: number },
  { fetch, signal }: Platform,
): Promise<Attempt> {
  signal.throwIfAborted();
  // Not AbortSignal.any: on a signal that lives as long as a server, what it makes is never let go.
  const stopped = new AbortController();
  const stop = () => stopped.abort(signal.reason);
  const timer = setTimeout(() => stopped.abort(new Error('timed out')), timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: stopped.signal,
      ...(body === undefined ? {} : { body }),
    });
    const text = await textOf(answer, mostBytes);
    if (text === null) {
      stopped.abort();
      return { kind: 'too large', status: answer.status };
    }
    return { kind: 'answer', status: answer.status, headers: answer.headers, body: text };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'none', ...noAnswer(error, timeoutMs, stopped.signal.aborted) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** null where it is larger than `most`. */
async function textOf(answer: Response, most: number): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Where not even a connection came about, nothing was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function noAnswer(error: unknown, timeoutMs: number, timedOut: boolean): { sent: boolean; why: string } {
  if (timedOut) return { sent: true, why: `no answer within ${Math.ceil(timeoutMs / 1000)} s` };
  const code = codeOf(error instanceof Error && error.cause ? error.cause : error);
  return { sent: !neverSent.has(code), why: code || 'the connection was dropped' };
}
