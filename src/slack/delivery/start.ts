import { type Beat, startBeat } from '../beat.ts';
import type { SlackContext } from '../context.ts';
import { beatOf } from './beat.ts';
import { renderers } from './renderers.ts';

/** Beaten after a command as well. */
export type Delivery = Beat;

/** Sends by itself what is to be told: the digest, alerts, and proposals that wait. */
export function startDelivery(slack: SlackContext): Delivery {
  return startBeat(slack, { what: 'a look at messages to Slack', look: beatOf(slack, renderers()) });
}
