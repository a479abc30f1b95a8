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

type Judged = Pick<Feature, 'id' | 'label' | 'sensitivity'>;

/** The decision that stands; `decisions` are in the order in which they were made. */
export function standingDecision(decisions: readonly Decision[], feature: string): Decision | undefined {
  return decisions.findLast(decision => decision.feature === feature);
}

/** Whether the feature may enter a recipe or a filter: as was decided last, and without a decision where it is not sensitive. */
export function allowedBy(
  decisions: readonly Decision[],
  feature: Pick<Feature, 'id' | 'sensitivity'>,
): boolean {
  const standing = standingDecision(decisions, feature.id);
  return standing ? standing.effect === 'allow' : feature.sensitivity === 'none';
}

/** Why a feature may not be used, as a sentence without its full stop, and what to do; null where it may. */
export function whyRefused(
  decisions: readonly Decision[],
  feature: Judged,
): { why: string; next: string } | null {
  if (allowedBy(decisions, feature)) return null;
  const { id, label, sensitivity } = feature;
  const blocked = standingDecision(decisions, id);
  const trait =
    sensitivity === 'special' ? 'tells of a protected trait' : 'can stand in for a protected trait';
  return {
    // Who decided it and why is for `governance report`: this text may reach a language model.
    why: blocked
      ? `"${id}" (${label}) was blocked on ${blocked.at.slice(0, 10)}`
      : `"${id}" (${label}) ${trait}, and no decision allows it`,
    next: `Leave it out, or record who allows it and why: ${allowCommand(feature)}`,
  };
}

/** The command by which a person allows it. */
export function allowCommand({ id, sensitivity }: Pick<Feature, 'id' | 'sensitivity'>): string {
  const condition = sensitivity === 'special' ? '--condition CONDITION ' : '';
  return `kindred allow ${id} --basis BASIS ${condition}--by NAME --reason TEXT`;
}

/** Refuses a recipe, from whatever hand, that uses a blocked feature, or a sensitive one without a decision. */
export function refuseSensitive(
  features: readonly Feature[],
  recipe: { readonly features: readonly { id: string }[] },
  decisions: readonly Decision[],
): void {
  const used = new Set(recipe.features.map(({ id }) => id));
  for (const feature of features) {
    const refused = used.has(feature.id) ? whyRefused(decisions, feature) : null;
    if (refused) throw new InputError(`The feature ${refused.why}.`, refused.next);
  }
}
