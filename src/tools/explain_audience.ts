import { z } from 'zod';
import { showAudience } from '../segmentation/audiences/build-audience.ts';
import type { Filter } from '../segmentation/audiences/filter/filter.ts';
import { tamed } from '../segmentation/wording.ts';
import {
  audienceResult,
  audienceShape,
  clauseResult,
  clauseShape,
  withoutResult,
  withoutShape,
} from './results/audience-result.ts';
import { audienceSources } from './results/audience-sources.ts';
import { readSegments } from './results/segment-figures.ts';
import { day } from './results/values.ts';
import { tool } from './tool.ts';

export const explainAudienceTool = tool({
  name: 'explain_audience',
  title: 'Explain an audience',
  description:
    'The figures of a saved audience as of now, what each clause of its filter meets, drops and would change if left out, and where the numbers come from.',
  input: z.object({ handle: z.string().max(80).describe('as build_audience gave it, such as a-3f9c21d0') }),
  output: z.object({
    ...audienceShape,
    savedOn: day,
    clauses: z.array(
      z.object({
        clause: z.string(),
        ...clauseShape,
        ...withoutShape,
      }),
    ),
    sources: z.array(z.string()),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ warehouse, state }, { handle }) {
    const built = await showAudience({ warehouse, state }, handle);
    const { audience, figures } = built;
    const shop = await readSegments(state);
    return {
      ...audienceResult(built),
      savedOn: audience.createdAt.slice(0, 10),
      clauses: figures.clauses.map(effect => ({
        clause: clauseText(effect.clause),
        ...clauseResult(effect),
        ...withoutResult(effect, figures),
      })),
      sources: audienceSources(figures, { model: shop.model, record: shop.records.at(-1) }),
    };
  },
});

/** Keys of a filter whose values are words from the data. */
const wordy = ['is', 'isNot', 'category', 'product', 'channel', 'coupon', 'campaign', 'type'];

/** The clause as JSON, its words tamed. */
function clauseText(clause: Filter): string {
  const tame = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(tame) : typeof value === 'string' ? tamed(value) : value;
  return JSON.stringify(clause, (key, value: unknown) => (wordy.includes(key) ? tame(value) : value));
}
