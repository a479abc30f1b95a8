import { bodyOf } from '../../segmentation/proposals/bodies.ts';
import { changesInWords } from '../../segmentation/proposals/change-words.ts';
import { planSummary } from '../../segmentation/proposals/sync-words.ts';
import { formatCount } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import { audienceName } from './audience-result.ts';
import { coarsePeople } from './coarse.ts';
import { shownSummary } from './shown-comparison.ts';

/** What a proposal would do, in a sentence: that which people read has exact counts. */
export function proposalSummary(proposal: Pick<Proposal, 'kind' | 'body' | 'summary'>): string {
  const { kind, body } = bodyOf(proposal);
  switch (kind) {
    case 'promotion':
      return shownSummary(body);
    case 'weights':
    case 'recipe': {
      const [lead] = changesInWords(body.differences);
      return `${lead ? `${lead}: ` : ''}${shownSummary(body)}`;
    }
    case 'sync':
      return body.destination === 'file' ? syncSummary(body) : planSummary(body, coarsely);
    case 'persona':
    case 'feature':
      return proposal.summary;
  }
}

/** A number of customers as whoever reads in a channel, or through a model, is told it. */
export const coarsely = (customers: number) => {
  const told = coarsePeople(customers);
  return typeof told === 'number' ? formatCount(told) : told;
};

export function syncSummary({ handle, name }: { handle: string; name: string }): string {
  return `The members of ${handle} (${audienceName(name)}) would be written to a file for whoever approves it.`;
}
