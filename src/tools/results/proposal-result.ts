import { z } from 'zod';
import type { Comparison } from '../../segmentation/recluster/comparison.ts';
import type { Proposal } from '../../state/proposals.ts';
import { changingPeople, shownChanges, shownSummary } from './shown-comparison.ts';
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
