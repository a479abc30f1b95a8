import { screenTerms } from '../../../governance/sensitivity.ts';
import { linksRefused } from '../../../segmentation/links.ts';
import { unsupportedNumbers } from '../../../segmentation/written-numbers.ts';
import { factsInText } from '../../../tools/results/facts.ts';
import type { WeightsDraft } from './weights-draft.ts';
import type { WeightsSheet } from './weights-sheet.ts';

/** Below this a weight is said to stay as it is. */
const NOTICEABLE = 0.01;

/**
 * Why weights may not be proposed, for whoever wrote them; empty where they may.
 *
 * @param given the text that they were chosen from
 */
export function refusedWeights(
  { summary, weights, leftOut, unsure }: WeightsDraft,
  { usable, barred }: WeightsSheet,
  given: string,
): string[] {
  const known = new Map(usable.map(one => [one.feature.id, one]));
  const why = new Map(barred.map(one => [one.id, one.why]));
  const ids = weights.map(({ feature }) => feature);
  const changed = weights.filter(
    ({ feature, weight }) => Math.abs(weight - (known.get(feature)?.weight ?? 0)) >= NOTICEABLE,
  );
  const texts = [summary, ...weights.map(({ reason }) => reason), unsure];
  const facts = [
    ...factsInText(given),
    ...weights.map(({ weight }) => ({ value: weight, unit: 'ratio' as const })),
  ];
  return [
    ...ids.flatMap(id =>
      why.has(id)
        ? [`${id} may not be used: ${why.get(id)}. Name it under leftOut.`]
        : known.has(id)
          ? []
          : [`There is no feature "${id}" in the list.`],
    ),
    ...leftOut
      .filter(({ feature }) => !known.has(feature) && !why.has(feature))
      .map(({ feature }) => `There is no feature "${feature}" to leave out.`),
    ...ids.filter((id, i) => ids.indexOf(id) < i).map(id => `${id} is given two weights.`),
    ...(changed.length === 0 ? ['These weights are those of now: nothing would change.'] : []),
    ...[...texts, ...leftOut.map(one => one.why)].flatMap(text =>
      unsupportedNumbers(text, facts).map(
        ({ text: number }) => `"${number}" in "${text}" is not in the figures given.`,
      ),
    ),
    ...linksRefused([...texts, ...leftOut.map(one => one.why)]),
    // What was left out may be named for what it is.
    ...screenTerms(texts).map(({ term, category }) => `"${term}" speaks of ${category}, which is protected.`),
  ];
}
