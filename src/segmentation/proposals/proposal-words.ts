import type { Proposal, ProposalKind } from '../../state/proposals.ts';
import { formatCount } from '../wording.ts';
import { bodyOf } from './bodies.ts';
import { oneLine } from './open.ts';

/** What every surface that lays a proposal before a person says of it, by its kind. */

export const proposalTitles = {
  promotion: 'segments found anew',
  weights: 'segments by other weights',
  recipe: 'segments by another recipe',
  persona: 'other texts',
  feature: 'a sensitive feature would be allowed',
  sync: 'a list for whoever approves it',
} as const satisfies Record<ProposalKind, string>;

/** Whom the number of customers counts. */
export const affectedCustomers = {
  promotion: 'Customers who change segment',
  weights: 'Customers who change segment',
  recipe: 'Customers who change segment',
  persona: 'Customers in it',
  feature: 'Customers',
  sync: 'Customers on it',
} as const satisfies Record<ProposalKind, string>;

const stand = 'these are the segments from now on; kindred rollback takes it back';

/** Behind "If you approve, ". */
export const consequences = {
  promotion: stand,
  weights: stand,
  recipe: stand,
  persona: 'people read these texts from now on; who is in the segment stays',
  feature: 'segments found from now on and filters may use it; kindred block takes it back',
  sync: 'who they are is looked up and written to a file for you alone',
} as const satisfies Record<ProposalKind, string>;

/** What whoever proposed it gave as their reason; blank where a proposal has none. */
export function whyProposed(proposal: Pick<Proposal, 'kind' | 'body'>): string {
  const { kind, body } = bodyOf(proposal);
  switch (kind) {
    case 'promotion':
      return '';
    case 'weights':
    case 'recipe':
    case 'persona':
    case 'feature':
      return body.why;
    case 'sync':
      return body.purpose;
  }
}

/** Changes as there is room for them. */
export interface ShownChanges {
  shown: string[];
  /** How many are left out. */
  more: number;
  /** One of those that are shown is longer than there is room for. */
  isCut: boolean;
}

/** The first changes, most telling first: segments that stay as they are come last, and several in one line. */
export function tellingChanges(
  changes: readonly string[],
  { most, longest }: { most: number; longest: number },
): ShownChanges {
  const isQuiet = (change: string) => change.endsWith(': stays, about as large.');
  const quiet = changes.filter(isQuiet);
  const lines = [
    ...changes.filter(change => !isQuiet(change)),
    ...(quiet.length > 1 ? [`${formatCount(quiet.length)} segments stay, about as large.`] : quiet),
  ];
  const shown = lines.slice(0, most).map(change => cutLine(change, longest));
  return {
    shown,
    more: lines.length - shown.length,
    isCut: shown.some(change => change.endsWith('…')),
  };
}

/** Of our own words, in which names are fenced: what they hold from elsewhere makes no line of its own. */
export function cutLine(text: string, most: number): string {
  const line = [...oneLine(text)];
  return line.length > most ? `${line.slice(0, most).join('')}…` : line.join('');
}
