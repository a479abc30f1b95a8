import type { Log } from '../../log.ts';
import { asSlackError, isRefused, type SlackToken } from '../slack-error.ts';
import { pauseAfter, type Sleep } from './pauses.ts';

interface PersistOptions {
  /** The token that is shown to Slack. */
  token: SlackToken;
  signal: AbortSignal;
  sleep: Sleep;
  log: Log;
}

/** What `work` gives once it does: it is tried again with pauses that grow, but where Slack refuses the token. */
export async function persist<T>(
  work: () => Promise<T>,
  { token, signal, sleep, log }: PersistOptions,
  failedBefore = 0,
): Promise<T> {
  for (let failed = failedBefore; ; failed++) {
    await sleep(pauseAfter(failed), signal);
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const told = asSlackError(error, token);
      if (isRefused(error)) throw told;
      log.warn({ err: told, againInMs: pauseAfter(failed + 1) }, 'Slack cannot be reached');
    }
  }
}
