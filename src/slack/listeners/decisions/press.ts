import type { BlockAction, App as Bolt, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { redraw } from '../../approval/cards.ts';
import type { Desk } from '../../approval/desk.ts';
import { proposalFacts } from '../../approval/facts.ts';
import { mayDecide } from '../../approval/may-decide.ts';
import { type Place, tellAlone } from '../../approval/place.ts';
import { slackCodeOf } from '../../slack-error.ts';
import { noticeDialog, proposalDialog } from '../../views/proposal-dialog.ts';
import { press } from '../../views/proposal-parts.ts';
import { carriedBy, placeOf } from './pressed.ts';

/** A press on Approve or Reject opens a dialog; nothing is decided by it. */
export function listenToPresses(bolt: Bolt, desk: Desk): void {
  for (const decision of ['approve', 'reject'] as const)
    bolt.action<BlockAction<ButtonAction>>(press[decision], async ({ ack, body, action }) => {
      await ack();
      await pressed(desk, decision, {
        id: carriedBy(action),
        user: body.user.id,
        trigger: body.trigger_id,
        place: placeOf(body),
      });
    });
}

interface Pressed {
  id: string;
  user: string;
  trigger: string;
  place: Place;
}

async function pressed(
  desk: Desk,
  decision: 'approve' | 'reject',
  { id, user, trigger, place }: Pressed,
): Promise<void> {
  const { slack } = desk;
  const { app, client, log } = slack;
  const may = await mayDecide(desk, user, id);
  const opened = (view: ModalView, otherwise: string) =>
    client.views.open({ trigger_id: trigger, view }).catch(async error => {
      // Slack lets a dialog be opened within three seconds.
      if (!/^(expired_trigger_id|trigger_expired)$/.test(slackCodeOf(error))) throw error;
      await tellAlone(slack, { user, place, text: otherwise });
    });
  if ('refused' in may) {
    if (place === null) await opened(noticeDialog('Not decided', may.refused), may.refused);
    else await tellAlone(slack, { user, place, text: may.refused });
    if (may.isStale)
      await redraw(desk, id).catch(error => log.warn({ err: error, proposal: id }, 'a card was not drawn'));
    return;
  }
  const facts = await proposalFacts(await app.state(), may.proposal);
  const view = proposalDialog(facts, decision, JSON.stringify({ proposal: id, decision, place }));
  await opened(view, 'That took too long. Nothing is decided: press once more.');
}
