import type { SlackMessage } from '../../state/slack-messages.ts';
import type { SlackContext } from '../context.ts';
import { asSlackError, isOfOne } from '../slack-error.ts';
import type { Desk } from './desk.ts';
import { namesOf } from './names.ts';
import { postProposalCard } from './post-card.ts';
import { drawnProposal, type ProposalMessage } from './proposal-message.ts';
import { isUnderWay, type StandingOptions, shownOf } from './standing.ts';

/** Among so many messages cards are looked for that are to be drawn anew: those of years. */
const mostMessages = 1000;

/** Shows in every card of a proposal how it stands now. Rejects where Slack does not take it, and the next look tries again. */
export async function redraw(desk: Desk, id: string): Promise<void> {
  await desk.drawing.take('a card', async () => {
    const state = await desk.slack.app.state();
    const cards = (await state.slack.messages.of('proposal', id)).filter(isPosted);
    if (cards.length === 0) return;
    const proposal = await state.proposals.byId(id);
    if (!proposal) return;
    const drawn = await drawnProposal(state, proposal, optionsOf(desk, id));
    for (const card of cards) if (card.shown !== drawn.shown) await draw(desk.slack, card, drawn);
  });
}

/**
 * Puts the cards right that show something else than the state, as where it was decided in a terminal, or by somebody
 * whose process was killed; and lays what waits before those who decide.
 */
export async function lookAtProposals(desk: Desk): Promise<void> {
  const { app, config } = desk.slack;
  const state = await app.state();
  const statuses = await state.proposals.statuses();
  if (config.approvalsChannel !== null)
    for (const { id, status } of statuses)
      if (status === 'open') await postOnce(desk, id, config.approvalsChannel);
  const standings = new Map(statuses.map(({ id, status }) => [id, status]));
  const cards = (await state.slack.messages.list(mostMessages)).filter(
    card => card.kind === 'proposal' && isPosted(card),
  );
  const isElsewhere = ({ subject, shown }: SlackMessage) =>
    isUnderWay(shown) &&
    standings.get(subject) === 'open' &&
    !desk.underWay.has(subject) &&
    !desk.problems.has(subject);
  if (!desk.hasLooked)
    for (const card of cards) if (isElsewhere(card)) desk.problems.set(card.subject, brokenOff);
  desk.hasLooked = true;
  const stale = cards.filter(card => {
    const status = standings.get(card.subject);
    // Another process carries it out, and draws the card when it is done.
    if (!status || isElsewhere(card)) return false;
    return card.shown !== shownOf(status, optionsOf(desk, card.subject));
  });
  for (const id of [...new Set(stale.map(({ subject }) => subject))].reverse()) await redraw(desk, id);
}

/** What was under way when this process began is taken to be of one that is no more. */
const brokenOff = 'Kindred was stopped before it could be carried out. Decide it once more.';

/** As the state takes each once in a channel, this only spares it the question. */
async function postOnce(desk: Desk, proposal: string, channel: string): Promise<void> {
  if (desk.posted.has(proposal)) return;
  await postProposalCard(desk.slack, { proposal, channel, thread: null });
  desk.posted.add(proposal);
}

const isPosted = (message: SlackMessage): message is SlackMessage & { ts: string } =>
  message.status === 'sent' && message.ts !== null;

const optionsOf = ({ slack, underWay, problems }: Desk, id: string): StandingOptions => ({
  underWay: underWay.get(id),
  problem: problems.get(id),
  nameOf: namesOf(slack.config),
});

async function draw(
  { app, client, log }: SlackContext,
  { id, channel, ts }: SlackMessage & { ts: string },
  { text, blocks, shown }: ProposalMessage,
): Promise<void> {
  const state = await app.state();
  try {
    await client.chat.update({ channel, ts, text, blocks });
  } catch (error) {
    const told = asSlackError(error);
    if (!isOfOne(error)) throw told;
    // It was deleted, or Kindred was taken out of the channel: nobody sees a card there any more.
    log.warn({ err: told, channel }, 'a card cannot be drawn anew');
  }
  await state.slack.messages.shown(id, shown);
}
