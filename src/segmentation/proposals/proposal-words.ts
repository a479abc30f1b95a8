import type { Proposal, ProposalKind } from '../../state/proposals.ts';
import { formatCount } from '../wording.ts';
import { bodyOf } from './bodies.ts';
import { oneLine } from './open.ts';

/** What every surface that lays a proposal before a person says of it, by its kind. */

/** A proposal of kind `sync` writes a list for a person, keeps an audience at a destination, or ends that. */
export type WordedKind = ProposalKind | 'plan' | 'end';

export function wordedAs(proposal: Pick<Proposal, 'kind' | 'body'>): WordedKind {
  const { kind, body } = bodyOf(proposal);
  if (kind !== 'sync' || body.destination === 'file') return kind;
  return body.kind === 'end' ? 'end' : 'plan';
}

export const proposalTitles = {
  promotion: 'segments found anew',
  weights: 'segments by other weights',
  recipe: 'segments by another recipe',
  persona: 'other texts',
  feature: 'a sensitive feature would be allowed',
  sync: 'a list for whoever approves it',
  plan: 'an audience would be kept in another tool',
  end: 'an audience would be taken out of another tool',
} as const satisfies Record<WordedKind, string>;

/** Whom the number of customers counts. */
export const affectedCustomers = {
  promotion: 'Customers who change segment',
  weights: 'Customers who change segment',
  recipe: 'Customers who change segment',
  persona: 'Customers in it',
  feature: 'Customers',
  sync: 'Customers on it',
  plan: 'Customers in the audience',
  end: 'Customers taken out',
} as const satisfies Record<WordedKind, string>;

const stand = 'these are the segments from now on; kindred rollback takes it back';

/** Behind "If you approve, ". */
export const consequences = {
  promotion: stand,
  weights: stand,
  recipe: stand,
  persona: 'people read these texts from now on; who is in the segment stays',
  feature: 'segments found from now on and filters may use it; kindred block takes it back',
  sync: 'who they are is looked up and written to a file for you alone',
  plan: 'these members are sent to the tool that is named, and it follows each refresh from then on; kindred sync pause stops it',
  end: 'whom Kindred added there is removed, and nobody else',
} as const satisfies Record<WordedKind, string>;

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
