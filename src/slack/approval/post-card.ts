import type { SlackContext } from '../context.ts';

/**
 * Has the card of a proposal posted where it was asked for, or in the channel of approvals; once in a channel, whoever
 * asks for it again.
 *
 * @param proposal its id
 * @param thread timestamp of the thread's first message; null for the channel itself
 */
export async function postProposalCard(
  { app }: Pick<SlackContext, 'app'>,
  { proposal, channel, thread }: { proposal: string; channel: string; thread: string | null },
): Promise<void> {
  const state = await app.state();
  const at = app.now().toISOString();
  await state.slack.messages.enqueue({
    kind: 'proposal',
    subject: proposal,
    channel,
    thread,
    notBefore: at,
    createdAt: at,
  });
}
