import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../context.ts';
import { registerAnswerActions } from './answers/register.ts';
import { registerSegmentsCommand } from './command/register.ts';
import { registerDecisions } from './decisions/register.ts';
import { registerDigestActions } from './digest/register.ts';
import { registerHome } from './home/register.ts';
import { registerTalk } from './talk/register.ts';

/**
 * Listens to all that Slack tells of. A listener translates: it acknowledges, finds out who asks, and hands on. Its promise
 * lasts as long as the work that it began: what Slack told counts as dealt with when it is fulfilled, and as broken off
 * when it is rejected while the server stops.
 */
export function registerListeners(bolt: Bolt, slack: SlackContext): void {
  registerTalk(bolt, slack);
  registerSegmentsCommand(bolt, slack);
  registerAnswerActions(bolt, slack);
  registerHome(bolt, slack, registerDecisions(bolt, slack));
  registerDigestActions(bolt, slack);
}
