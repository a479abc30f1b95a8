import { KindredError } from '../errors.ts';
import type { SlackContext } from './context.ts';

/** Something that is looked at every few seconds. */
export interface Beat {
  /** Looks now; while a look is under way, waits for that one. Never rejects. */
  beat(): Promise<void>;
  /** Looks no more; fulfilled when what is under way is done. */
  stop(): Promise<void>;
}

/** Seconds between looks. */
const usual = 5;

/**
 * Has something looked at again and again, and at once, until the server stops; never twice at a time. A failure is logged
 * once, as the next ones fail alike, and the next look tries again.
 */
export function startBeat(
  { log, stopping }: Pick<SlackContext, 'log' | 'stopping'>,
  { seconds = usual, what, look }: { seconds?: number | undefined; what: string; look: () => Promise<void> },
): Beat {
  let looking: Promise<void> | undefined;
  let ended = false;
  let told = '';
  const tried = async () => {
    try {
      await look();
      told = '';
    } catch (error) {
      const words = error instanceof KindredError ? error.message : String(error);
      if (stopping.aborted || words === told) return;
      told = words;
      log.warn({ err: error }, `${what} failed and is tried again`);
    }
  };
  const beat = () => {
    if (!ended && !stopping.aborted)
      looking ??= tried().finally(() => {
        looking = undefined;
      });
    return looking ?? Promise.resolve();
  };
  const timer = setInterval(() => void beat(), seconds * 1000).unref();
  const stop = async () => {
    ended = true;
    clearInterval(timer);
    await looking;
  };
  stopping.addEventListener('abort', () => void stop(), { once: true });
  void beat();
  return { beat, stop };
}
