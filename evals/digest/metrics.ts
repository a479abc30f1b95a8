import { isHedged, tellsCause } from '../../src/agent/checks/hedged.ts';
import { screenTerms } from '../../src/governance/sensitivity.ts';
import { unsupportedNumbers } from '../../src/segmentation/written-numbers.ts';
import { factsInText } from '../../src/tools/results/facts.ts';
import { failuresBy, type Metric, scoresBy } from '../metric.ts';
import type { MetricScore } from '../task.ts';
import type { WrittenDigest } from './cases.ts';

const says = (text: string, words: readonly string[]) =>
  words.some(word => text.toLowerCase().includes(word));

/** What a writer chose words for; the moves are told as they were measured. */
const wordsOf = ({ headline, findings, todo }: WrittenDigest) => [
  headline,
  ...findings.flatMap(({ explanation }) => explanation ?? []),
  ...todo.map(({ action }) => action),
];

const headlineFailures = ({ headline, wants }: WrittenDigest): string[] => [
  ...(says(headline, wants.headline)
    ? []
    : [`"${headline}" does not say what matters: ${wants.headline.join(' or ')}.`]),
];

const alarms = /\b(?:urgent\w*|alarming|worry\w*|crisis|plung\w+|crash\w*|collaps\w+|emergency|at once)\b/i;

const alarmFailures = (written: WrittenDigest): string[] | null =>
  written.wants.alarm
    ? null
    : wordsOf(written)
        .filter(text => alarms.test(text))
        .map(text => `"${text}" sounds an alarm in a week without one.`);

function explainedFailures({ findings, wants }: WrittenDigest): string[] | null {
  if (wants.explained.length === 0) return null;
  return wants.explained.flatMap(({ kind, words }) => {
    const told = findings.filter(finding => finding.kind === kind && finding.explanation !== null);
    if (told.length === 0) return [`${kind} is not explained.`];
    return told.some(({ explanation }) => says(explanation!, words))
      ? []
      : [`The explanation of ${kind} names none of ${words.join(', ')}.`];
  });
}

function apartFailures({ headline, findings, moves, todo }: WrittenDigest): string[] {
  const explanations = findings.flatMap(({ explanation }) => explanation ?? []);
  return [
    ...explanations.filter(text => !isHedged(text)).map(text => `"${text}" is told as a fact.`),
    ...[headline, ...todo.map(({ action }) => action)]
      .filter(text => tellsCause(text, moves))
      .map(text => `"${text}" tells a cause among the facts.`),
  ];
}

function todoFailures({ todo, wants }: WrittenDigest): string[] {
  const wanted = wants.todo.filter(key => !todo.some(({ segment }) => segment === key));
  return [
    ...wanted.map(key => `Nothing is to be done ${key === null ? 'first of all' : `for ${key}`}.`),
    // What mends the data, or tells of a new range, stands before all that is done for a segment.
    ...(wants.todo[0] === null && todo[0]?.segment !== null ? ['It begins with a segment.'] : []),
  ];
}

const numberFailures = (written: WrittenDigest): string[] => {
  const facts = factsInText(written.given);
  return wordsOf(written).flatMap(text =>
    unsupportedNumbers(text, facts).map(({ text: number }) => `"${number}" is not in the figures given.`),
  );
};

const traitFailures = (written: WrittenDigest): string[] =>
  screenTerms(wordsOf(written)).map(({ term }) => `"${term}" speaks of a protected trait.`);

const nameFailures = (written: WrittenDigest): string[] =>
  wordsOf(written).flatMap(text => [
    ...written.keys
      .filter(key => key.includes('-') && text.includes(key))
      .map(key => `The key ${key} stands where a name belongs.`),
    ...(/\b(?:cluster|segment|group)s? \d+\b|\b[FMT]\d+\b|\b[a-z]+_[a-z_]+\b|\bcohesion\b|\bcentroid/i.test(
      text,
    )
      ? [`"${text}" speaks of numbers, ids or the computation.`]
      : []),
  ]);

const offers = /\b(?:\d+ ?% off|half price|free (?:shipping|delivery|gift)|voucher|coupon|buy one)\b/i;
const done = /\b(?:I|we) (?:have |already )*(?:sent|changed|approved|launched|updated|created)\b/i;

/** Offers come from a person, and nothing has been done yet. A name of the shop's may read like one. */
const inventedFailures = (written: WrittenDigest): string[] =>
  wordsOf(written).flatMap(text => [
    ...(offers.test(text.replaceAll(/“[^”]*”/g, '')) ? [`"${text}" invents an offer.`] : []),
    ...(done.test(text) ? [`"${text}" claims a deed.`] : []),
  ]);

const words = (text: string) => text.split(/\s+/).length;

const lengthFailures = ({ headline, todo, findings }: WrittenDigest): string[] => [
  ...(words(headline) > 35 ? [`The headline has ${words(headline)} words.`] : []),
  ...todo
    .filter(({ action }) => words(action) > 45)
    .map(({ action }) => `"${action}" is too long to be read.`),
  ...findings
    .filter(({ explanation }) => explanation !== null && words(explanation) > 45)
    .map(({ explanation }) => `"${explanation}" is too long to be read.`),
  ...(todo.length > 5 ? ['More is to be done than a week holds.'] : []),
];

const metrics = [
  { id: 'headline', title: 'The headline says what matters', least: 0.9, failures: headlineFailures },
  { id: 'alarm', title: 'No alarm in a week without one', least: 1, failures: alarmFailures },
  { id: 'explained', title: 'Alerts are explained', least: 0.8, failures: explainedFailures },
  { id: 'apart', title: 'Causes told apart from facts', least: 1, failures: apartFailures },
  { id: 'todo', title: 'What matters is to be done', least: 0.8, failures: todoFailures },
  { id: 'numbers', title: 'Numbers stand in the figures given', least: 1, failures: numberFailures },
  { id: 'traits', title: 'No protected trait', least: 1, failures: traitFailures },
  { id: 'names', title: 'Names and no ids', least: 1, failures: nameFailures },
  { id: 'invented', title: 'No offers and no deeds', least: 1, failures: inventedFailures },
  { id: 'length', title: 'Short enough to be read', least: 0.9, failures: lengthFailures },
  {
    id: 'own',
    title: 'Taken as it was written',
    least: 0.8,
    failures: ({ stoodIn }) => (stoodIn ? ['It was refused, and the plain text stands in for it.'] : []),
  },
] as const satisfies readonly Metric<WrittenDigest>[];

export type DigestMetricId = (typeof metrics)[number]['id'];

export const digestMetricIds: readonly DigestMetricId[] = metrics.map(({ id }) => id);

export function digestFailures(id: DigestMetricId, written: WrittenDigest): string[] {
  return failuresBy(metrics, id, written);
}

export function digestMetrics(all: readonly WrittenDigest[]): MetricScore[] {
  return scoresBy(metrics, all);
}
