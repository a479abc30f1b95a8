import { alreadyDecided } from '../../segmentation/proposals/find.ts';
import type { Proposal } from '../../state/proposals.ts';
import { moment, mrkdwn } from '../blocks/text.ts';
import type { SlackContext } from '../context.ts';
import { type Person, personOf } from '../people.ts';
import { refusalText } from '../views/refusal.ts';
import type { Desk } from './desk.ts';
import { namesOf } from './names.ts';

/** Whether somebody may decide a proposal now; where not, why, as mrkdwn of ours, and whether it is decided already. */
export type MayDecide = { person: Person; proposal: Proposal } | { refused: string; isStale: boolean };

export async function mayDecide(desk: Desk, user: string, id: string): Promise<MayDecide> {
  const { slack, underWay } = desk;
  const person = personOf(slack.config, user);
  if (!person) return { refused: refusalText, isStale: false };
  if (person.role !== 'approver') return { refused: onlyApprovers(slack, id), isStale: false };
  const state = await slack.app.state();
  const proposal = await state.proposals.byId(id);
  if (!proposal) return { refused: `There is no proposal ${mrkdwn(id)} any more.`, isStale: false };
  if (proposal.status !== 'open') return { refused: decidedText(slack, proposal), isStale: true };
  const other = underWay.get(id);
  if (other)
    return {
      refused: `${other.decision === 'approve' ? 'Approved' : 'Rejected'} by ${namesOf(slack.config)(other.person.actor)} a moment ago, and being carried out.`,
      isStale: false,
    };
  return { person, proposal };
}

function decidedText({ config }: SlackContext, proposal: Proposal): string {
  const { id, status, decidedBy, decidedAt } = proposal;
  if (status === 'superseded') return mrkdwn(alreadyDecided(proposal).message);
  return `${mrkdwn(id)} was ${status} by ${namesOf(config)(decidedBy ?? '')} already, ${moment(decidedAt ?? '')}.`;
}

function onlyApprovers({ config }: SlackContext, id: string): string {
  const approvers = config.people.filter(({ role }) => role === 'approver').map(({ id }) => `<@${id}>`);
  if (approvers.length === 0)
    return `Nobody in Slack may approve yet. Ask the person who runs Kindred to set KINDRED_SLACK_APPROVERS, or to decide ${mrkdwn(id)} in a terminal.`;
  return `Only ${listedPeople(approvers)} may approve or reject. Ask ${approvers.length === 1 ? 'them' : 'one of them'} to decide ${mrkdwn(id)}.`;
}

/** So many that a sentence holds them. */
const mostNamed = 10;

function listedPeople(mentions: readonly string[]): string {
  const named = mentions.slice(0, mostNamed);
  const more = mentions.length - named.length;
  const last = more > 0 ? `${more} more` : named.at(-1)!;
  const first = more > 0 ? named : named.slice(0, -1);
  return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
}
