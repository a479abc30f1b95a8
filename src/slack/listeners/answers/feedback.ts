import type { App as Bolt } from '@slack/bolt';
import { judgeReply } from '../../../agent/answer/judge-reply.ts';
import { section } from '../../blocks/layout.ts';
import type { SlackContext } from '../../context.ts';
import { type Person, personOf } from '../../people.ts';
import { answerActions, answerForms, replyIn, verdictIn } from '../../views/answer-actions.ts';
import { commentField, feedbackTitle, feedbackWindow, thanks } from '../../views/feedback-window.ts';
import { waitingView } from '../../views/window.ts';
import { onPress } from './press.ts';
import { fillWindow, inWindow } from './window.ts';

/** Good or bad, stored beside the answer; the last word of a person stands. */
export function registerFeedback(bolt: Bolt, slack: SlackContext): void {
  const judge = async (
    person: Person,
    said: { verdict: 'good' | 'bad'; reply: number; comment?: string | null },
  ) => {
    const state = await slack.app.state();
    await judgeReply(
      { state, now: slack.app.now },
      { ...said, comment: said.comment ?? null, actor: person.actor },
    );
  };

  onPress(bolt, slack, answerActions.feedback, async ({ person, value, trigger, tell }) => {
    const said = verdictIn(value);
    if (!said) return;
    if (said.verdict === 'good') {
      await judge(person, said);
      return tell(thanks);
    }
    const judged = judge(person, said);
    // Also where Slack opens no window any more: the press is the verdict, and the window only asks why.
    judged.catch(() => {});
    await inWindow(slack, { trigger, title: feedbackTitle }, async () => {
      await judged;
      return feedbackWindow(said.reply);
    });
  });

  bolt.view(answerForms.feedback, async ({ ack, body, view }) => {
    const reply = replyIn(view.private_metadata);
    const person = personOf(slack.config, body.user.id);
    const comment = view.state.values[commentField.block]?.[commentField.action]?.value ?? null;
    if (reply === null || person === null) return ack();
    await ack({ response_action: 'update', view: waitingView(feedbackTitle) });
    await fillWindow(slack, view.id, feedbackTitle, async () => {
      await judge(person, { verdict: 'bad', reply, comment });
      return { title: 'Thank you', blocks: [section(thanks)] };
    });
  });
}
