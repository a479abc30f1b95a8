import type { Button, KnownBlock } from '@slack/types';
import { dayText } from '../../markdown/figures.ts';
import { cutLine, tellingChanges } from '../../segmentation/proposals/proposal-words.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { ProposalFacts } from '../approval/facts.ts';
import { button } from '../blocks/actions.ts';
import { context, section } from '../blocks/layout.ts';
import { bold, mrkdwn } from '../blocks/text.ts';

/** Parts that the card, the dialog and the Home tab show of a proposal. */

/** Names of what can be pressed; their value is the id of the proposal. */
export const press = {
  approve: 'proposal_approve',
  reject: 'proposal_reject',
  details: 'proposal_details',
} as const;

const longestChange = 320;
const longestSummary = 500;
const longestWhy = 300;

export const titleText = ({ id, title }: Pick<ProposalFacts, 'id' | 'title'>) =>
  `${bold(`Proposal ${id}: ${title}`)}`;

export const summaryText = ({ summary }: Pick<ProposalFacts, 'summary'>) =>
  mrkdwn(cutLine(summary, longestSummary));

/** Most telling first. What is left out or cut is in the details. */
export function changeBlocks({ changes }: Pick<ProposalFacts, 'changes'>, most: number): KnownBlock[] {
  const { shown, more, isCut } = tellingChanges(changes, { most, longest: longestChange });
  const where = '*Details* shows all of it.';
  return [
    section([`*What changes*`, ...shown.map(change => `•  ${mrkdwn(change)}`)].join('\n')),
    ...(more > 0 ? [context(`and ${more} more. ${where}`)] : isCut ? [context(where)] : []),
  ];
}

/** In the words of whoever proposed it, marked as theirs; nothing where there are none. */
export function wordsBlocks({ why }: Pick<ProposalFacts, 'why'>): KnownBlock[] {
  const said = tamed(why, longestWhy);
  return said === '' ? [] : [section(`*In their words*\n>“${mrkdwn(said)}”`)];
}

export const customersBlocks = ({ customers }: Pick<ProposalFacts, 'customers'>): KnownBlock[] =>
  customers === null ? [] : [section(`*${mrkdwn(customers)}*`)];

export const openedText = ({ openedBy, createdAt }: Pick<ProposalFacts, 'openedBy' | 'createdAt'>) =>
  `Proposed by ${openedBy} on ${dayText(createdAt.slice(0, 10))}.`;

export const basisText = ({ basis }: Pick<ProposalFacts, 'basis'>) => `Based on: ${mrkdwn(basis.join(' '))}`;

/** What decides; each opens a dialog, and nothing is decided before that is confirmed. */
export function decisionButtons(id: string): Button[] {
  return [
    button({
      action: press.approve,
      text: 'Approve …',
      value: id,
      style: 'primary',
      label: `Approve proposal ${id}: asks for confirmation first`,
    }),
    button({
      action: press.reject,
      text: 'Reject …',
      value: id,
      label: `Reject proposal ${id}: asks for confirmation first`,
    }),
    detailsButton(id),
  ];
}

export const detailsButton = (id: string) =>
  button({ action: press.details, text: 'Details', value: id, label: `Show all of proposal ${id}` });
