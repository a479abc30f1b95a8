import type { App as Bolt, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { oneLine } from '../../../segmentation/proposals/open.ts';
import { carryOut } from '../../approval/decision.ts';
import type { Desk } from '../../approval/desk.ts';
import { mayDecide } from '../../approval/may-decide.ts';
import { decisionDialog, needsReason, noticeDialog, reasonField } from '../../views/proposal-dialog.ts';

/** What the dialog was opened for. */
const asked = z.object({
  proposal: z.string(),
  decision: z.enum(['approve', 'reject']),
  place: z.object({ channel: z.string(), thread: z.string().nullable() }).nullable(),
});

/** The confirmation: all is looked at anew, as much may have happened since the dialog was opened. */
export function listenToConfirmations(bolt: Bolt, desk: Desk): void {
  bolt.view<ViewSubmitAction>(
    { callback_id: decisionDialog, type: 'view_submission' },
    async ({ ack, body, view }) => {
      const { proposal: id, decision, place } = asked.parse(JSON.parse(view.private_metadata));
      const reason = view.state.values[reasonField]?.[reasonField]?.value ?? '';
      const may = await mayDecide(desk, body.user.id, id);
      if ('refused' in may) {
        await ack({ response_action: 'update', view: noticeDialog('Not decided', may.refused) });
        return;
      }
      const { person, proposal } = may;
      if (needsReason(proposal.kind, decision) && oneLine(reason) === '') {
        const errors = { [reasonField]: 'Say why: without a reason this cannot be approved.' };
        await ack({ response_action: 'errors', errors });
        return;
      }
      const done = carryOut(desk, proposal, { person, decision, reason, place });
      // It may take a minute: the dialog closes at once, and the card tells.
      await ack({ response_action: 'clear' });
      await done;
    },
  );
}
