import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';

/** The buttons of the digest and of alerts. */
export function registerDigestActions(_bolt: Bolt, _slack: SlackContext): void {}
