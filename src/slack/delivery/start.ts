import type { SlackContext } from '../context.ts';

export interface Delivery {
  /**
   * Looks for news, and sends what is due. One beat at a time, and it never rejects; it comes every few seconds by itself.
   * Call it after a command as well.
   */
  beat(): Promise<void>;
  /** Fulfilled when what is being sent is sent. */
  stop(): Promise<void>;
}

/** Sends by itself what is to be told: the digest, alerts, and proposals that wait. */
export function startDelivery(_slack: SlackContext): Delivery {
  throw new Error('not built yet');
}
