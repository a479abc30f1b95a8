import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { dayText } from '../../markdown/figures.ts';
import { oneLine } from '../../segmentation/proposals/open.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import { type Told, whoOf, whyOf } from './told.ts';

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

/** The kinds that a dialog can decide; members of an audience go to a file, which is named in a terminal. */
export type AskedKind = Exclude<Proposal['kind'], 'sync'>;

/** The dialog for one proposal. What was written by a model or came from data is tamed to a line. */
export function formOf(
  proposal: Proposal & { kind: AskedKind },
  told: Told,
  forReason: boolean,
): ElicitRequestFormParams {
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

function messageOf(proposal: Proposal & { kind: AskedKind }, told: Told, forReason: boolean): string {
  const { id, kind, createdAt } = proposal;
  const { changes, customers, asOf, summary } = told;
  const shown = mostTellingFirst(changes)
    .slice(0, mostChanges)
    .map(change => cut(change, longestChange));
  const more = changes.length - shown.length;
  const isCut = shown.some(change => change.endsWith('…'));
  const why = tamed(whyOf(proposal), longestWhy);
  return [
    ...(forReason ? ['A reason is needed to approve this: it is kept with the decision.', ''] : []),
    `Proposal ${id}: ${titles[kind]}`,
    cut(summary, longestSummary),
    '',
    'What changes:',
    ...shown.map(change => `- ${change}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(more > 0 || isCut
      ? [`All of it: the page “Open proposals” of Kindred, or kindred proposals show ${id}`]
      : []),
    '',
    ...(customers === null ? [] : [`${affected[kind]}: ${customersTold(customers)}, as of ${dayText(asOf)}`]),
    `Proposed by: ${whoOf(proposal)}, on ${dayText(createdAt.slice(0, 10))}`,
    ...(why === '' ? [] : [`In their words: “${why}”`]),
    '',
    `If you approve, ${consequences[kind]}.`,
  ].join('\n');
}

/** Segments that stay as they are come last, where the dialog has no room for all. */
function mostTellingFirst(changes: readonly string[]): string[] {
  const quiet = (change: string) => Number(change.endsWith(': stays, about as large.'));
  return changes.toSorted((a, b) => quiet(a) - quiet(b));
}

/** Of our own words, in which names are fenced: what they hold from elsewhere makes no line of its own. */
function cut(text: string, most: number): string {
  const line = [...oneLine(text)];
  return line.length > most ? `${line.slice(0, most).join('')}…` : line.join('');
}

const customersTold = (customers: number | string) =>
  typeof customers === 'number' ? customers.toLocaleString('en-GB') : customers;

const titles = {
  promotion: 'segments found anew',
  weights: 'segments by other weights',
  recipe: 'segments by another recipe',
  persona: 'other texts',
  feature: 'a sensitive feature would be allowed',
} as const satisfies Record<AskedKind, string>;

const affected = {
  promotion: 'Customers who change segment',
  weights: 'Customers who change segment',
  recipe: 'Customers who change segment',
  persona: 'Customers in it',
  feature: 'Customers',
} as const satisfies Record<AskedKind, string>;

const stand = 'these are the segments from now on; kindred rollback takes it back';
const consequences = {
  promotion: stand,
  weights: stand,
  recipe: stand,
  persona: 'people read these texts from now on; who is in the segment stays',
  feature: 'segments found from now on and filters may use it; kindred block takes it back',
} as const satisfies Record<AskedKind, string>;
