import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';

/** What can be pressed under an answer: the evidence, the list for oneself, good and bad. */
export function registerAnswerActions(_bolt: Bolt, _slack: SlackContext): void {}
