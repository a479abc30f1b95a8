import { dayText } from '../../markdown/figures.ts';
import { bodyOf, type PersonaBody, textTitles } from '../../segmentation/proposals/bodies.ts';
import { capitalised } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { State } from '../../state/state.ts';
import { shownComparison } from '../../tools/results/shown-comparison.ts';
import { whoOf } from '../../tools/results/told-proposal.ts';
import { proposalFacts } from './facts.ts';

/** A part of all that is known of a proposal: texts of any length and origin, not yet escaped. */
export interface DetailPart {
  title: string;
  texts: string[];
}

export interface ProposalDetails {
  title: string;
  parts: DetailPart[];
}

/** All to decide by, uncut, in the counts that a channel may know. */
export async function proposalDetails(
  state: Pick<State, 'models'>,
  proposal: Proposal,
): Promise<ProposalDetails> {
  const facts = await proposalFacts(state, proposal);
  const { id, title, summary, changes, customers, why, basis, createdAt, reason } = facts;
  const parts = [
    { title: 'In short', texts: [summary, ...(customers === null ? [] : [`${customers}.`])] },
    { title: 'What changes', texts: bodyOf(proposal).kind === 'persona' ? [] : changes },
    ...kindParts(proposal),
    { title: 'In the words of whoever proposed it', texts: why === '' ? [] : [`“${why}”`] },
    {
      title: 'What it is based on',
      texts: [...basis, `Proposed by ${whoOf(proposal)} on ${dayText(createdAt.slice(0, 10))}.`],
    },
    { title: 'Why it was decided so', texts: reason === null || reason === '' ? [] : [`“${reason}”`] },
  ];
  return { title: `Proposal ${id}: ${title}`, parts: parts.filter(({ texts }) => texts.length > 0) };
}

function kindParts(proposal: Proposal): DetailPart[] {
  const told = bodyOf(proposal);
  switch (told.kind) {
    case 'promotion':
      return freshPart(told.body);
    case 'weights':
    case 'recipe': {
      const texts = told.body.reasons.map(
        ({ label, weight, reason }) => `${capitalised(label)}: ${weight}. “${reason}”`,
      );
      return [{ title: 'Weights, and why', texts }, ...freshPart(told.body)];
    }
    case 'persona':
      return told.body.texts.map(textsPart);
    case 'feature':
    case 'sync':
      return [];
  }
}

function freshPart(comparison: Parameters<typeof shownComparison>[0]): DetailPart[] {
  const { fresh, now, proposed, agreement } = shownComparison(comparison);
  const quality = ({ groups, stability, separation }: typeof now) =>
    [
      `${groups} segments`,
      ...(stability === null ? [] : [`stability ${stability}`]),
      ...(separation === null ? [] : [`separation ${separation}`]),
    ].join(', ');
  return [
    {
      title: 'New segments',
      texts: fresh.map(({ name, customers, definition }) => `${name}: ${customers} customers. ${definition}`),
    },
    {
      title: 'How good it is',
      texts: [
        `Now: ${quality(now)}. Proposed: ${quality(proposed)}.`,
        ...(agreement === null
          ? []
          : [`Agreement of the two: ${agreement}, where 1 is the same grouping and 0 is chance.`]),
      ],
    },
  ];
}

function textsPart({ before, after }: PersonaBody['texts'][number]): DetailPart {
  return {
    title: before.name,
    texts: textTitles
      .filter(([part]) => before[part] !== after[part])
      .flatMap(([part, title]) => [
        `${title} now: ${before[part] === '' ? 'none' : `“${before[part]}”`}`,
        `${title} as proposed: ${after[part] === '' ? 'none' : `“${after[part]}”`}`,
      ]),
  };
}
