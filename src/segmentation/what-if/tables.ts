import { dropFeatures, tableBefore } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';

/** Of what-ifs alone, so that what stands is not computed again because of a question. */
export const whatIfTables = { fitted: 'what_if_features', seen: 'what_if_features_of_standing' } as const;

/** Also where a what-if that was killed left them: they have a row per customer. */
export async function dropWhatIfTables(tx: Warehouse): Promise<void> {
  for (const table of Object.values(whatIfTables))
    for (const name of [table, tableBefore(table)]) await dropFeatures(tx, name);
}
