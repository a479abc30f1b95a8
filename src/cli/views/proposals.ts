import type { Comparison } from '../../segmentation/recluster/comparison.ts';
import type { Proposal } from '../../state/proposals.ts';
import { comparisonView } from './recluster.ts';
import { textTable } from './table.ts';
import { wrap } from './text.ts';

/** All proposals, newest first. */
export function proposalsView(proposals: readonly Proposal[], width: number): string {
  if (proposals.length === 0)
    return 'Nothing waits for a decision. `kindred recluster` finds the segments anew and proposes them.\n';
  return textTable(
    [{ head: 'Proposal' }, { head: 'Made' }, { head: 'Status' }, { head: 'What it says', grows: true }],
    proposals.map(proposal => [
      proposal.id,
      proposal.createdAt.slice(0, 10),
      statusOf(proposal),
      proposal.summary,
    ]),
    width,
  );
}

/** One proposal with all that is known to decide by. */
export function proposalView(proposal: Proposal, width: number): string {
  const { id, summary, body, status, createdAt, createdBy } = proposal;
  return [
    wrap(`Proposal ${id}, ${status}: made on ${createdAt.slice(0, 10)} by ${createdBy}.`, width),
    wrap(summary, width),
    ...decision(proposal).map(text => wrap(text, width)),
    '',
    comparisonView(body as unknown as Comparison, width),
    status === 'open' ? whatToType(id) : '',
  ].join('\n');
}

function whatToType(id: string): string {
  return [
    'Nothing changes until somebody decides:',
    `  kindred approve ${id}                 from then on these are the segments`,
    `  kindred reject ${id} --reason "..."   the segments stay as they are`,
    '',
  ].join('\n');
}

function statusOf({ status, decidedBy, decidedAt }: Proposal): string {
  return decidedBy && decidedAt ? `${status}\n${decidedAt.slice(0, 10)} by ${decidedBy}` : status;
}

function decision({ status, decidedBy, decidedAt, reason }: Proposal): string[] {
  if (!decidedBy || !decidedAt) return [];
  const decided = `${status === 'approved' ? 'Approved' : 'Rejected'} on ${decidedAt.slice(0, 10)} by ${decidedBy}`;
  return [reason ? `${decided}: ${reason}` : `${decided}.`];
}
