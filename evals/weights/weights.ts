import type { ModelAccess } from '../../src/agent/model/access.ts';
import { plainWeights } from '../../src/agent/tasks/weights/plain-weights.ts';
import { weigh } from '../../src/agent/tasks/weights/weigh.ts';
import { sheetText, weightsSheet } from '../../src/agent/tasks/weights/weights-sheet.ts';
import { InputError } from '../../src/errors.ts';
import { currentModel } from '../../src/segmentation/current.ts';
import { sensitiveReview } from '../../src/segmentation/governance/sensitive-review.ts';
import { openShop } from '../answers/shops.ts';
import type { CaseFilter } from '../task.ts';
import { writtenTask } from '../written-task.ts';
import { type WeightsCase, type WrittenWeights, weightsCases, writtenWeights } from './cases.ts';
import { weightsMetrics } from './metrics.ts';

type Shop = Awaited<ReturnType<typeof openShop>>;

/** Weights for a priority in plain words. */
export const weights = writtenTask({
  id: 'weights',
  prompt: 'weights',
  written: writtenWeights,
  write: (wanted, access) =>
    eachCase(wanted, access === null ? plainly : (shop, one, basis) => asked(shop, one, basis, access)),
  metrics: weightsMetrics,
});

type Basis = Awaited<ReturnType<typeof basisOf>>;

async function eachCase(
  wanted: CaseFilter,
  choose: (shop: Shop, one: WeightsCase, basis: Basis) => Promise<Pick<WrittenWeights, 'draft' | 'stoodIn'>>,
): Promise<WrittenWeights[]> {
  const cases = weightsCases.filter(({ id }) => wanted(id));
  if (cases.length === 0) return [];
  const shop = await openShop('made');
  try {
    const written: WrittenWeights[] = [];
    for (const one of cases) {
      await block(shop, one.blocked);
      const basis = await basisOf(shop, one.priority);
      written.push({
        id: one.id,
        ...(await choose(shop, one, basis)),
        given: basis.given,
        usable: basis.sheet.usable.map(({ feature, weight }) => ({ id: feature.id, weight })),
        barred: basis.sheet.barred.map(({ id }) => id),
        wants: one.wants,
      });
    }
    return written;
  } finally {
    await shop.close();
  }
}

async function block({ context: { state, now, actor } }: Shop, features: readonly string[]): Promise<void> {
  for (const feature of features)
    await state.decisions.record({
      feature,
      effect: 'block',
      lawfulBasis: null,
      reason: 'It is not to be used for grouping.',
      decidedBy: actor,
      at: now().toISOString(),
    });
}

/** What a choice of weights rests on, as `weigh` shows it to a model. */
async function basisOf({ context: { warehouse, state } }: Shop, priority: string) {
  const model = await currentModel(state);
  const { names } = await sensitiveReview({ warehouse, state });
  const sheet = weightsSheet(model, await state.decisions.list(), names);
  return { sheet, given: sheetText(sheet, model, priority) };
}

/** As `weigh` chooses where there is no model, without trying it. */
async function plainly(_: Shop, { priority }: WeightsCase, { sheet }: Basis) {
  try {
    return { draft: plainWeights(priority, sheet), stoodIn: false };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { draft: null, stoodIn: false };
  }
}

async function asked({ context }: Shop, { priority }: WeightsCase, _: Basis, access: ModelAccess) {
  try {
    const { draft, author } = await weigh(context, access, { priority, surface: 'eval' });
    return { draft, stoodIn: author !== 'model' };
  } catch (error) {
    // What the model wrote was refused, and plain words say nothing of the priority.
    if (!(error instanceof InputError)) throw error;
    return { draft: null, stoodIn: true };
  }
}
