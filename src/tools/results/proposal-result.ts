import { z } from 'zod';
import type { PlanBody } from '../../activation/sync.ts';
import { planChanges, planSummary } from '../../segmentation/proposals/sync-words.ts';
import type { Comparison } from '../../segmentation/recluster/comparison.ts';
import type { Proposal } from '../../state/proposals.ts';
import { coarsePeople } from './coarse.ts';
import { changingPeople, shownChanges, shownSummary } from './shown-comparison.ts';
import { coarsely } from './shown-proposal.ts';
import { day, type People, people } from './values.ts';

/** What every tool that proposes gives back: nothing has changed, and where a person decides. */
export const proposalResult = z.object({
  proposal: z.string(),
  summary: z.string(),
  changes: z.array(z.string()),
  /** Whom it would affect; null where nobody is, or where it would point at a few. */
  customers: people.nullable(),
  asOf: day,
  decide: z.string(),
});

export function proposalOfTool(
  { id }: Pick<Proposal, 'id'>,
  told: { summary: string; changes: string[]; customers: People | null; asOf: string; options?: string },
): z.input<typeof proposalResult> {
  const { options = '', ...result } = told;
  return {
    proposal: id,
    ...result,
    decide: `Waits for a person: kindred approve ${id}${options}, or kindred reject ${id} --reason TEXT.`,
  };
}

/** Of an audience that would be kept at a destination. */
export function planProposal(proposal: Pick<Proposal, 'id'>, body: PlanBody): z.input<typeof proposalResult> {
  const { kind, counts, asOf } = body;
  return proposalOfTool(proposal, {
    summary: planSummary(body, coarsely),
    changes: planChanges(body, coarsely),
    customers: coarsePeople(kind === 'end' ? counts.removes : counts.members),
    asOf,
  });
}

/** Of a candidate that would stand. */
export function candidateProposal(
  proposal: Pick<Proposal, 'id'>,
  comparison: Comparison,
  lead: string[] = [],
): z.input<typeof proposalResult> {
  return proposalOfTool(proposal, {
    summary: shownSummary(comparison),
    changes: [...lead.map(text => `${text}.`), ...shownChanges(comparison)],
    customers: changingPeople(comparison),
    asOf: comparison.asOf,
  });
}
