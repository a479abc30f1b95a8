import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../context.ts';

/**
 * Listens to all that Slack tells of. A listener translates: it acknowledges, finds out who asks, and hands on. Its promise
 * lasts as long as the work that it began: what Slack told counts as dealt with when it is fulfilled, and as broken off
 * when it is rejected while the server stops.
 */
export function registerListeners(_bolt: Bolt, _slack: SlackContext): void {}
