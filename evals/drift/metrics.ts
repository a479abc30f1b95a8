import { isHedged, tellsCause } from '../../src/agent/checks/hedged.ts';
import type { DriftExplanation } from '../../src/agent/tasks/drift/explanation.ts';
import { screenTerms } from '../../src/governance/sensitivity.ts';
import { unsupportedNumbers } from '../../src/segmentation/written-numbers.ts';
import { factsInText } from '../../src/tools/results/facts.ts';
import { failuresBy, type Metric, scoresBy } from '../metric.ts';
import type { MetricScore } from '../task.ts';
import type { WrittenDrift } from './cases.ts';

const labelOf = ({ findings }: WrittenDrift, label: string) =>
  findings.find(finding => finding.label === label);

function mattersFailures(written: WrittenDrift): string[] {
  const { explanation, wants } = written;
  const named = explanation.matters.map(({ finding }) => labelOf(written, finding)?.kind ?? 'nothing known');
  if (wants.matters.length === 0) return named.map(kind => `${kind} is said to matter, where nothing does.`);
  return [
    ...(named[0] === wants.matters[0] ? [] : [`It does not begin with ${wants.matters[0]}.`]),
    ...wants.matters
      .slice(1)
      .filter(kind => !named.includes(kind))
      .map(kind => `${kind} is left out.`),
  ];
}

/** What explains itself is no alarm. */
function alarmFailures(written: WrittenDrift): string[] | null {
  if (!written.findings.some(({ explained }) => explained)) return null;
  return written.explanation.matters
    .filter(({ finding }) => labelOf(written, finding)?.explained)
    .map(({ finding }) => `${finding} explains itself, and is said to matter.`);
}

function causeFailures(written: WrittenDrift): string[] | null {
  const { wants, explanation } = written;
  if (wants.cause.length === 0) return null;
  const of = explanation.causes.filter(({ because }) =>
    because.some(label => wants.matters.includes(labelOf(written, label)?.kind ?? '')),
  );
  return of.some(({ cause }) => wants.cause.some(word => cause.toLowerCase().includes(word)))
    ? []
    : ['The cause that was planted is not among the causes of the finding.'];
}

/** Causes are worded as likely, and facts bring none. */
function apartFailures({ explanation: { headline, matters, causes } }: WrittenDrift): string[] {
  return [
    ...causes.filter(({ cause }) => !isHedged(cause)).map(({ cause }) => `"${cause}" is told as a fact.`),
    ...[headline, ...matters.map(({ why }) => why)]
      .filter(text => tellsCause(text) && !isHedged(text))
      .map(text => `"${text}" tells a cause among the facts.`),
  ];
}

const rethinkFailures = ({ explanation: { rethink }, wants }: WrittenDrift): string[] =>
  rethink.needed === wants.rethink
    ? []
    : [
        wants.rethink
          ? 'It keeps segments that should be found anew.'
          : 'It finds segments anew for nothing.',
      ];

const feedWords =
  /\b(?:feed|arriv\w*|deliver\w*|import\w*|export\w*|stopped coming|no orders came|missing)\b/i;

function feedFailures({ explanation: { headline }, findings }: WrittenDrift): string[] | null {
  if (!findings.some(({ kind }) => kind === 'feed-stopped')) return null;
  return feedWords.test(headline) ? [] : ['The headline does not say that data stopped arriving.'];
}

const textsOf = ({ headline, matters, causes, check, rethink }: DriftExplanation) => [
  headline,
  ...matters.map(({ why }) => why),
  ...causes.map(({ cause }) => cause),
  ...check,
  rethink.why,
];

function numberFailures({ explanation, given }: WrittenDrift): string[] {
  const facts = factsInText(given);
  return textsOf(explanation).flatMap(text =>
    unsupportedNumbers(text.replaceAll(/\bF\d+\b/g, ''), facts).map(
      ({ text: number }) => `"${number}" is not in the figures given.`,
    ),
  );
}

const traitFailures = ({ explanation }: WrittenDrift): string[] =>
  screenTerms(textsOf(explanation)).map(({ term }) => `"${term}" speaks of a protected trait.`);

function nameFailures({ explanation, keys }: WrittenDrift): string[] {
  return textsOf(explanation).flatMap(text => [
    ...keys.filter(key => text.includes(key)).map(key => `The key ${key} stands where a name belongs.`),
    ...(/\b(?:cluster|segment|group)s? \d+\b|\bF\d+\b|\b[a-z]+_[a-z_]+\b|\bcohesion\b|\bcentroid/i.test(text)
      ? [`"${text}" speaks of numbers, ids or the computation.`]
      : []),
  ]);
}

const checkFailures = ({ explanation: { check }, wants }: WrittenDrift): string[] | null =>
  wants.matters.length === 0 ? null : check.length > 0 ? [] : ['It names nothing to check.'];

function labelFailures(written: WrittenDrift): string[] {
  const { matters, causes } = written.explanation;
  return [...matters.map(({ finding }) => finding), ...causes.flatMap(({ because }) => because)]
    .filter(label => !labelOf(written, label))
    .map(label => `There is no finding ${label}.`);
}

const metrics = [
  { id: 'matters', title: 'What matters comes first', least: 0.9, failures: mattersFailures },
  { id: 'alarm', title: 'No alarm for what explains itself', least: 1, failures: alarmFailures },
  { id: 'cause', title: 'The planted cause is among the causes', least: 0.8, failures: causeFailures },
  { id: 'apart', title: 'Causes told apart from facts', least: 1, failures: apartFailures },
  { id: 'rethink', title: 'Rethinks where it should', least: 1, failures: rethinkFailures },
  { id: 'feed', title: 'Says first that a feed stopped', least: 1, failures: feedFailures },
  { id: 'numbers', title: 'Numbers stand in the figures given', least: 1, failures: numberFailures },
  { id: 'traits', title: 'No protected trait', least: 1, failures: traitFailures },
  { id: 'names', title: 'Names and no ids', least: 1, failures: nameFailures },
  { id: 'check', title: 'Something to check', least: 0.9, failures: checkFailures },
  { id: 'labels', title: 'Rests on findings that there are', least: 1, failures: labelFailures },
  {
    id: 'own',
    title: 'Taken as it was written',
    least: 0.9,
    failures: ({ stoodIn }) => (stoodIn ? ['It was refused, and the plain text stands in for it.'] : []),
  },
] as const satisfies readonly Metric<WrittenDrift>[];

export type DriftMetricId = (typeof metrics)[number]['id'];

export const driftMetricIds: readonly DriftMetricId[] = metrics.map(({ id }) => id);

export function driftFailures(id: DriftMetricId, written: WrittenDrift): string[] {
  return failuresBy(metrics, id, written);
}

export function driftMetrics(all: readonly WrittenDrift[]): MetricScore[] {
  return scoresBy(metrics, all);
}
