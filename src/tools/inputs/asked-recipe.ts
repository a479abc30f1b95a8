import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { Recipe } from '../../segmentation/model.ts';
import type { OverlayId } from '../../segmentation/overlays/overlay.ts';
import { overlays } from '../../segmentation/overlays/overlays.ts';
import {
  type WhatIf,
  type WhatIfContext,
  type WhatIfRequest,
  whatIf,
} from '../../segmentation/what-if/what-if.ts';
import type { ToolContext } from '../tool.ts';

/** What of a recipe tools take beside weights. */
export const recipeInput = {
  k: z.int().min(2).max(30).optional().describe('number of groups; with kMax the least tried'),
  kMax: z.int().min(2).max(30).optional().describe('the most tried'),
  overlay: z
    .enum(overlays.map(({ id }) => id) as [OverlayId, ...OverlayId[]])
    .optional()
    .describe('sector of the shop'),
};

export function askedGroups({
  k,
  kMax,
}: {
  k?: number | undefined;
  kMax?: number | undefined;
}): Recipe['k'] | undefined {
  if (kMax === undefined) return k;
  const min = k ?? 2;
  if (kMax < min) throw new InputError(`kMax (${kMax}) is below k (${min}).`, 'Give the least number as k.');
  return kMax === min ? kMax : { min, max: kMax };
}

export function whatIfContext({ warehouse, state, pool, now, signal }: ToolContext): WhatIfContext {
  return { warehouse, state, pool, now, signal };
}

/**
 * The answer to a what-if that is to be proposed.
 *
 * @throws InputError where no stable groups are found so
 */
export async function tried(context: ToolContext, request: WhatIfRequest): Promise<WhatIf> {
  const outcome = await whatIf(whatIfContext(context), request, context.progress);
  if (outcome.kind === 'fitted') return outcome;
  throw new InputError(
    `There are no stable groups by this recipe: ${outcome.choice.reason}`,
    'Nothing was proposed. Try other weights, more features, or another range of groups.',
  );
}
