import { z } from 'zod';
import { InputError } from '../errors.ts';
import { apartOf } from '../segmentation/apart.ts';
import { sideBySide } from '../segmentation/typical.ts';
import { tamed } from '../segmentation/wording.ts';
import { segmentInput, segmentOf } from './inputs/segment-input.ts';
import { labelOf } from './results/feature-label.ts';
import { roundedScore } from './results/rounding.ts';
import { isWithheld, readSegments, segmentFigures, segmentPredictions } from './results/segment-figures.ts';
import { count, day, ratio } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_TOLD = 10;

export const compareSegmentsTool = tool({
  name: 'compare_segments',
  title: 'Compare segments',
  description:
    'Two or three segments side by side: size, money, predictions, and the features that differ most, in figures.',
  input: z.object({ segments: z.array(segmentInput).min(2).max(3).describe('two or three keys or names') }),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    segments: z.array(z.object({ ...segmentFigures, ...segmentPredictions })),
    /** Widest gap first, in standard deviations of all customers; `values` in the order of `segments`. */
    apart: z.array(
      z.object({
        feature: z.string(),
        label: z.string(),
        values: z.array(z.string()),
        all: z.string(),
        gap: ratio,
      }),
    ),
    more: count,
    /** Names of those too small to be described. */
    withheld: z.array(z.string()),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }, { segments: wanted }) {
    const shop = await readSegments(state);
    const compared = wanted.map(each => segmentOf(shop.model, each));
    if (new Set(compared).size < compared.length)
      throw new InputError(
        'compare_segments: the same segment is named twice.',
        `Name different ones of: ${shop.model.segments.map(({ key }) => key).join(', ')}.`,
      );
    const withheld = compared.filter(isWithheld);
    const apart = withheld.length > 0 ? [] : apartOf(compared);
    return {
      asOf: shop.model.describedAsOf,
      currency: shop.currency,
      segments: compared.map(segment => ({ ...shop.figures(segment), ...shop.predictions(segment) })),
      apart: apart.slice(0, MOST_TOLD).map(({ each, gap }) => ({
        feature: each[0]!.id,
        label: labelOf(each[0]!),
        values: each.map(summary => sideBySide(summary, shop.currency).value),
        all: sideBySide(each[0]!, shop.currency).overall,
        gap: roundedScore(gap),
      })),
      more: Math.max(0, apart.length - MOST_TOLD),
      withheld: withheld.map(({ persona }) => tamed(persona.name)),
    };
  },
});
