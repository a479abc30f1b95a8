import type { App as Bolt } from '@slack/bolt';
import type { ShownSegment } from '../../../markdown/results.ts';
import { runTool } from '../../../tools/run-tool.ts';
import type { SlackContext } from '../../context.ts';
import { answerActions } from '../../views/answer-actions.ts';
import { audienceBlocks } from '../../views/audience.ts';
import { personaCard } from '../../views/persona-card.ts';
import type { ShownAudience } from '../../views/results.ts';
import { onPress } from './press.ts';

/** From a segment's card: the segment in full, and its customers as an audience. */
export function registerSegments(bolt: Bolt, slack: SlackContext): void {
  onPress(bolt, slack, answerActions.segment, async ({ person, value, tell }) => {
    const { output } = await runTool(await slack.toolsOf(person), 'show_segment', { segment: value ?? '' });
    const segment = output as unknown as ShownSegment;
    await tell(segment.name, personaCard(segment));
  });
  onPress(bolt, slack, answerActions.customers, async ({ person, value, tell }) => {
    const tools = await slack.toolsOf(person);
    const { output } = await runTool(tools, 'build_audience', { filter: { segment: value ?? '' } });
    const audience = output as unknown as ShownAudience;
    await tell(audience.name, audienceBlocks(audience, person.role));
  });
}
