import type { KChoice } from '../../clustering/choose-k.ts';
import { InputError } from '../../errors.ts';
import { computeFeatures } from '../../features/compute.ts';
import type { FeatureTable } from '../../features/feature.ts';
import { markOfRows } from '../../features/feature-store.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { currentModel } from '../current.ts';
import { fitShop } from '../fit-shop.ts';
import type { Model } from '../model.ts';
import { overlayOf, sectorsOf } from '../overlays/overlays.ts';
import { askedAsBefore, type Beside, beside } from '../recluster/beside.ts';
import { settle } from '../refresh/settle.ts';
import type { SegmentContext, SegmentRequest } from '../segment-shop.ts';
import { type RecipeDifferences, recipeDifferences } from './differences.ts';
import { answered, whatIfKey } from './kept.ts';
import { dropWhatIfTables, whatIfTables } from './tables.ts';

/** What to change of what the standing model was asked for; weights of features and classes that are not named stay. */
export type WhatIfRequest = Pick<SegmentRequest, 'weights' | 'k' | 'overlay' | 'seed'>;

export type WhatIfOutcome = {
  /** The date on which the segments stand; of both models. */
  asOf: string;
  warnings: string[];
} & (
  | (Beside & { kind: 'fitted'; differences: RecipeDifferences })
  | { kind: 'no-stable-groups'; choice: KChoice }
);

export type WhatIf = Extract<WhatIfOutcome, { kind: 'fitted' }>;

export interface WhatIfContext extends SegmentContext {
  /** Ends it at its next step. */
  signal?: AbortSignal | undefined;
}

/**
 * What the segments would be under another recipe, on the date on which they stand. Nothing that stands is touched. The
 * answer is kept as a candidate, so that the same question, or a proposal of it, is not worked out again.
 *
 * @throws InputError where the recipe is refused: a sensitive feature that no decision allows, nothing that is changed
 */
export async function whatIf(
  context: WhatIfContext,
  request: WhatIfRequest,
  progress: Progress,
): Promise<WhatIfOutcome> {
  const { warehouse, state, signal } = context;
  const step: Progress = event => {
    signal?.throwIfAborted();
    progress(event);
  };
  await settle(warehouse, state);
  const standing = await currentModel(state);
  const history = await state.refreshes.list();
  const record = history.at(-1);
  if (!record) throw new InputError('These segments have no history.', 'Run `kindred segment` to begin one.');
  const asked = changed(askedAsBefore(standing, record.asOf), request);

  const decided = { decisions: await state.decisions.list(), blocked: await state.blockedTerms.list() };
  const key = whatIfKey(asked, record, standing, decided);
  const mark = await markOfRows(warehouse, overlayOf(asked.overlay).adds);
  const told = (found: Beside): Omit<WhatIf, 'warnings'> => ({
    kind: 'fitted',
    asOf: record.asOf,
    ...found,
    differences: recipeDifferences(standing, found.candidate),
  });
  const known = await answered(state, key, mark);
  if (known) {
    const { comparison, warnings } = known.whatIf;
    return { ...told({ candidate: known.model, comparison }), warnings };
  }

  await warehouse.transaction(dropWhatIfTables);
  try {
    const fitted = await fitShop(context, asked, step, whatIfTables.fitted);
    const { warnings } = fitted;
    if (fitted.kind === 'no-stable-groups')
      return { kind: fitted.kind, asOf: record.asOf, choice: fitted.choice, warnings };
    step({ stage: 'Comparing with the segments that stand', rows: fitted.table.profileIds.length });
    const seen = await seenByStanding(warehouse, standing, fitted);
    const found = await beside(context, { standing, history, fitted, seen });
    signal?.throwIfAborted();
    await state.models.propose(found.candidate, { key, mark, comparison: found.comparison, warnings });
    return { ...told(found), warnings };
  } finally {
    await warehouse.transaction(dropWhatIfTables);
  }
}

/** Who asks for weights or a number of groups asks for groups, also where the data is thin for them. */
function changed<Asked extends SegmentRequest>(before: Asked, { weights, ...others }: WhatIfRequest): Asked {
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const groups = weights !== undefined || others.k !== undefined || others.seed !== undefined;
  const asked = { ...before, ...given, force: before.force || groups };
  if (!weights) return asked;
  const { features, classes } = before.weights ?? { features: {}, classes: {} };
  return {
    ...asked,
    weights: {
      features: { ...features, ...weights.features },
      classes: { ...classes, ...weights.classes },
    },
  };
}

/** A model of another sector looks at its customers by other features than the standing one does. */
async function seenByStanding(
  warehouse: Warehouse,
  standing: Model,
  { model, table }: { model: Model; table: FeatureTable },
): Promise<{ table: FeatureTable; storedAs: string }> {
  const sectors = sectorsOf(standing);
  if (String(sectors) === String(sectorsOf(model))) return { table, storedAs: whatIfTables.fitted };
  const seen = await computeFeatures(warehouse, table.asOf, { table: whatIfTables.seen, sectors });
  return { table: seen, storedAs: whatIfTables.seen };
}
