import { everyNth, groupHistories, type HistoryGroups } from './history-groups.ts';
import { maximise, type Objective } from './optimise.ts';
import type { PurchaseHistories } from './purchase-history.ts';
import type { FittedPurchases, PurchaseModel } from './purchase-model.ts';

/** How far a parameter may run from its start, in powers of e, where the likelihood only levels off at infinity. */
const farthest = 25;

/** Largest slope of the likelihood by the logarithm of a parameter at which the fit is done. */
const tolerance = 1e-4;

/** About this many groups are fitted first, which leaves but a few steps over all of them. */
const roughGroups = 3_000;
const roughTolerance = 0.1;

/**
 * Maximum likelihood over the logarithms of the parameters. The unit of time does not matter: the start is scaled by the
 * data. The order of the customers does not either.
 *
 * Throws RangeError where nobody came back, or a history is none.
 */
export function fitPurchases(
  model: PurchaseModel,
  histories: PurchaseHistories,
  start?: readonly number[],
): FittedPurchases {
  const groups = groupHistories(histories);
  if (groups.mostRepeats === 0) throw new RangeError('nobody came back: there is no buying to fit');
  const from = start ?? startFor(model, groups);
  if (from.length !== model.parameters.length || from.some(value => !(value > 0 && value < Infinity)))
    throw new RangeError(`a start for ${model.parameters.join(', ')} is that many positive numbers`);
  const origin = from.map(Math.log);
  const parametersAt = (point: Float64Array) => Array.from(point, Math.exp);
  const objectiveOf =
    (of: HistoryGroups): Objective =>
    (point, gradient) => {
      if (point.some((x, i) => !(Math.abs(x - origin[i]!) <= farthest))) return -Infinity;
      const parameters = parametersAt(point);
      const value = model.logLikelihoodOf(parameters, of, gradient);
      for (let i = 0; i < parameters.length; i++) gradient[i]! *= parameters[i]!;
      return value;
    };
  const stride = Math.floor(groups.counts.length / roughGroups);
  const rough = stride > 1 ? maximise(objectiveOf(everyNth(groups, stride)), origin, roughTolerance) : null;
  const maximum = maximise(
    objectiveOf(groups),
    rough?.point ?? origin,
    tolerance,
    rough?.inverse.map(row => row.map(value => value / stride)),
  );
  return { model: model.name, parameters: parametersAt(maximum.point), logLikelihood: maximum.value };
}

function startFor(model: PurchaseModel, { age, counts }: HistoryGroups): number[] {
  let sum = 0;
  let customers = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i]! * age[i]!;
    customers += counts[i]!;
  }
  return model.parameters.map((_, i) => (model.timeParameters.includes(i) ? sum / customers / 2 : 0.7));
}
