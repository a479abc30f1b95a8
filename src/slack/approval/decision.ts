import { decideProposal } from '../../decide-proposal.ts';
import { writesFile } from '../../segmentation/proposals/bodies.ts';
import { oneLine } from '../../segmentation/proposals/open.ts';
import type { Proposal } from '../../state/proposals.ts';
import { wordsOf } from '../../told-errors.ts';
import { mrkdwn } from '../blocks/text.ts';
import type { Person } from '../people.ts';
import { redraw } from './cards.ts';
import type { Desk } from './desk.ts';
import { handOut } from './hand-out.ts';
import { type Place, tellAlone } from './place.ts';

/** What somebody confirmed in the dialog. */
export interface Confirmed {
  person: Person;
  decision: 'approve' | 'reject';
  reason: string;
  /** Where they pressed. */
  place: Place;
}

/**
 * Carries out what a person confirmed, and shows what came of it wherever the proposal was shown. Of several who confirm
 * at once one decides; whoever comes too late is told who did. Rejects only where the server stops before it was decided.
 */
export async function carryOut(desk: Desk, proposal: Proposal, confirmed: Confirmed): Promise<void> {
  const { slack, underWay, problems } = desk;
  const { id } = proposal;
  const { person, decision } = confirmed;
  underWay.set(id, { person, decision });
  problems.delete(id);
  // Slack may not answer just now: that holds no decision up.
  const begun = shown(desk, id);
  try {
    await recordAnswer(desk, proposal, confirmed);
    const note = await decide(desk, proposal, confirmed);
    if (note !== null) await alone(desk, confirmed, note);
  } catch (error) {
    if (slack.stopping.aborted) throw error;
    const told = wordsOf(error, slack);
    // Shown as long as it is open.
    problems.set(id, told);
    await alone(desk, confirmed, `You said ${decision} to ${id}, but it was not carried out: ${told}`);
  } finally {
    underWay.delete(id);
    await begun;
    await shown(desk, id);
  }
}

/** @returns what is to be told to whoever decided, and to nobody else; null where the card says all */
async function decide(desk: Desk, proposal: Proposal, confirmed: Confirmed): Promise<string | null> {
  const { app } = desk.slack;
  const { person, decision, reason, place } = confirmed;
  const own = oneLine(reason);
  const ruling = {
    id: proposal.id,
    by: person.actor,
    reason: own === '' ? 'Decided in Slack.' : `${own} (in Slack)`,
  };
  if (writesFile(proposal) && decision === 'approve')
    return handOut(desk.slack, { person, proposal, channel: place?.channel ?? null }, ruling);
  await decideProposal(app, { ...ruling, decision });
  return null;
}

/** A row of its own, beside the one of the decision, which may not come to pass. */
async function recordAnswer(
  { slack: { app } }: Desk,
  { id }: Proposal,
  { person, decision, place }: Confirmed,
): Promise<void> {
  const state = await app.state();
  await state.audit.append({
    at: app.now().toISOString(),
    actor: person.actor,
    action: 'slack.answer',
    subject: id,
    details: { role: person.role, surface: 'slack', answer: decision, channel: place?.channel ?? 'home' },
  });
}

/** A card that Slack does not take now is drawn at the next look. */
async function shown(desk: Desk, id: string): Promise<void> {
  await redraw(desk, id).catch(error =>
    desk.slack.log.warn({ err: error, proposal: id }, 'a card was not drawn'),
  );
}

async function alone({ slack }: Desk, { person, place }: Confirmed, text: string): Promise<void> {
  await tellAlone(slack, { user: person.id, place, text: mrkdwn(text) }).catch(error =>
    slack.log.warn({ err: error }, 'somebody was not told what came of their decision'),
  );
}
