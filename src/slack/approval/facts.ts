import { dayText } from '../../markdown/figures.ts';
import { bodyOf } from '../../segmentation/proposals/bodies.ts';
import {
  affectedCustomers,
  consequences,
  proposalTitles,
  type WordedKind,
  whyProposed,
  wordedAs,
} from '../../segmentation/proposals/proposal-words.ts';
import { formatCount } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { State } from '../../state/state.ts';
import { toldOf, whoOf } from '../../tools/results/told-proposal.ts';
import { mrkdwn } from '../blocks/text.ts';
import { basisOf } from './basis.ts';
import { type NameOf, plainName } from './names.ts';

/** What somebody in Slack is told of a proposal: in the counts that a channel may know. */
export interface ProposalFacts extends Pick<Proposal, 'id' | 'createdAt' | 'reason'> {
  kind: WordedKind;
  title: string;
  /** One sentence; may hold names from data. */
  summary: string;
  /** A sentence each, as the tools tell them. */
  changes: string[];
  /** "Customers who change segment: 1,230, as of 1 November 2026"; null where nobody is affected, or it would point at a few. */
  customers: string | null;
  /** mrkdwn of ours. */
  openedBy: string;
  /** In the words of whoever proposed it; blank where they gave none. */
  why: string;
  /** What it rests on, a sentence each. */
  basis: string[];
  /** Behind "If you approve, ". */
  consequence: string;
}

export async function proposalFacts(
  { models }: Pick<State, 'models'>,
  proposal: Proposal,
  nameOf: NameOf = plainName,
): Promise<ProposalFacts> {
  const { id, createdAt, reason } = proposal;
  const kind = wordedAs(proposal);
  const { summary, changes, customers, asOf } = await toldOf({ models }, proposal);
  const number = typeof customers === 'number' ? formatCount(customers) : customers;
  return {
    id,
    kind,
    createdAt,
    reason,
    title: proposalTitles[kind],
    summary,
    changes,
    customers: number === null ? null : `${affectedCustomers[kind]}: ${number}, as of ${dayText(asOf)}`,
    openedBy: openedByText(whoOf(proposal), nameOf),
    why: whyProposed(proposal),
    basis: await basisOf({ models }, bodyOf(proposal), proposal.subject),
    consequence: kind === 'sync' ? sentHere : consequences[kind],
  };
}

/** Who a model proposed it for, and through what. */
function openedByText(who: string, nameOf: NameOf): string {
  const [actor = '', ...through] = who.split(throughMark);
  return [nameOf(actor), ...through.map(mrkdwn)].join(throughMark);
}

const throughMark = ', through ';

const sentHere =
  'who they are is looked up, and a file with them is sent to you alone, as a direct message of Kindred';
