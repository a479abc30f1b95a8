import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { dayText } from '../../markdown/figures.ts';
import {
  affectedCustomers,
  consequences,
  cutLine,
  proposalTitles,
  tellingChanges,
  whyProposed,
  wordedAs,
} from '../../segmentation/proposals/proposal-words.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import { type Told, whoOf } from '../../tools/results/told-proposal.ts';

/** Lines that a dialog holds without being scrolled much, and characters of each. */
const mostChanges = 8;
const longestChange = 320;
const longestSummary = 500;
const longestWhy = 300;
const longestReason = 2000;

/** What a person answers. Nothing stands in it beforehand: a client that sends what it finds decides nothing. */
export const answer = z.object({
  decision: z.enum(['approve', 'reject', 'later']),
  reason: z.string().max(longestReason).optional(),
});

/** The dialog for one proposal. What was written by a model or came from data is tamed to a line. */
export function formOf(proposal: Proposal, told: Told, forReason: boolean): ElicitRequestFormParams {
  return {
    mode: 'form',
    message: messageOf(proposal, told, forReason),
    requestedSchema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'Your decision',
          description: 'Nothing changes unless you approve. Later leaves it open.',
          enum: [...answer.shape.decision.options],
        },
        reason: {
          type: 'string',
          title: 'Why',
          maxLength: longestReason,
          description: proposal.kind === 'feature' ? 'Needed to approve; it is kept' : 'For the record',
        },
      },
      required: forReason ? ['decision', 'reason'] : ['decision'],
    },
  };
}

function messageOf(proposal: Proposal, told: Told, forReason: boolean): string {
  const { id, createdAt } = proposal;
  const kind = wordedAs(proposal);
  const { changes, customers, asOf, summary } = told;
  const { shown, more, isCut } = tellingChanges(changes, { most: mostChanges, longest: longestChange });
  const why = tamed(whyProposed(proposal), longestWhy);
  return [
    ...(forReason ? ['A reason is needed to approve this: it is kept with the decision.', ''] : []),
    `Proposal ${id}: ${proposalTitles[kind]}`,
    cutLine(summary, longestSummary),
    '',
    'What changes:',
    ...shown.map(change => `- ${change}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(more > 0 || isCut
      ? [`All of it: the page “Open proposals” of Kindred, or kindred proposals show ${id}`]
      : []),
    '',
    ...(customers === null
      ? []
      : [`${affectedCustomers[kind]}: ${customersTold(customers)}, as of ${dayText(asOf)}`]),
    `Proposed by: ${whoOf(proposal)}, on ${dayText(createdAt.slice(0, 10))}`,
    ...(why === '' ? [] : [`In their words: “${why}”`]),
    '',
    `If you approve, ${consequences[kind]}.`,
  ].join('\n');
}

const customersTold = (customers: number | string) =>
  typeof customers === 'number' ? customers.toLocaleString('en-GB') : customers;
