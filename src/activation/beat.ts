import type { App } from '../app.ts';
import type { Log } from '../log.ts';
import { activationOf } from './activation-of.ts';
import { deliverDue } from './deliver/deliver.ts';
import { followDue } from './follow.ts';

export interface ActivationBeat {
  /** Plans what follows a refresh, and sends what is due. One beat at a time; it never rejects. */
  beat(): Promise<void>;
  /** Waits for the call that is under way, which `stopping` breaks off at its next step. */
  stop(): Promise<void>;
}

/** For a server: called every few seconds, it costs a look at the state where nothing is to be done. */
export function activationBeat(
  app: App,
  { log, stopping }: { log: Log; stopping: AbortSignal },
): ActivationBeat {
  const context = activationOf(app, log);
  let beating: Promise<void> | undefined;
  const once = async () => {
    try {
      for (const followed of await followDue(context, { signal: stopping, log }))
        log.info(followed, 'a sync was planned anew');
      const { finished, problems: _, ...counts } = await deliverDue(context, { signal: stopping, log });
      if (Object.values(counts).some(count => count > 0) || finished.length > 0)
        log.info({ ...counts, finished }, 'members were sent');
    } catch (error) {
      if (!stopping.aborted) log.error({ err: error }, 'syncs could not be looked at');
    }
  };
  return {
    beat() {
      beating ??= (stopping.aborted ? Promise.resolve() : once()).finally(() => {
        beating = undefined;
      });
      return beating;
    },
    async stop() {
      await beating;
    },
  };
}
