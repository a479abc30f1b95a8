import { screenTerms } from '../../src/governance/sensitivity.ts';
import { unsupportedNumbers } from '../../src/segmentation/written-numbers.ts';
import { factsInText } from '../../src/tools/results/facts.ts';
import { failuresBy, type Metric, scoresBy } from '../metric.ts';
import type { MetricScore } from '../task.ts';
import type { WrittenWeights } from './cases.ts';

const NOTICEABLE = 0.01;

/** What it was before; undefined where there is no such feature to weigh. */
const before = ({ usable }: WrittenWeights, id: string) => usable.find(one => one.id === id)?.weight;

const ofDraft =
  (failures: (draft: NonNullable<WrittenWeights['draft']>, written: WrittenWeights) => string[] | null) =>
  (written: WrittenWeights) =>
    written.draft === null ? null : failures(written.draft, written);

function raisedFailures(written: WrittenWeights): string[] | null {
  const { raise, least } = written.wants;
  const known = raise.filter(id => before(written, id) !== undefined);
  if (least === 0 || known.length === 0) return null;
  const raised = known.filter(id =>
    written.draft?.weights.some(
      ({ feature, weight }) => feature === id && weight > before(written, id)! + NOTICEABLE,
    ),
  );
  return raised.length >= Math.min(least, known.length)
    ? []
    : [`Of ${known.join(', ')}, ${raised.length === 0 ? 'none' : raised.join(', ')} counts more.`];
}

const keptFailures = ofDraft(({ weights }, written) =>
  written.wants.keep.length === 0
    ? null
    : weights
        .filter(({ feature }) => written.wants.keep.includes(feature))
        .map(({ feature }) => `${feature} has nothing to do with the priority.`),
);

const barredFailures = ofDraft(({ weights }, written) =>
  weights.flatMap(({ feature }) =>
    written.barred.some(id => plain(id) === plain(feature))
      ? [`${feature} may not be used.`]
      : before(written, feature) === undefined
        ? [`There is no feature ${feature} to weigh.`]
        : [],
  ),
);

function leftOutFailures({ draft, wants: { leaveOut } }: WrittenWeights): string[] | null {
  if (leaveOut.length === 0) return null;
  const told = new Map((draft?.leftOut ?? []).map(one => [plain(one.feature), one.why]));
  return leaveOut
    .filter(id => !told.has(plain(id)))
    .map(id => `It does not say that ${id} stays out, and why.`);
}

const plain = (id: string) => id.replaceAll(/[“”"]/g, '').toLowerCase();

/** Either nothing is chosen, or it says what cannot be told and changes little. */
function unknownFailures({ draft, wants: { unknown } }: WrittenWeights): string[] | null {
  if (!unknown) return null;
  if (draft === null) return [];
  return [
    ...(draft.unsure.trim().length >= 20 ? [] : ['It does not say that the priority names no behaviour.']),
    ...(draft.weights.length <= 3 ? [] : ['It changes much for a priority that names no behaviour.']),
  ];
}

const textsOf = ({ summary, weights, leftOut, unsure }: NonNullable<WrittenWeights['draft']>) => ({
  own: [summary, ...weights.map(({ reason }) => reason), unsure],
  leftOut: leftOut.map(({ why }) => why),
});

const numberFailures = ofDraft((draft, { given }) => {
  const facts = [
    ...factsInText(given),
    ...draft.weights.map(({ weight }) => ({ value: weight, unit: 'ratio' as const })),
  ];
  const { own, leftOut } = textsOf(draft);
  return [...own, ...leftOut].flatMap(text =>
    unsupportedNumbers(text, facts).map(({ text: number }) => `"${number}" is not in the figures given.`),
  );
});

const traitFailures = ofDraft(draft =>
  screenTerms(textsOf(draft).own).map(({ term }) => `"${term}" speaks of a protected trait.`),
);

const MOST_CHANGED = 8;

const restraintFailures = ofDraft(({ weights }) => {
  const ids = weights.map(({ feature }) => feature);
  return [
    ...(weights.length > MOST_CHANGED ? [`It changes ${weights.length} features.`] : []),
    ...weights.filter(({ weight }) => weight === 0).map(({ feature }) => `It leaves out ${feature}.`),
    ...ids.filter((id, i) => ids.indexOf(id) < i).map(id => `${id} is given two weights.`),
  ];
});

const LEAST_WORDS = 4;

const reasonFailures = ofDraft(({ weights }) => {
  const reasons = weights.map(({ reason }) => reason.trim().toLowerCase());
  return [
    ...reasons
      .filter((reason, i) => reasons.indexOf(reason) < i)
      .map(reason => `"${reason}" is given for several features.`),
    ...reasons
      .filter(reason => reason.split(/\s+/).length < LEAST_WORDS)
      .map(reason => `"${reason}" is no reason.`),
  ];
});

const metrics = [
  { id: 'raised', title: 'What the priority turns on counts more', least: 0.8, failures: raisedFailures },
  { id: 'kept', title: 'What it does not turn on stays', least: 0.9, failures: keptFailures },
  { id: 'barred', title: 'Nothing used that may not be', least: 1, failures: barredFailures },
  { id: 'leftOut', title: 'Left out with a word why', least: 0.9, failures: leftOutFailures },
  { id: 'unknown', title: 'Says where no behaviour is meant', least: 1, failures: unknownFailures },
  { id: 'numbers', title: 'Numbers stand in the figures given', least: 1, failures: numberFailures },
  { id: 'traits', title: 'No protected trait', least: 1, failures: traitFailures },
  { id: 'restraint', title: 'Changes few features, each once', least: 0.9, failures: restraintFailures },
  { id: 'reasons', title: 'A reason of its own for each', least: 0.9, failures: reasonFailures },
  {
    id: 'own',
    title: 'Taken as it was written',
    least: 0.9,
    failures: ({ stoodIn }) => (stoodIn ? ['It was refused, and plain words stand in for it.'] : []),
  },
] as const satisfies readonly Metric<WrittenWeights>[];

export type WeightsMetricId = (typeof metrics)[number]['id'];

export const weightsMetricIds: readonly WeightsMetricId[] = metrics.map(({ id }) => id);

export function weightsFailures(id: WeightsMetricId, written: WrittenWeights): string[] {
  return failuresBy(metrics, id, written);
}

export function weightsMetrics(all: readonly WrittenWeights[]): MetricScore[] {
  return scoresBy(metrics, all);
}
