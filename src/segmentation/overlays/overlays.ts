import type { DefaultRecipe } from '../../features/defaults.ts';
import type { SectorClass } from '../../features/feature.ts';
import type { Model } from '../model.ts';
import { b2b } from './b2b.ts';
import { ecommerce } from './ecommerce.ts';
import { hospitality } from './hospitality.ts';
import type { Overlay, OverlayId } from './overlay.ts';
import { subscription } from './subscription.ts';

const byId: Readonly<Record<OverlayId, Overlay>> = { ecommerce, hospitality, subscription, b2b };

/** The default first. */
export const overlays: readonly Overlay[] = Object.values(byId);

/** Models that were made before there were overlays are those of a shop. */
export function overlayOf(id: OverlayId = 'ecommerce'): Overlay {
  return byId[id];
}

/** Below this weight a feature moves no customer from one group to another. */
const least = 0.1;

/** The features of a recipe, weighed as the sector does. */
export function weighedFor(
  { leavesOut, weights }: Overlay,
  features: DefaultRecipe['features'],
): DefaultRecipe['features'] {
  return features.flatMap(({ id, weight }) => {
    if (leavesOut.includes(id)) return [];
    const weighed = Math.round(100 * weight * (weights[id] ?? 1)) / 100;
    return weighed < least ? [] : [{ id, weight: weighed }];
  });
}

/** The classes of features that a model is looked at by beside those of every shop. */
export function sectorsOf({ recipe }: Pick<Model, 'recipe'>): readonly SectorClass[] {
  return overlayOf(recipe.overlay).adds;
}
