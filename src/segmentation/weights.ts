import { z } from 'zod';
import { InputError } from '../errors.ts';
import { type Feature, featureClasses } from '../features/feature.ts';
import type { Recipe } from './model.ts';

export const weightClasses = [...featureClasses, 'category'] as const;
const weight = z.number().min(0, 'a weight is 0 or more').max(10, 'a weight is at most 10');

const weightsSchema = z.strictObject({
  features: z.record(z.string(), weight).default({}),
  classes: z.partialRecord(z.enum(weightClasses), weight).default({}),
});

export type Weights = z.infer<typeof weightsSchema>;

/** Reads the text of a weights file: {"features": {"open_rate": 0}, "classes": {"browse": 0.5}}. */
export function parseWeights(text: string, file: string, catalogue: readonly Feature[]): Weights {
  const example = 'Write it like {"features": {"open_rate": 0.5}, "classes": {"browse": 0.5}}.';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`, example, { cause: error });
  }
  const parsed = weightsSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new InputError(`${file}: ${issue.path.join('.') || 'top level'}: ${issue.message}`, example);
  }
  const known = new Set(catalogue.map(feature => feature.id));
  const unknown = Object.keys(parsed.data.features).find(id => !known.has(id));
  if (unknown) {
    throw new InputError(
      `${file}: there is no feature "${unknown}".`,
      'See `kindred features` for the catalogue.',
    );
  }
  return parsed.data;
}

/** The recipe with a person's weights for available features in place of its own; 0 leaves a feature out. */
export function withWeights(recipe: Recipe, weights: Weights, available: readonly Feature[]): Recipe {
  const own = new Map(recipe.features.map(feature => [feature.id, feature.weight]));
  for (const { id } of available) {
    const value = weights.features[id];
    if (value !== undefined) own.set(id, value);
  }
  return {
    ...recipe,
    features: [...own].filter(([, value]) => value > 0).map(([id, value]) => ({ id, weight: value })),
    classWeights: { ...recipe.classWeights, ...weights.classes },
  };
}
