import type { State } from '../state/state.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';
import type { Model } from './model.ts';

/**
 * Keeps a model: memberships in the warehouse first, then the model in the state, which makes it the standing one.
 * A kill between the two leaves memberships that no model points to; the next call sweeps them away.
 *
 * @param memberOf index into `model.segments` for each profile, -1 for those set aside
 */
export async function keepModel(
  warehouse: Warehouse,
  state: State,
  model: Model,
  profileIds: readonly string[],
  memberOf: Int32Array,
  confidence: Float64Array,
): Promise<void> {
  const kept = (await state.models.list())
    .map(known => literal(known.id))
    .filter(id => id !== literal(model.id));
  const orphans = kept.length > 0 ? `model_id NOT IN (${kept.join(', ')})` : 'TRUE';
  await warehouse.transaction(async tx => {
    await tx.execute(`DELETE FROM memberships WHERE ${orphans}`);
    await tx.append('memberships', {
      model_id: profileIds.map(() => model.id),
      profile_id: profileIds,
      segment_key: Array.from(memberOf, index => (index < 0 ? null : model.segments[index]!.key)),
      confidence: Array.from(confidence, value => (Number.isNaN(value) ? null : value)),
    });
  });
  await state.models.save(model);
}
