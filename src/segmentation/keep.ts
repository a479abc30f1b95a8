import { writeFeatures } from '../features/compute.ts';
import type { Progress } from '../progress.ts';
import type { State } from '../state/state.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { lookAhead } from './audiences/filter/look-ahead.ts';
import type { Model } from './model.ts';
import { sectorsOf } from './overlays/overlays.ts';
import { writeScores } from './predictions/write-scores.ts';
import { placeAll } from './refresh/place.ts';
import { rewind } from './refresh/rewind.ts';
import { changeHistory } from './refresh/settle.ts';

/** Makes a model that was just fitted the standing one: everybody's membership begins at its date. */
export async function keepModel(
  { warehouse, state }: { warehouse: Warehouse; state: State },
  model: Model,
  progress: Progress,
): Promise<void> {
  await changeHistory({ warehouse, state }, async (tx, all) => {
    const features = await writeFeatures(tx, model.asOf, { sectors: sectorsOf(model) });
    await rewind(tx, state.owner, model.asOf);
    const placed = await placeAll(tx, {
      owner: state.owner,
      model,
      features,
      kind: 'fit',
      history: all.filter(({ asOf }) => asOf < model.asOf),
      createdAt: model.createdAt,
      progress,
    });
    const predictions = await writeScores(tx, {
      owner: state.owner,
      model,
      asOf: model.asOf,
      blockedTerms: await state.blockedTerms.names(),
      progress,
    });
    const record = { ...placed.record, predictions };
    await lookAhead(tx, { owner: state.owner, model, record, features });
    return { record, model, actor: 'kindred', proposal: null };
  });
}
