import type { SlackContext } from './context.ts';

/**
 * Has something looked at every so many seconds, and at once, until the server stops; never twice at a time. A failure is
 * logged once, and the next look tries again.
 */
export function beat(
  { log, stopping }: Pick<SlackContext, 'log' | 'stopping'>,
  { seconds, what, look }: { seconds: number; what: string; look: () => Promise<void> },
): void {
  let looking = false;
  let failing = false;
  const once = async () => {
    if (looking || stopping.aborted) return;
    looking = true;
    try {
      await look();
      failing = false;
    } catch (error) {
      if (!failing && !stopping.aborted) log.warn({ err: error }, `${what} failed and is tried again`);
      failing = true;
    } finally {
      looking = false;
    }
  };
  if (stopping.aborted) return;
  const beating = setInterval(() => void once(), seconds * 1000);
  stopping.addEventListener('abort', () => clearInterval(beating), { once: true });
  void once();
}
