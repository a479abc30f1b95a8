import { z } from 'zod';
import { currentModel, findSegment } from '../segmentation/current.ts';
import { refuseInventedNumbers } from '../segmentation/proposals/check-texts.ts';
import { openPersonas, textsOf } from '../segmentation/proposals/open-personas.ts';
import { tamed } from '../segmentation/wording.ts';
import { proposalOfTool, proposalResult } from './results/proposal-result.ts';
import { peopleOf } from './results/values.ts';
import { tool } from './tool.ts';

const text = z.string().min(1).max(1200).optional();

export const proposePersonaTool = tool({
  name: 'propose_persona',
  title: 'Propose texts of a segment',
  description:
    'Proposes a name and texts for a segment: sentence (its definition), paragraph, action, avoid (what not to do), neutralName (for ad platforms). What is left out stays. About behaviour only, with numbers of show_segment only. A person decides.',
  input: z.object({
    segment: z.string().describe('its key'),
    name: text,
    sentence: text,
    paragraph: text,
    action: text,
    avoid: text,
    neutralName: text,
    why: z.string().min(1).max(500).describe('what is better'),
  }),
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  async run(context, { segment: key, why, ...given }) {
    const model = await currentModel(context.state);
    const segment = findSegment(model, key);
    const before = textsOf(segment.persona);
    const written = Object.entries(given).filter(([, value]) => value !== undefined);
    const anew = Object.fromEntries(written);
    refuseInventedNumbers(anew, segment);
    const after = { ...before, ...anew };
    const proposal = await openPersonas(context, { texts: [{ key, after }], why, actor: context.actor });
    return proposalOfTool(proposal, {
      summary: `Other texts for ${tamed(segment.persona.name)}; who is in the segment stays.`,
      changes: written.map(([part, value]) => `${part}: ${tamed(String(value), 300)}`),
      customers: peopleOf(segment.size),
      asOf: model.describedAsOf,
    });
  },
});
