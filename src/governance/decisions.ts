import { InputError } from '../errors.ts';
import type { Feature } from '../features/feature.ts';

/** Article 6 of the UK and EU GDPR; a special category needs a condition of article 9 beside it, told in the reason. */
export const lawfulBases = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** A recorded decision that a feature may be used, or may not. The latest on a feature stands. */
export interface Decision {
  /** Feature id. */
  feature: string;
  effect: 'allow' | 'block';
  /** null for a block, and for what was allowed before a basis was asked for. */
  lawfulBasis: LawfulBasis | null;
  decidedBy: string;
  /** ISO time. */
  at: string;
  reason: string;
}

/** Whether the feature may enter a recipe: it is not sensitive, or a decision allows it. */
export function allowedBy(
  decisions: readonly Decision[],
  feature: Pick<Feature, 'id' | 'sensitivity'>,
): boolean {
  return feature.sensitivity === 'none' || decisions.some(decision => decision.feature === feature.id);
}

/** Refuses a recipe, from whatever hand, that uses a sensitive feature without a decision. */
export function refuseSensitive(
  features: readonly Feature[],
  recipe: { readonly features: readonly { id: string }[] },
  decisions: readonly Decision[],
): void {
  const used = new Set(recipe.features.map(({ id }) => id));
  const refused = features.find(feature => used.has(feature.id) && !allowedBy(decisions, feature));
  if (!refused) return;
  const why =
    refused.sensitivity === 'special' ? 'tells of a protected trait' : 'can stand in for a protected trait';
  throw new InputError(
    `The feature "${refused.id}" (${refused.label}) ${why} and no decision allows it.`,
    `Leave it out, or record who allows it and why: kindred allow ${refused.id} --by NAME --reason TEXT`,
  );
}
