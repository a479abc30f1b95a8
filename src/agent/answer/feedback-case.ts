import { z } from 'zod';
import type { JudgedReply, Verdict } from '../../state/replies.ts';

/** A judged reply as the evals ask it again. Who asked and who judged is no part of it. */
export const feedbackCase = z.object({
  id: z.string(),
  question: z.string(),
  verdict: z.enum(['good', 'bad']),
  /** What people said of it, of whom some may have thought otherwise. */
  comments: z.array(z.string()),
  text: z.string(),
  author: z.enum(['model', 'deterministic']),
  /** Days that its figures are of. */
  days: z.array(z.string()),
  /** Tools that it rests on, in the order of the calls. */
  tools: z.array(z.string()),
  /** Names of segments that stand in it. */
  segments: z.array(z.string()),
});

export type FeedbackCase = z.infer<typeof feedbackCase>;

/** @param names of the segments that there are */
export function feedbackCaseOf(judged: JudgedReply, names: readonly string[]): FeedbackCase {
  const { id, question, text, author, sources, calls, verdicts } = judged;
  return {
    id: `r-${id}`,
    question,
    verdict: verdictOf(verdicts),
    comments: verdicts.flatMap(({ comment }) => (comment === null ? [] : [comment])),
    text,
    author,
    days: distinct(sources.flatMap(({ asOf }) => (asOf === null ? [] : [asOf]))),
    tools: distinct(calls.flatMap(({ name, output, cutFrom }) => ((output ?? cutFrom) ? [name] : []))),
    segments: segmentsNamed(text, names),
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
