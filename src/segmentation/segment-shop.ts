import type { KChoice } from '../clustering/choose-k.ts';
import type { Pool } from '../clustering/pool.ts';
import type { Progress } from '../progress.ts';
import type { State } from '../state/state.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { fitShop } from './fit-shop.ts';
import { keepModel } from './keep.ts';
import type { Model, Recipe } from './model.ts';
import type { OverlayId } from './overlays/overlay.ts';
import type { Readiness } from './readiness.ts';
import { settle } from './refresh/settle.ts';
import type { Weights } from './weights.ts';

export interface SegmentRequest {
  asOf?: string | undefined;
  seed?: number | undefined;
  /** A number of groups, or the range in which it is looked for. */
  k?: Recipe['k'] | undefined;
  weights?: Weights | undefined;
  /** What the recipe starts from; a shop of e-commerce where absent. */
  overlay?: OverlayId | undefined;
  /** Look for groups even where the data is thin for it. */
  force: boolean;
}

export interface SegmentContext {
  warehouse: Warehouse;
  state: State;
  pool: Pool;
  now: () => Date;
}

export type SegmentOutcome = {
  warnings: string[];
  /** What the data could carry, as it was found on the way. */
  readiness: Readiness;
} & ({ kind: 'segmented'; model: Model } | { kind: 'no-stable-groups'; choice: KChoice });

/** From stored rows to a kept model. */
export async function segmentShop(
  context: SegmentContext,
  request: SegmentRequest,
  progress: Progress,
): Promise<SegmentOutcome> {
  await settle(context.warehouse, context.state);
  const fitted = await fitShop(context, request, progress);
  if (fitted.kind === 'no-stable-groups') return fitted;
  const { model, warnings, readiness } = fitted;
  await keepModel(context, model, progress);
  return { kind: 'segmented', model, warnings, readiness };
}
