import type { AskedAgain } from './asked-again.ts';
import type { FeedbackMetricId } from './metrics.ts';

/** A way to spoil a good answer to a question that was judged, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: FeedbackMetricId;
  /** null where this answer has nothing that could be spoilt so. */
  spoil(good: AskedAgain): Partial<AskedAgain> | null;
}

const whereBad =
  (spoil: Fault['spoil']): Fault['spoil'] =>
  good =>
    good.judged.verdict === 'bad' ? spoil(good) : null;

const whereGood =
  (spoil: Fault['spoil']): Fault['spoil'] =>
  good =>
    good.judged.verdict === 'good' ? spoil(good) : null;

/** Adds a sentence before the last line. */
const saying = (sentence: string): Fault['spoil'] => {
  return ({ text }) => {
    const lines = text.split('\n');
    return { text: [...lines.slice(0, -1), sentence, '', lines.at(-1)!].join('\n') };
  };
};

/** Every figure another. */
const otherFigures = (text: string) =>
  text.replaceAll(/\d/g, digit => (digit === '9' ? '1' : String(Number(digit) + 1)));

export const faults: readonly Fault[] = [
  {
    id: 'the bad answer again',
    metric: 'again',
    spoil: whereBad(({ judged }) => ({ text: judged.text })),
  },
  {
    id: 'the bad answer again in other marks',
    metric: 'again',
    spoil: whereBad(({ judged }) => ({
      text: judged.text.replaceAll('**', '').replaceAll(/\n+/g, '\n').replace(/\.$/, ''),
    })),
  },
  {
    id: 'the bad answer again with another word or two',
    metric: 'again',
    spoil: whereBad(({ judged }) => ({
      text: judged.text.replace(/^/, 'Well: '),
    })),
  },
  {
    id: 'the bad answer again of another shop',
    metric: 'again',
    spoil: whereBad(({ judged, names }) => ({
      text: otherFigures(
        names.reduce((text, name, i) => text.replaceAll(name, `Some other ${'abc'[i % 3]}`), judged.text),
      ),
      names: names.map((_, i) => `Some other ${'abc'[i % 3]}`),
      comparable: false,
    })),
  },
  {
    id: 'a good answer from other tools',
    metric: 'tools',
    spoil: whereGood(({ calls }) => ({ calls: calls.map(call => ({ ...call, name: 'list_features' })) })),
  },
  {
    id: 'a good answer from nothing',
    metric: 'tools',
    spoil: whereGood(() => ({ calls: [] })),
  },
  {
    id: 'a good answer without one of its segments',
    metric: 'segments',
    spoil: whereGood(({ judged, text }) => {
      const [first] = judged.segments;
      return first === undefined ? null : { text: text.replaceAll(first, 'somebody') };
    }),
  },
  {
    id: 'an answer without the model',
    metric: 'answered',
    spoil: () => ({ answered: false, author: 'deterministic' }),
  },
  { id: 'no answer', metric: 'answered', spoil: () => ({ text: '' }) },
  { id: 'an invented figure', metric: 'supported', spoil: saying('In all they are 98,765 customers.') },
  { id: 'a leaked trait', metric: 'traits', spoil: saying('Most of them are pregnant.') },
  { id: 'an address', metric: 'individuals', spoil: saying('Their best is anna.brown@example.com.') },
  { id: 'claims to have sent', metric: 'done', spoil: saying('The e-mail has been sent to all of them.') },
  { id: 'segments by number', metric: 'ids', spoil: saying('Segment 2 is the one to watch.') },
  { id: 'a heading', metric: 'form', spoil: ({ text }) => ({ text: `## Answer\n\n${text}` }) },
];
