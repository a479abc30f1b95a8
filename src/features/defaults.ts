import { allowedBy, type Decision } from '../governance/decisions.ts';
import type { CoreClass, FeatureTable } from './feature.ts';
import { informativeness } from './informativeness.ts';

/** What a segmentation is fitted with where nobody asked for anything else. */
export interface DefaultRecipe {
  features: { id: string; weight: number }[];
  classWeights: Record<CoreClass | 'category', number>;
  k: { min: number; max: number };
  seed: number;
}

/** Below this weight a feature moves no customer from one group to another. */
const least = 0.1;

/**
 * The features that serve for grouping, that the table has values of, and that are not sensitive (or are allowed by a
 * recorded decision). A feature weighs less where few customers have a value, or where chance explains its spread:
 * its weight is the catalogue's times the square root of its informativeness, as distances are squared.
 */
export function defaultRecipe(table: FeatureTable, decisions: readonly Decision[] = []): DefaultRecipe {
  const features = table.features.flatMap((feature, column) => {
    if (!feature.clusters || !allowedBy(decisions, feature)) return [];
    const weight = Math.round(100 * feature.weight * Math.sqrt(informativeness(table, column))) / 100;
    return weight < least ? [] : [{ id: feature.id, weight }];
  });
  return {
    features,
    classWeights: { transaction: 1, browse: 1, engagement: 1, service: 1, lifecycle: 1, category: 0.35 },
    k: { min: 2, max: 12 },
    seed: 1,
  };
}
