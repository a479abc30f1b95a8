import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../errors.ts';

interface Patience {
  /** For one try, the whole answer included. */
  tryMs: number;
  /** Pauses in milliseconds before a call that did not reach Slack is tried again. */
  pauses: readonly number[];
  /** Milliseconds that a call waits in all because Slack asks for it. */
  longestWaitMs: number;
}

export const patience: Patience = {
  tryMs: 30_000,
  pauses: [300, 1000, 3000],
  longestWaitMs: 60_000,
};

export interface PatientOptions {
  patience?: Patience;
  /** Aborted when nobody waits any more. */
  ended?: AbortSignal | undefined;
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  fetch?: typeof globalThis.fetch;
}

/**
 * `fetch` for Slack's Web API: waits as long as Slack asks for, and tries again where Slack did not answer. What would
 * show twice to people is tried again only where it certainly did not arrive.
 */
export function patientFetch({
  patience: { tryMs, pauses, longestWaitMs } = patience,
  ended,
  sleep = (ms, signal) => pause(ms, undefined, signal ? { signal } : {}),
  fetch = globalThis.fetch,
}: PatientOptions = {}): typeof globalThis.fetch {
  return async (input, init) => {
    const again = repeatable(String(input));
    let waited = 0;
    let failed = 0;
    for (;;) {
      const pauseMs = pauses[failed];
      try {
        const tooLate = AbortSignal.timeout(tryMs);
        const signal = ended ? AbortSignal.any([tooLate, ended]) : tooLate;
        const response = await fetch(input, { ...init, signal });
        if (response.status === 429) {
          const seconds = secondsAsked(response);
          if (waited + seconds * 1000 > longestWaitMs) return tooBusy(response, seconds);
          waited += seconds * 1000;
          await response.body?.cancel();
          await sleep(seconds * 1000, ended);
          continue;
        }
        if (response.status < 500 || !again || pauseMs === undefined) return response;
        await response.body?.cancel();
      } catch (error) {
        if (ended?.aborted || pauseMs === undefined || !(again || neverSent(error))) throw error;
      }
      failed += 1;
      await sleep(pauseMs, ended);
    }
  };
}

function secondsAsked({ headers }: Response): number {
  const asked = Number.parseInt(headers.get('retry-after') ?? '', 10);
  return asked > 0 ? asked : 1;
}

/** Says for how long, which not all that stands between does. */
function tooBusy(response: Response, seconds: number): Response {
  if (response.headers.has('retry-after')) return response;
  return new Response(null, { status: 429, headers: { 'retry-after': String(seconds) } });
}

const shownTwice =
  /^(chat\.(post\w+|startStream|appendStream|stopStream)|files\.completeUploadExternal|views\.(open|push))$/;

/** Whether a second call does no harm where the first was heard and its answer lost. Addresses to answer to are no methods. */
function repeatable(address: string): boolean {
  const method = new URL(address).pathname.split('/').at(-1) ?? '';
  return /^[a-z]+\.[a-z.]+$/i.test(method) && !shownTwice.test(method);
}

/** Whether the connection failed before a byte of the request could leave. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(codeOf(cause));
}
