import { heldEvidence } from '../../../features/availability.ts';
import { type StoredFeatures, storedFeatures } from '../../../features/feature-store.ts';
import { keptFact } from '../../../features/kept-facts.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { nameKinds, namesOfKind } from '../../governance/shop-names.ts';
import type { Model } from '../../model.ts';
import { sectorsOf } from '../../overlays/overlays.ts';
import type { RefreshRecord } from '../../refresh/record.ts';
import { writeKnown } from './known.ts';
import { readVocabulary, vocabularies } from './vocabulary.ts';

/**
 * Looks up what the first questions would, and keeps it, inside the transaction in which everybody was placed and scored:
 * each of these takes a look through all rows, for which nobody should wait who asks.
 */
export async function lookAhead(
  tx: Warehouse,
  {
    owner,
    model,
    record,
    features,
  }: { owner: string; model: Model; record: RefreshRecord; features: StoredFeatures },
): Promise<void> {
  // Rows that leave no trace of a change are looked at again whatever was kept of them.
  if (!(await storedFeatures(tx, features.table))?.mark) return;
  await writeKnown(tx, { owner, history: [record], features });
  await keptFact(tx, heldEvidence(sectorsOf(model)), features.asOf);
  for (const kind of nameKinds) await keptFact(tx, namesOfKind(kind), features.asOf);
  for (const of of vocabularies) await readVocabulary(tx, of, features.asOf);
}
