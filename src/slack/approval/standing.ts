import { staysAsItIs } from '../../segmentation/proposals/outcome-words.ts';
import { type WordedKind, wordedAs } from '../../segmentation/proposals/proposal-words.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { UnderWay } from './desk.ts';
import { type NameOf, plainName } from './names.ts';

/** How it stands with a proposal, for whoever sees its card. `who` is mrkdwn of ours. */
export type Standing =
  | { is: 'open'; problem: string | null }
  | { is: 'underWay'; who: string; decision: 'approve' | 'reject' }
  | { is: 'approved' | 'rejected'; who: string; at: string; reason: string; after: string }
  | { is: 'superseded' };

export interface StandingOptions {
  /** Whose decision is being carried out just now. */
  underWay?: UnderWay | undefined;
  /** Why the last decision could not be carried out. */
  problem?: string | undefined;
  /** Who somebody of the audit is, as mrkdwn. */
  nameOf?: NameOf;
}

export function standingOf(
  proposal: Proposal,
  { underWay, problem, nameOf = plainName }: StandingOptions = {},
): Standing {
  const { status, decidedAt, decidedBy, reason } = proposal;
  const kind = wordedAs(proposal);
  switch (status) {
    case 'open':
      return underWay
        ? { is: 'underWay', who: nameOf(underWay.person.actor), decision: underWay.decision }
        : { is: 'open', problem: problem ?? null };
    case 'superseded':
      return { is: 'superseded' };
    default:
      return {
        is: status,
        who: nameOf(decidedBy ?? ''),
        at: decidedAt ?? '',
        reason: reason ?? '',
        after: status === 'approved' ? afterApproval[kind] : staysAsItIs(kind),
      };
  }
}

/** Names the state that a card is drawn in; the same for what looks the same. */
export function shownOf(
  status: Proposal['status'],
  { underWay, problem }: Pick<StandingOptions, 'underWay' | 'problem'>,
): string {
  if (status !== 'open') return status;
  if (underWay) return `${underWayMark}${underWay.decision}`;
  return problem === undefined ? 'open' : `problem: ${problem}`;
}

const underWayMark = 'under way: ';

/** Of what `shownOf` gives: whether somebody's decision is being carried out. */
export const isUnderWay = (shown: string | null) => shown?.startsWith(underWayMark) === true;

const stand = 'These are the segments now. kindred rollback takes it back.';
const afterApproval = {
  promotion: stand,
  weights: stand,
  recipe: stand,
  persona: 'People read these texts now; who is in the segment stays.',
  feature: 'Segments found from now on and filters may use it. kindred block takes it back.',
  sync: 'The list was written for whoever approved it, and for nobody else. Exporting the audience writes it again.',
  plan: 'It is sent from now on, and follows each refresh.',
  end: 'Whom Kindred added there is being removed.',
} as const satisfies Record<WordedKind, string>;
