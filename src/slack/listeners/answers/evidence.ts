import type { App as Bolt } from '@slack/bolt';
import { InputError } from '../../../errors.ts';
import type { ShownSegment } from '../../../markdown/results.ts';
import type { Reply } from '../../../state/replies.ts';
import { findTool, runTool } from '../../../tools/run-tool.ts';
import type { SlackContext } from '../../context.ts';
import type { Person } from '../../people.ts';
import { answerActions, replyIn } from '../../views/answer-actions.ts';
import { type Evidence, evidenceBlocks } from '../../views/evidence.ts';
import { mayAct } from '../../views/figures.ts';
import { onPress } from './press.ts';
import { inWindow } from './window.ts';

const title = 'The evidence';

/** What an answer, or a segment's texts, rest on. Replies are kept, so that a button of last month still tells. */
export function registerEvidence(bolt: Bolt, slack: SlackContext): void {
  onPress(bolt, slack, answerActions.evidence, ({ trigger, value, person }) =>
    inWindow(slack, { trigger, title }, async () => {
      const id = replyIn(value);
      const reply = id === null ? undefined : await (await slack.app.state()).replies.get(id);
      if (!reply)
        throw new InputError(
          'What this answer rests on is kept no longer.',
          'Ask again: the new answer comes with its own evidence.',
        );
      return { title, blocks: evidenceBlocks(evidenceFor(reply, person)) };
    }),
  );
  onPress(bolt, slack, answerActions.segmentEvidence, ({ trigger, value, person }) =>
    inWindow(slack, { trigger, title }, async () => {
      const input = { segment: value ?? '' };
      const { output } = await runTool(await slack.toolsOf(person), 'show_segment', input);
      const calls = [{ name: 'show_segment', input: {}, output }];
      const { name: what, asOf } = output as unknown as ShownSegment;
      return {
        title,
        blocks: evidenceBlocks({ question: '', calls, sources: [{ what, asOf }], author: null, withheld: 0 }),
      };
    }),
  );
}

/** Whoever asked sees all of it; others what they could have looked up themselves. */
function evidenceFor(reply: Reply, person: Person): Evidence {
  const seen = reply.calls.filter(({ name }) => reply.actor === person.actor || mayCall(person, name));
  return { ...reply, calls: seen, withheld: reply.calls.length - seen.length };
}

function mayCall({ role }: Person, name: string): boolean {
  try {
    return mayAct(role, findTool(name).role);
  } catch {
    return false;
  }
}
