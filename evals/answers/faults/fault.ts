import type { AnswerMetricId } from '../metrics/metrics.ts';
import type { WrittenAnswer } from '../question.ts';

/** A way to spoil a good answer, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: AnswerMetricId;
  /** null where this answer has nothing that could be spoilt so. */
  spoil(good: WrittenAnswer): Partial<WrittenAnswer> | null;
}

/** The text changed; null where that changes nothing. */
export const rewritten =
  (change: (text: string, good: WrittenAnswer) => string): Fault['spoil'] =>
  good => {
    const text = change(good.text, good);
    return text === good.text ? null : { text };
  };

/** Adds a sentence before the last line. */
export const saying = (sentence: string): Fault['spoil'] =>
  rewritten(text => {
    const lines = text.split('\n');
    return [...lines.slice(0, -1), sentence, '', lines.at(-1)!].join('\n');
  });

/** Only for questions that are answered. */
export const whereAnswered =
  (spoil: Fault['spoil']): Fault['spoil'] =>
  good =>
    good.expected.does === 'answer' ? spoil(good) : null;

export const where =
  (does: WrittenAnswer['expected']['does'], spoil: Fault['spoil']): Fault['spoil'] =>
  good =>
    good.expected.does === does ? spoil(good) : null;
