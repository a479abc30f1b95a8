import { KindredError } from '../../errors.ts';
import type { SlackContext } from '../context.ts';
import { beatOf } from './beat.ts';
import { renderers } from './renderers.ts';

export interface Delivery {
  /**
   * Looks for news, and sends what is due. One beat at a time, and it never rejects; it comes every few seconds by itself.
   * Call it after a command as well.
   */
  beat(): Promise<void>;
  /** Fulfilled when what is being sent is sent. */
  stop(): Promise<void>;
}

/** Seconds between beats. */
const beatEvery = 5;

/** Sends by itself what is to be told: the digest, alerts, and proposals that wait. */
export function startDelivery(slack: SlackContext): Delivery {
  const once = beatOf(slack, renderers());
  let beating: Promise<void> | undefined;
  let stopped = false;
  /** What was told last of a beat that failed: the next ones fail alike. */
  let told = '';
  const tried = async () => {
    try {
      await once();
      told = '';
    } catch (error) {
      const words = error instanceof KindredError ? error.message : String(error);
      if (slack.stopping.aborted || words === told) return;
      told = words;
      slack.log.error({ err: error }, 'messages to Slack could not be looked at');
    }
  };
  const beat = () => {
    if (!stopped)
      beating ??= tried().finally(() => {
        beating = undefined;
      });
    return beating ?? Promise.resolve();
  };
  const timer = setInterval(() => void beat(), beatEvery * 1000).unref();
  void beat();
  return {
    beat,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await beating;
    },
  };
}
