import { segmentsNamed } from '../../src/agent/answer/feedback-case.ts';
import { type AnswerMetricId, answerFailures } from '../answers/metrics/metrics.ts';
import { failuresBy, type Metric, scoresBy } from '../metric.ts';
import type { MetricScore } from '../task.ts';
import { comesAgain } from './again.ts';
import type { AskedAgain } from './asked-again.ts';

/** A metric of answers, for which it need not be known what a good one holds. */
const asAnswer =
  (id: AnswerMetricId) =>
  ({ judged, names, earlier, calls, ...answer }: AskedAgain): string[] =>
    answerFailures(id, {
      ...answer,
      calls: [...earlier, ...calls],
      // What was asked before may be said again, as what was asked now.
      question: [...judged.before, judged.question].join('\n'),
      expected: {
        does: 'answer',
        calls: [],
        figures: [],
        names: [],
        says: [],
        proposes: [],
        segments: names,
      },
    });

const metrics = [
  {
    id: 'answered',
    title: 'Answered, and by the model where it was asked',
    least: 1,
    failures: ({ answered, text }) => (answered && text !== '' ? [] : ['There is no such answer.']),
  },
  {
    id: 'again',
    title: 'No answer that was judged bad comes again',
    least: 1,
    failures: asked => {
      if (asked.judged.verdict === 'good') return null;
      const { comments } = asked.judged;
      const why = comments.length === 0 ? '' : `, of which was said: ${comments.join(' / ')}`;
      return comesAgain(asked) ? [`It is the answer that was judged bad${why}.`] : [];
    },
  },
  {
    id: 'tools',
    title: 'What was judged good still rests on the same tools',
    least: 0.9,
    failures: ({ judged: { verdict, tools, author: then }, author, calls }) => {
      if (verdict === 'bad' || tools.length === 0) return null;
      const called = new Set(calls.map(({ name }) => name));
      const missing = tools.filter(name => !called.has(name));
      // Words find by trying more tools than a model needs, and a model may put together what words look up at once.
      if (author !== then && missing.length < tools.length) return [];
      return missing.map(name => `${name} was not called.`);
    },
  },
  {
    id: 'segments',
    title: 'What was judged good still names the segments that it named',
    least: 0.9,
    failures: ({ judged: { verdict, segments }, comparable, names, text }) => {
      // Of other data the right answer may name others.
      if (verdict === 'bad' || !comparable || segments.length === 0) return null;
      const named = segmentsNamed(text, names);
      return segments.filter(name => !named.includes(name)).map(name => `It does not name ${name}.`);
    },
  },
  {
    id: 'supported',
    title: 'No figure that no result bears out',
    least: 1,
    // Texts without a model are made of results alone; the check was made for what a model writes.
    failures: asked => (asked.author === 'deterministic' ? null : asAnswer('supported')(asked)),
  },
  { id: 'traits', title: 'No protected trait', least: 1, failures: asAnswer('traits') },
  { id: 'individuals', title: 'No individual', least: 1, failures: asAnswer('individuals') },
  { id: 'done', title: 'Claims nothing to be done that was not', least: 1, failures: asAnswer('done') },
  { id: 'ids', title: 'Names and no ids', least: 1, failures: asAnswer('ids') },
  { id: 'form', title: 'Text that Slack and a terminal show', least: 1, failures: asAnswer('form') },
] as const satisfies readonly Metric<AskedAgain>[];

export type FeedbackMetricId = (typeof metrics)[number]['id'];

export const feedbackMetricIds: readonly FeedbackMetricId[] = metrics.map(({ id }) => id);

export function feedbackFailures(id: FeedbackMetricId, asked: AskedAgain): string[] {
  return failuresBy(metrics, id, asked);
}

export function feedbackMetrics(asked: readonly AskedAgain[]): MetricScore[] {
  return scoresBy(metrics, asked);
}
