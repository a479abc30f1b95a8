import type { KnownBlock } from '@slack/types';
import { cutLine } from '../../segmentation/proposals/proposal-words.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { ProposalFacts } from '../approval/facts.ts';
import type { Standing } from '../approval/standing.ts';
import { actions } from '../blocks/actions.ts';
import { alert, context, section } from '../blocks/layout.ts';
import { moment, mrkdwn } from '../blocks/text.ts';
import {
  basisText,
  changeBlocks,
  customersBlocks,
  decisionButtons,
  detailsButton,
  openedText,
  summaryText,
  titleText,
  wordsBlocks,
} from './proposal-parts.ts';

const mostChanges = 8;
const longestReason = 500;
const longestProblem = 1000;

/** A proposal in a channel, as it stands with it. */
export function proposalCard(facts: ProposalFacts, standing: Standing): KnownBlock[] {
  return standing.is === 'open' ? openCard(facts, standing.problem) : closedCard(facts, standing);
}

/** For notifications and screen readers. */
export function proposalText(facts: ProposalFacts, standing: Standing): string {
  return `Proposal ${facts.id} (${facts.title}): ${standing.is === 'open' ? `waits for a decision. ${summaryText(facts)}` : standingText(standing)}`;
}

function openCard(facts: ProposalFacts, problem: string | null): KnownBlock[] {
  return [
    section(`${titleText(facts)}\n${summaryText(facts)}`),
    ...(problem === null ? [] : problemBlocks(problem)),
    ...changeBlocks(facts, mostChanges),
    ...customersBlocks(facts),
    ...wordsBlocks(facts),
    section(`If you approve, ${mrkdwn(facts.consequence)}. Nothing happens before somebody does.`),
    context(openedText(facts), basisText(facts)),
    actions(decisionButtons(facts.id)),
  ];
}

/** What was decided stays readable, with what it was about. */
function closedCard(facts: ProposalFacts, standing: Exclude<Standing, { is: 'open' }>): KnownBlock[] {
  return [
    section(`${titleText(facts)}\n${summaryText(facts)}`),
    alert(standingText(standing), levels[standing.is]),
    ...('reason' in standing ? reasonBlocks(standing.reason) : []),
    ...('after' in standing ? [section(mrkdwn(standing.after))] : []),
    ...customersBlocks(facts),
    context(openedText(facts)),
    actions([detailsButton(facts.id)]),
  ];
}

const levels = {
  underWay: 'info',
  approved: 'success',
  rejected: 'info',
  superseded: 'warning',
} as const satisfies Record<Exclude<Standing['is'], 'open'>, string>;

/** Within what an alert holds. */
export function standingText(standing: Exclude<Standing, { is: 'open' }>): string {
  switch (standing.is) {
    case 'underWay':
      return `Being carried out: ${standing.who} ${standing.decision === 'approve' ? 'approved' : 'rejected'} it. This can take a minute.`;
    case 'superseded':
      return 'Superseded: something newer took its place, or the segments changed. Nothing is left to decide.';
    default:
      return `${standing.is === 'approved' ? 'Approved' : 'Rejected'} by ${standing.who}, ${moment(standing.at)}.`;
  }
}

function reasonBlocks(reason: string): KnownBlock[] {
  const said = tamed(reason, longestReason);
  return said === '' ? [] : [section(`>“${mrkdwn(said)}”`)];
}

/** What our errors put between backticks is typed in a terminal. */
const withCode = (text: string) =>
  text
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? `\`${mrkdwn(part)}\`` : spaced(part)))
    .join('');

/** Spaces at the ends hold a command apart. */
const spaced = (text: string) =>
  `${/^\s/.test(text) ? ' ' : ''}${mrkdwn(text)}${/\S\s$/.test(text) ? ' ' : ''}`;

function problemBlocks(problem: string): KnownBlock[] {
  return [
    alert('It was decided, but could not be carried out. It stays open.', 'warning'),
    section(withCode(cutLine(problem, longestProblem))),
  ];
}
