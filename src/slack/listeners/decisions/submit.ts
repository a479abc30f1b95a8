import type { App as Bolt, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { oneLine } from '../../../segmentation/proposals/open.ts';
import { carryOut } from '../../approval/decision.ts';
import type { Desk } from '../../approval/desk.ts';
import { mayDecide } from '../../approval/may-decide.ts';
import { tellAlone } from '../../approval/place.ts';
import { mrkdwn } from '../../blocks/text.ts';
import { decisionDialog, needsReason, noticeDialog, reasonField } from '../../views/proposal-dialog.ts';

/** What the dialog was opened for. */
const asked = z.object({
  proposal: z.string(),
  decision: z.enum(['approve', 'reject']),
  place: z.object({ channel: z.string(), thread: z.string().nullable() }).nullable(),
});

/** Slack waits for three seconds. */
const soonMs = 2000;

/**
 * The confirmation: all is looked at anew, as much may have happened since the dialog was opened. Where that takes too long
 * the dialog closes, and why nothing was decided is told beside it.
 */
export function listenToConfirmations(bolt: Bolt, desk: Desk, { answersWithinMs = soonMs } = {}): void {
  bolt.view<ViewSubmitAction>(
    { callback_id: decisionDialog, type: 'view_submission' },
    async ({ ack, body, view }) => {
      const { proposal: id, decision, place } = asked.parse(JSON.parse(view.private_metadata));
      const reason = view.state.values[reasonField]?.[reasonField]?.value ?? '';
      const user = body.user.id;
      let closed: Promise<void> | undefined;
      const close = () => {
        closed ??= ack({ response_action: 'clear' });
        return closed;
      };
      const tooLate = setTimeout(close, answersWithinMs);
      const may = await mayDecide(desk, user, id).finally(() => clearTimeout(tooLate));
      if ('refused' in may) {
        if (closed) await tellAlone(desk.slack, { user, place, text: may.refused });
        else await ack({ response_action: 'update', view: noticeDialog('Not decided', may.refused) });
        return;
      }
      const { person, proposal } = may;
      if (needsReason(proposal.kind, decision) && oneLine(reason) === '') {
        const text = 'Say why: without a reason this cannot be approved.';
        if (closed)
          await tellAlone(desk.slack, { user, place, text: `${mrkdwn(id)} is not decided. ${text}` });
        else await ack({ response_action: 'errors', errors: { [reasonField]: text } });
        return;
      }
      // It may take a minute: the dialog closes at once, and the card tells.
      await Promise.all([carryOut(desk, proposal, { person, decision, reason, place }), close()]);
    },
  );
}
