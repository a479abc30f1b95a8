import { z } from 'zod';

const sentence = z.string().min(10).max(400);

/** What drift means, in words: what was measured apart from what is only likely. */
export const driftExplanation = z.strictObject({
  headline: sentence.describe('the one sentence that a busy person should read'),
  matters: z
    .array(
      z.strictObject({
        finding: z.string().describe('label of a finding: "F1"'),
        why: sentence.describe('why it matters to the business'),
      }),
    )
    .max(3)
    .describe('the findings that matter most, first first; empty where none does'),
  causes: z
    .array(
      z.strictObject({
        cause: sentence.describe('a likely cause, worded as likely: nobody has measured it'),
        because: z.array(z.string()).min(1).max(6).describe('labels of the findings that suggest it'),
      }),
    )
    .max(4),
  check: z.array(sentence).max(5).describe('what somebody can look up to know more'),
  rethink: z.strictObject({
    needed: z.boolean().describe('whether the segments should be found anew'),
    why: sentence,
  }),
});

export type DriftExplanation = z.infer<typeof driftExplanation>;
