import type { KnownBlock } from '@slack/types';
import type { State } from '../../state/state.ts';

/** The card of a proposal as it is to be posted, or drawn anew. */
export interface ProposalMessage {
  /** For notifications. */
  text: string;
  blocks: KnownBlock[];
  /** For `state.slack.messages.shown`: cards of which it differs are drawn anew. */
  shown: string;
}

/** Of a proposal as it stands now; null where there is none, or nothing to decide by whoever has not seen it yet. */
export async function proposalMessage(_state: State, _id: string): Promise<ProposalMessage | null> {
  return null;
}
