import { z } from 'zod';

const sentence = z.string().min(10).max(400);

/**
 * What a model writes of a digest: words for what was measured, by the labels of the sheet. Figures, tables and reasons
 * come from the facts, whoever writes.
 */
export const digestDraft = z.strictObject({
  headline: z
    .string()
    .min(10)
    .max(260)
    .describe('the one sentence that somebody reads who reads nothing else'),
  moves: z
    .array(z.string())
    .max(3)
    .describe('labels of the moves that matter to the business, first first: ["M2"]'),
  findings: z
    .array(
      z.strictObject({
        finding: z.string().describe('label of a finding: "F1"'),
        explanation: sentence.describe(
          'what it means and what is likely behind it, worded as likely: nobody has measured a cause',
        ),
      }),
    )
    .max(5),
  todo: z
    .array(
      z.strictObject({
        candidate: z.string().describe('label of what is to be done: "T1"'),
        action: sentence.describe('what to do this week, in the imperative'),
      }),
    )
    .min(1)
    .max(5)
    .describe('what to do this week, most pressing first'),
});

export type DigestDraft = z.infer<typeof digestDraft>;
