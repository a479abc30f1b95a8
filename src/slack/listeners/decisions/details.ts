import type { BlockAction, App as Bolt, ButtonAction } from '@slack/bolt';
import { z } from 'zod';
import { proposalDetails } from '../../approval/details.ts';
import type { SlackContext } from '../../context.ts';
import { personOf } from '../../people.ts';
import { detailsDialog, leaf } from '../../views/proposal-details.ts';
import { noticeDialog } from '../../views/proposal-dialog.ts';
import { press } from '../../views/proposal-parts.ts';
import { refusalText } from '../../views/refusal.ts';
import { carriedBy } from './pressed.ts';

const shown = z.object({ proposal: z.string() });

/** All of a proposal in a dialog, for whoever may read; upon the dialog where one is open already. */
export function listenToDetails(bolt: Bolt, slack: SlackContext): void {
  const { client } = slack;
  bolt.action<BlockAction<ButtonAction>>(press.details, async ({ ack, body, action }) => {
    await ack();
    const view = await dialogFor(slack, body.user.id, carriedBy(action), 1);
    const opened = { trigger_id: body.trigger_id, view };
    if (body.view?.type === 'modal') await client.views.push(opened);
    else await client.views.open(opened);
  });
  for (const way of [leaf.back, leaf.on])
    bolt.action<BlockAction<ButtonAction>>(way, async ({ ack, body, action }) => {
      await ack();
      if (!body.view) return;
      const { id, hash, private_metadata } = body.view;
      const { proposal } = shown.parse(JSON.parse(private_metadata));
      const view = await dialogFor(slack, body.user.id, proposal, Number(carriedBy(action)) || 1);
      await client.views.update({ view_id: id, hash, view });
    });
}

async function dialogFor({ app, config }: SlackContext, user: string, id: string, page: number) {
  if (!personOf(config, user)) return noticeDialog('Not for you yet', refusalText);
  const state = await app.state();
  const proposal = await state.proposals.byId(id);
  if (!proposal) return noticeDialog('Not there', 'There is no such proposal any more.');
  return detailsDialog(id, await proposalDetails(state, proposal), page);
}
