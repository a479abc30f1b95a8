import type { KnownBlock } from '@slack/types';
import type { Proposal } from '../../state/proposals.ts';
import type { State } from '../../state/state.ts';
import { proposalCard, proposalText } from '../views/proposal-card.ts';
import { proposalFacts } from './facts.ts';
import { type StandingOptions, shownOf, standingOf } from './standing.ts';

/** The card of a proposal as it is posted, or drawn anew. */
export interface ProposalMessage {
  /** For notifications and screen readers. */
  text: string;
  blocks: KnownBlock[];
  /** For `state.slack.messages.shown`: a card that shows something else than this is drawn anew. */
  shown: string;
}

/** The card to post; null where nothing is left to decide, which nobody has to be told who has not seen it. */
export async function proposalMessage(
  state: Pick<State, 'proposals' | 'models'>,
  id: string,
  options: Pick<StandingOptions, 'nameOf'> = {},
): Promise<ProposalMessage | null> {
  const proposal = await state.proposals.byId(id);
  return proposal?.status === 'open' ? drawnProposal(state, proposal, options) : null;
}

export async function drawnProposal(
  state: Pick<State, 'models'>,
  proposal: Proposal,
  options: StandingOptions = {},
): Promise<ProposalMessage> {
  const facts = await proposalFacts(state, proposal, options.nameOf);
  const standing = standingOf(proposal, options);
  return {
    text: proposalText(facts, standing),
    blocks: proposalCard(facts, standing),
    shown: shownOf(proposal.status, options),
  };
}
