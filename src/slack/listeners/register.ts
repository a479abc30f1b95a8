import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../context.ts';

/** Listens to all that Slack tells of. A listener translates: it acknowledges, finds out who asks, and hands on. */
export function registerListeners(_bolt: Bolt, _slack: SlackContext): void {}
