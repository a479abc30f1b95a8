import { bodyOf } from '../../segmentation/proposals/bodies.ts';
import { type WordedKind, wordedAs } from '../../segmentation/proposals/proposal-words.ts';
import { candidateKinds, type Proposal } from '../../state/proposals.ts';
import {
  proposedFeatureView,
  proposedPlanView,
  proposedSyncView,
  proposedTextsView,
} from './proposal-bodies.ts';
import { comparisonView } from './recluster.ts';
import { textTable } from './table.ts';
import { wrap } from './text.ts';
import { recipeView } from './what-if.ts';

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
  const { id, summary, status, createdAt, createdBy } = proposal;
  return [
    wrap(`Proposal ${id}, ${status}: made on ${createdAt.slice(0, 10)} by ${createdBy}.`, width),
    wrap(summary, width),
    ...decision(proposal).map(text => wrap(text, width)),
    '',
    bodyView(proposal, width),
    status === 'open' ? whatToType(proposal) : '',
  ].join('\n');
}

function bodyView(proposal: Proposal, width: number): string {
  const told = bodyOf(proposal);
  switch (told.kind) {
    case 'promotion':
      return comparisonView(told.body, width);
    case 'weights':
    case 'recipe':
      return `${recipeView(told.body, width)}\n${comparisonView(told.body, width)}`;
    case 'persona':
      return proposedTextsView(told.body, width);
    case 'feature':
      return proposedFeatureView(told.body, width);
    case 'sync':
      return told.body.destination === 'file'
        ? proposedSyncView(told.body, width)
        : proposedPlanView(told.body, width);
  }
}

function whatToType(proposal: Proposal): string {
  const { id } = proposal;
  const kind = wordedAs(proposal);
  const options = { feature: ' --reason "..."', sync: ' --to FILE' } as const;
  const option = kind === 'feature' || kind === 'sync' ? options[kind] : '';
  const approve = `kindred approve ${id}${option}`;
  const reject = `kindred reject ${id} --reason "..."`;
  const size = Math.max(approve.length, reject.length);
  return [
    'Nothing changes until somebody decides:',
    `  ${approve.padEnd(size)}   ${consequence[kind]}`,
    `  ${reject.padEnd(size)}   ${candidateKinds.includes(proposal.kind) ? 'the segments stay as they are' : 'all stays as it is'}`,
    '',
  ].join('\n');
}

const consequence = {
  promotion: 'from then on these are the segments',
  weights: 'from then on these are the segments',
  recipe: 'from then on these are the segments',
  persona: 'from then on these are the texts',
  feature: 'from then on it may be used; the reason is kept',
  sync: 'writes them to the file, for you',
  plan: 'they are sent, and it follows each refresh',
  end: 'whom Kindred added there is removed',
} as const satisfies Record<WordedKind, string>;

function statusOf({ status, decidedBy, decidedAt }: Proposal): string {
  return decidedBy && decidedAt ? `${status}\n${decidedAt.slice(0, 10)} by ${decidedBy}` : status;
}

function decision({ status, decidedBy, decidedAt, reason }: Proposal): string[] {
  if (!decidedBy || !decidedAt) return [];
  const decided = `${status === 'approved' ? 'Approved' : 'Rejected'} on ${decidedAt.slice(0, 10)} by ${decidedBy}`;
  return [reason ? `${decided}: ${reason}` : `${decided}.`];
}
