import { z } from 'zod';
import { standsOut } from '../segmentation/apart.ts';
import type { Model, Segment } from '../segmentation/model.ts';
import { sideBySide } from '../segmentation/typical.ts';
import { tamed } from '../segmentation/wording.ts';
import { segmentInput, segmentOf } from './inputs/segment-input.ts';
import { partOf } from './results/coarse.ts';
import { labelOf } from './results/feature-label.ts';
import { roundedScore, roundedShare } from './results/rounding.ts';
import { isWithheld, readSegments, segmentFigures, segmentPredictions } from './results/segment-figures.ts';
import { day, ratio, share } from './results/values.ts';
import { tool } from './tool.ts';

/** Value of the segment and of all customers, as written. */
const comparison = z.object({ feature: z.string(), label: z.string(), here: z.string(), all: z.string() });

export const showSegmentTool = tool({
  name: 'show_segment',
  title: 'Show a segment',
  description:
    'One segment: persona, action, what sets it apart, rule, money, predictions, nearest segments. Answers "who are they?"',
  input: z.object({ segment: segmentInput }),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    ...segmentFigures,
    predictions: z.object(segmentPredictions),
    /** null where the segment has fewer than ten customers: nothing is told that points at them. */
    persona: z
      .object({
        author: z.enum(['deterministic', 'model']),
        sentence: z.string(),
        paragraph: z.string(),
        action: z.string(),
        avoid: z.string(),
      })
      .nullable(),
    /** Strongest first; `difference` in standard deviations of all customers. */
    setsApart: z.array(comparison.extend({ difference: ratio })),
    rule: z.object({ text: z.string(), precision: share.nullable(), recall: share.nullable() }).nullable(),
    /** How surely its customers belong to it, 0..1. */
    confidence: share.nullable(),
    /** Distance between centres, in standard deviations; nearest first. */
    nearest: z.array(z.object({ key: z.string(), name: z.string(), distance: ratio })),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }, { segment: wanted }) {
    const shop = await readSegments(state);
    const segment = segmentOf(shop.model, wanted);
    const told = !isWithheld(segment);
    const { confidence, persona } = segment;
    const { author, sentence, paragraph, action, avoid } = persona;
    return {
      asOf: shop.model.describedAsOf,
      currency: shop.currency,
      ...shop.figures(segment),
      predictions: shop.predictions(segment),
      persona: told ? { author, sentence, paragraph, action, avoid } : null,
      setsApart: told ? setsApart(segment, shop.currency) : [],
      rule: told ? ruleOf(segment) : null,
      confidence: told ? roundedShare(confidence) : null,
      nearest: nearest(shop.model, segment),
    };
  },
});

/** How much of the segment its rule finds, and how much of what it finds is the segment, unless all but a few. */
function ruleOf({ rule: { text, precision, recall }, size }: Segment) {
  const inside = recall * size;
  return {
    text,
    precision: precision > 0 ? partOf(precision, Math.round(inside / precision)) : 0,
    recall: partOf(recall, size),
  };
}

const MOST_APART = 8;
const MOST_NEAR = 2;

function setsApart(segment: Segment, currency: string | null) {
  return standsOut(segment)
    .slice(0, MOST_APART)
    .map(feature => {
      const { value, overall } = sideBySide(feature, currency);
      return {
        feature: feature.id,
        label: labelOf(feature),
        here: value,
        all: overall,
        difference: roundedScore(feature.difference),
      };
    });
}

function nearest({ segments }: Model, { neighbours }: Segment) {
  return neighbours.slice(0, MOST_NEAR).flatMap(({ key, distance }) => {
    const near = segments.find(segment => segment.key === key);
    return near ? [{ key, name: tamed(near.persona.name), distance: roundedScore(distance) }] : [];
  });
}
