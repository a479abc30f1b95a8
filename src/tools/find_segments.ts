import { z } from 'zod';
import { findSegments } from '../segmentation/find-segments.ts';
import { roundedShare } from './results/rounding.ts';
import { isWithheld, readSegments, segmentFigures, segmentPredictions } from './results/segment-figures.ts';
import { count, day, ratio } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_FOUND = 4;

export const findSegmentsTool = tool({
  name: 'find_segments',
  title: 'Find segments for a description',
  description:
    'Segments that fit a description in plain words, such as "loyal but price-driven", with a score and what matched. For people by figures use build_audience.',
  input: z.object({ description: z.string().min(1).max(1000).describe('who is meant') }),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    /** Best first; score 0 to 1. */
    found: z.array(
      z.object({
        ...segmentFigures,
        valueAtRisk: segmentPredictions.valueAtRisk,
        sentence: z.string().nullable(),
        action: z.string().nullable(),
        score: ratio,
        matched: z.array(z.string()),
      }),
    ),
    more: count,
    /** Words that say nothing about segments here. */
    ignored: z.array(z.string()),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }, { description }) {
    const shop = await readSegments(state);
    const { matches, ignored } = findSegments(shop.model, description);
    return {
      asOf: shop.model.describedAsOf,
      currency: shop.currency,
      found: matches.slice(0, MOST_FOUND).map(({ segment, score, matched }) => ({
        ...shop.figures(segment),
        valueAtRisk: shop.predictions(segment).valueAtRisk,
        sentence: isWithheld(segment) ? null : segment.persona.sentence,
        action: isWithheld(segment) ? null : segment.persona.action,
        score: roundedShare(score),
        matched,
      })),
      more: Math.max(0, matches.length - MOST_FOUND),
      ignored,
    };
  },
});
