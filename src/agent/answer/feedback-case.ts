import { z } from 'zod';
import type { Model } from '../../segmentation/model.ts';
import type { JudgedReply, Verdict } from '../../state/replies.ts';

/** A judged reply as the evals ask it again. Who asked and who judged is no part of it. */
export const feedbackCase = z.object({
  id: z.string(),
  question: z.string(),
  /** What was asked before in the conversation, oldest first: "and which of them?" says nothing by itself. */
  before: z.array(z.string()),
  verdict: z.enum(['good', 'bad']),
  /** What people said of it, of whom some may have thought otherwise. */
  comments: z.array(z.string()),
  text: z.string(),
  author: z.enum(['model', 'deterministic']),
  /** Days that its figures are of. */
  days: z.array(z.string()),
  /** Tools that it rests on, in the order of the calls. */
  tools: z.array(z.string()),
  /** Fingerprint of the model whose segments stood when it was written down; null where there were none. */
  model: z.string().nullable(),
  /** Names of these segments that stand in it. */
  segments: z.array(z.string()),
});

export type FeedbackCase = z.infer<typeof feedbackCase>;

/** What was asked long before matters little, and each is asked again. */
const mostBefore = 5;

/**
 * @param before questions of the conversation before it, oldest first
 * @param model with the segments that there are
 */
export function feedbackCaseOf(
  judged: JudgedReply,
  before: readonly string[],
  model: Pick<Model, 'fingerprint' | 'segments'> | undefined,
): FeedbackCase {
  const { id, question, text, author, sources, calls, verdicts } = judged;
  return {
    id: `r-${id}`,
    question,
    before: before.slice(-mostBefore),
    verdict: verdictOf(verdicts),
    comments: verdicts.flatMap(({ comment }) => (comment === null ? [] : [comment])),
    text,
    author,
    days: distinct(sources.flatMap(({ asOf }) => (asOf === null ? [] : [asOf]))),
    tools: distinct(calls.flatMap(({ name, output, cutFrom }) => ((output ?? cutFrom) ? [name] : []))),
    model: model?.fingerprint ?? null,
    segments: segmentsNamed(text, model?.segments.map(({ persona }) => persona.name) ?? []),
  };
}

/** Bad where anybody found it so: whoever likes an answer may not have looked as closely. */
export function verdictOf(verdicts: readonly Pick<Verdict, 'verdict'>[]): Verdict['verdict'] {
  return verdicts.some(({ verdict }) => verdict === 'bad') ? 'bad' : 'good';
}

/** Segments whose whole names stand in a text, in the order of `names`. */
export function segmentsNamed(text: string, names: readonly string[]): string[] {
  const said = text.toLowerCase();
  return names.filter(name => said.includes(name.toLowerCase()));
}

const distinct = (values: readonly string[]) => [...new Set(values)];
