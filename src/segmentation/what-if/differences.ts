import { isDeepStrictEqual } from 'node:util';
import { featureById } from '../../features/catalogue.ts';
import type { Model, Recipe } from '../model.ts';
import type { OverlayId } from '../overlays/overlay.ts';

/** How one recipe differs from another. Weights are those before classes are weighed; 0: not in the recipe. */
export interface RecipeDifferences {
  /** Those that were asked for first, then by how much they change. */
  features: WeightChange[];
  classes: WeightChange[];
  k: { before: Recipe['k']; after: Recipe['k'] } | null;
  overlay: { before: OverlayId; after: OverlayId } | null;
  seed: { before: number; after: number } | null;
}

export interface WeightChange {
  id: string;
  label: string;
  before: number;
  after: number;
  /** False where the data of another day, or another sector, weigh it otherwise. */
  asked: boolean;
}

export function recipeDifferences(
  standing: Pick<Model, 'recipe' | 'asked'>,
  candidate: Pick<Model, 'recipe' | 'asked'>,
): RecipeDifferences {
  const [before, after] = [standing.recipe, candidate.recipe];
  const weights = { before: standing.asked.weights, after: candidate.asked.weights };
  return {
    features: changes(
      new Map(before.features.map(({ id, weight }) => [id, weight])),
      new Map(after.features.map(({ id, weight }) => [id, weight])),
      id => weights.after?.features[id] !== weights.before?.features[id],
      id => featureById(id)?.label ?? id,
    ),
    classes: changes(
      new Map(Object.entries(before.classWeights)),
      new Map(Object.entries(after.classWeights)),
      () => true,
      id => `all of ${id}`,
    ),
    k: different(before.k, after.k),
    overlay: different(before.overlay, after.overlay),
    seed: different(before.seed, after.seed),
  };
}

function changes(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  asked: (id: string) => boolean,
  label: (id: string) => string,
): WeightChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(id => ({
      id,
      label: label(id),
      before: before.get(id) ?? 0,
      after: after.get(id) ?? 0,
      asked: asked(id),
    }))
    .filter(change => change.before !== change.after)
    .toSorted(
      (a, b) =>
        Number(b.asked) - Number(a.asked) ||
        Math.abs(b.after - b.before) - Math.abs(a.after - a.before) ||
        (a.id < b.id ? -1 : 1),
    );
}

function different<T>(before: T, after: T): { before: T; after: T } | null {
  // Not as text: what was stored may have its keys in another order.
  return isDeepStrictEqual(before, after) ? null : { before, after };
}
