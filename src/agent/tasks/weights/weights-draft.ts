import { z } from 'zod';

const reason = z.string().min(10).max(300);

/** What weights a priority asks for, each with its reason. */
export const weightsDraft = z.strictObject({
  summary: z.string().min(10).max(400).describe('what the weights bring out, in one or two sentences'),
  weights: z
    .array(
      z.strictObject({
        feature: z.string().describe('id of a feature of the list'),
        weight: z.number().min(0).max(3).describe('0 leaves it out; the list has what it weighs now'),
        reason: reason.describe('why the priority asks for it, for a marketing lead'),
      }),
    )
    .min(1)
    .max(15)
    .describe('only features whose weight should change'),
  leftOut: z
    .array(z.strictObject({ feature: z.string(), why: reason }))
    .max(10)
    .describe('features that would serve the priority and may not be used, or should not be'),
  unsure: z.string().max(400).describe('what the data cannot tell about this priority; empty where nothing'),
});

export type WeightsDraft = z.infer<typeof weightsDraft>;
