import { featureById } from '../../features/catalogue.ts';
import type { BlockedTerm } from '../../governance/blocked-terms.ts';
import { allowedBy, type Decision } from '../../governance/decisions.ts';
import { keptOut } from '../../governance/kept-out.ts';
import type { Model } from '../model.ts';
import { listed } from '../wording.ts';

/** What may no longer be used, and still has a part in who is in which segment, as the model was found before. */
export interface StandingBlocks {
  /** Ids of features of the recipe. */
  features: string[];
  /** Blocked terms, as they were blocked. */
  terms: string[];
}

/** A standing model goes on scoring as it was fitted, until the segments are found anew. */
export function standingBlocks(
  model: Pick<Model, 'recipe' | 'embedding'> | undefined,
  decisions: readonly Decision[],
  blocked: readonly Pick<BlockedTerm, 'term'>[],
): StandingBlocks {
  if (!model) return { features: [], terms: [] };
  const { recipe, embedding } = model;
  const features = recipe.features
    .map(({ id }) => featureById(id))
    .filter(feature => feature !== undefined && !allowedBy(decisions, feature))
    .map(feature => feature!.id);
  const weighs = (recipe.classWeights.category ?? 1) > 0;
  const found = keptOut(
    weighs ? (embedding?.terms ?? []) : [],
    blocked.map(({ term }) => term),
  );
  const terms = new Set(found.flatMap(({ category, matched }) => (category === 'blocked' ? [matched] : [])));
  return { features, terms: [...terms] };
}

/** What a refresh says of them; the terms are words from the data and are not told. */
export function standingBlockWarnings({ features, terms }: StandingBlocks): string[] {
  if (features.length + terms.length === 0) return [];
  const names = terms.length === 1 ? '1 name' : `${terms.length} names`;
  const what = [
    ...features.map(id => `the feature "${id}"`),
    ...(terms.length === 0 ? [] : [`${names} of what is bought`]),
  ];
  const they = features.length + terms.length === 1 ? ['It', 'has', 'it'] : ['They', 'have', 'them'];
  return [
    `Blocked since the segments were found: ${listed(what)}. ${they[0]} still ${they[1]} a part in who is in which segment; \`kindred recluster\` finds the segments anew without ${they[2]}.`,
  ];
}
