import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import { registerEvidence } from './evidence.ts';
import { registerExport } from './export.ts';
import { registerFeedback } from './feedback.ts';
import { registerSegments } from './segments.ts';

/** What can be pressed under an answer: the evidence, the list for oneself, good and bad. */
export function registerAnswerActions(bolt: Bolt, slack: SlackContext): void {
  registerEvidence(bolt, slack);
  registerSegments(bolt, slack);
  registerExport(bolt, slack);
  registerFeedback(bolt, slack);
}
