import type { z } from 'zod';
import {
  bodyOf,
  type FeatureBody,
  type PersonaBody,
  textTitles,
} from '../../segmentation/proposals/bodies.ts';
import { changesInWords } from '../../segmentation/proposals/change-words.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { State } from '../../state/state.ts';
import { coarsePeople } from './coarse.ts';
import { candidateProposal, planProposal, proposalOfTool, type proposalResult } from './proposal-result.ts';
import { proposalSummary } from './shown-proposal.ts';
import { peopleOf } from './values.ts';

/** What is told of a proposal, as of the tools that open one. */
export type Told = z.output<typeof proposalResult>;

/** Of one that is kept: in the counts that a model may know, which are those that a client may show. */
export async function toldOf({ models }: Pick<State, 'models'>, proposal: Proposal): Promise<Told> {
  const told = bodyOf(proposal);
  const summary = proposalSummary(proposal);
  switch (told.kind) {
    case 'promotion':
      return candidateProposal(proposal, told.body);
    case 'weights':
    case 'recipe':
      return candidateProposal(proposal, told.body, changesInWords(told.body.differences));
    case 'persona': {
      const { segments = [] } = (await models.current()) ?? {};
      const keys = new Set(told.body.texts.map(({ key }) => key));
      const size = segments
        .filter(({ key }) => keys.has(key))
        .reduce((sum, segment) => sum + segment.size, 0);
      const changes = told.body.texts.flatMap(textChanges);
      return proposalOfTool(proposal, { summary, changes, customers: peopleOf(size), asOf: told.body.asOf });
    }
    case 'feature':
      return proposalOfTool(proposal, {
        summary,
        changes: [
          `It ${sensitivities[told.body.sensitivity]}.`,
          'Segments and audiences that stand do not change; the next ones may use it.',
        ],
        customers: null,
        asOf: (await models.current())?.describedAsOf ?? proposal.createdAt.slice(0, 10),
        options: ' --reason TEXT',
      });
    case 'sync':
      if (told.body.destination === 'connection') return planProposal(proposal, told.body);
      return proposalOfTool(proposal, {
        summary,
        changes: ['Nothing in Kindred changes. Who they are is looked up when it is approved.'],
        customers: coarsePeople(told.body.customers),
        asOf: told.body.asOf,
        options: ' --to FILE',
      });
  }
}

const sensitivities = {
  none: 'is not sensitive in itself; somebody blocked it',
  proxy: 'can stand in for a protected trait',
  special: 'tells of a protected trait, a special category of the GDPR',
} as const satisfies Record<FeatureBody['sensitivity'], string>;

function textChanges({ before, after }: PersonaBody['texts'][number]): string[] {
  return textTitles
    .filter(([part]) => before[part] !== after[part])
    .map(([part, title]) => {
      const text = after[part] === '' ? 'none' : tamed(after[part], 300);
      if (part !== 'name') return `${title} of “${tamed(before.name)}”: ${text}`;
      return `${title}: “${text}” instead of “${tamed(before.name)}”`;
    });
}

/** Whole, as who a model proposed it for comes before that a model did: a name has a hundred letters at most, a client sixty. */
export const whoOf = ({ createdBy }: Proposal) => tamed(createdBy, 200);
