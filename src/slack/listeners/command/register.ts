import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';

/** `/segments`: needs no model. */
export function registerSegmentsCommand(_bolt: Bolt, _slack: SlackContext): void {}
