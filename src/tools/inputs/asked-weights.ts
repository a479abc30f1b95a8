import { InputError } from '../../errors.ts';
import { catalogue, featureById } from '../../features/catalogue.ts';
import { type Decision, refuseSensitive } from '../../governance/decisions.ts';
import { didYouMean, quoted } from '../../segmentation/audiences/filter/resolve/errors.ts';
import { type Weights, weightClasses } from '../../segmentation/weights.ts';

/**
 * Weights as a recipe takes them, from those that a tool was given by the id of a feature or the name of a class.
 *
 * @throws InputError where there is no such feature or class, or where one that may not be used would be
 */
export function askedWeights(
  given: Readonly<Record<string, number>>,
  decisions: readonly Decision[],
): Weights {
  const weights: Weights = { features: {}, classes: {} };
  for (const [of, weight] of Object.entries(given)) {
    const group = weightClasses.find(name => name === of);
    if (group) weights.classes[group] = weight;
    else if (featureById(of)) weights.features[of] = weight;
    else throw unknown(of);
  }
  const used = Object.entries(weights.features).flatMap(([id, weight]) => (weight > 0 ? [{ id }] : []));
  const features = used.flatMap(({ id }) => featureById(id) ?? []);
  refuseSensitive(features, { features: used }, decisions);
  return weights;
}

/** What people read for what a weight is of. */
export function weightLabel(of: string): string {
  return featureById(of)?.label ?? `all of ${of}`;
}

function unknown(of: string): InputError {
  const names = [...weightClasses, ...catalogue.map(({ id }) => id)];
  return new InputError(
    `There is no feature or class ${quoted(of)}.`,
    `${didYouMean(of, names) ?? ''} list_features tells the features; the classes are ${weightClasses.join(', ')}.`.trim(),
  );
}
