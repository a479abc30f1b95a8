import { createMatrix, type Matrix, rowsOf } from '../../clustering/matrix.ts';
import { InputError } from '../../errors.ts';
import { readMix, writeMix } from '../../features/category-mix.ts';
import { standingTable, writeFeatures } from '../../features/compute.ts';
import type { FeatureTable } from '../../features/feature.ts';
import type { PlaceRange, StoredFeatures } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Fit } from '../fit.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { addMix, chunkRows, countRows, ranges } from '../refresh/score-population.ts';
import { type Scorer, scorerOf } from '../refresh/scorer.ts';
import { standing, writeStanding } from '../refresh/standing.ts';
import { nowhere, type Stood } from '../refresh/sticky.ts';

/** The customers of a fit as the standing model sees them on the same day. */
export interface Survey {
  /** Of each row: index of the standing segment, or `aside`, as a refresh on this day would place them. */
  before: Int32Array;
  /** Of each row: 0..1, NaN for those set aside. */
  confidence: Float64Array;
  /** Of each row: 1 for who stood somewhere at the latest record. */
  known: Uint8Array;
  /** Where each segment of the fit lies in the frozen space of the standing model; null where one is RFM. */
  places: number[][] | null;
}

/**
 * Looks at the customers of a fit through the standing model. Both groupings are of one day, so that what differs between
 * them is how they group, and not what customers did since the latest record.
 *
 * @param asOf of the latest record, whose placements tell where everybody stood
 * @param table the customers that were fitted, by the features that the standing model sees them by; `storedAs`: the
 *   table of the warehouse that holds them, where it is not the standing one
 * @throws InputError where customers came or went since the features were read
 */
export async function survey(
  warehouse: Warehouse,
  owner: string,
  { model, asOf }: { model: Model; asOf: string },
  { table, storedAs }: { table: FeatureTable; storedAs?: string },
  fit: Fit,
): Promise<Survey> {
  return warehouse.transaction(async tx => {
    const features = await sameRows(tx, model, table, storedAs);
    const stood = await stoodOf(tx, owner, model, asOf, features);
    const scorer = scorerOf(model);
    const rows = table.profileIds.length;
    const before = new Int32Array(rows);
    const confidence = new Float64Array(rows).fill(Number.NaN);
    const sums = createMatrix(fit.segments.length, model.transforms.length);
    if (model.embedding) await writeMix(tx, features, model.embedding, { name: mixTable });
    for (const range of ranges(rows, chunkRows)) {
      const scores = scorer.score(await columnsOf(tx, model, scorer, table, range), range.to - range.from);
      for (let row = range.from; row < range.to; row++) {
        const at = row - range.from;
        before[row] =
          table.asOf === asOf && known(stood[row]!) ? stood[row]!.segment : scores.place(at, stood[row]!);
        if (before[row]! >= 0) confidence[row] = scores.confidence(at, before[row]!);
        if (fit.memberOf[row]! >= 0) addRow(sums, fit.memberOf[row]!, scores.matrix, at);
      }
    }
    if (model.embedding) await tx.execute(`DROP TABLE ${mixTable}`);
    return {
      before,
      confidence,
      known: Uint8Array.from(stood, each => (known(each) ? 1 : 0)),
      places: model.kind === 'rfm' || fit.kind === 'rfm' ? null : meansOf(sums, fit.memberOf),
    };
  });
}

const mixTable = 'recluster_mix';
const known = ({ segment }: Stood) => segment !== nowhere;

/** The stored table whose places are the rows that were fitted; another server may have looked at another date since. */
async function sameRows(
  tx: Warehouse,
  model: Model,
  { asOf, profileIds }: FeatureTable,
  storedAs = standingTable,
) {
  const features = await writeFeatures(tx, asOf, { sectors: sectorsOf(model), table: storedAs });
  const { keys } = await tx.columns(`SELECT profile_id, place FROM ${features.table} ORDER BY place`);
  if (keys.length === profileIds.length && keys.every((id, place) => id === profileIds[place]))
    return features;
  throw new InputError('Customers were imported while the segments were found anew.', 'Run it again.');
}

async function stoodOf(
  tx: Warehouse,
  owner: string,
  model: Model,
  asOf: string,
  features: StoredFeatures,
): Promise<Stood[]> {
  await writeStanding(tx, { owner, model, asOf, features });
  const { values } = await tx.columns(`SELECT '' AS nothing, place, segment, candidate FROM ${standing}`);
  await tx.execute(`DROP TABLE ${standing}`);
  const stood = new Array<Stood>(await countRows(tx, features.table)).fill({
    segment: nowhere,
    candidate: nowhere,
  });
  values[0]!.forEach((place, i) => {
    stood[place] = { segment: values[1]![i]!, candidate: values[2]![i]! };
  });
  return stood;
}

/** Raw columns of a range of rows, the category mix among them; a feature that the data gives no more is missing. */
async function columnsOf(
  tx: Warehouse,
  { embedding }: Model,
  { needs }: Scorer,
  table: FeatureTable,
  range: PlaceRange,
): Promise<Map<string, Float64Array>> {
  const columns = new Map<string, Float64Array>();
  for (const id of needs) {
    const values = table.values[table.features.findIndex(feature => feature.id === id)];
    const missing = new Float64Array(range.to - range.from).fill(Number.NaN);
    columns.set(id, values?.subarray(range.from, range.to) ?? missing);
  }
  if (embedding) addMix(columns, await readMix(tx, mixTable, range, embedding));
  return columns;
}

function addRow(sums: Matrix, to: number, { cols, data }: Matrix, row: number): void {
  for (let j = 0; j < cols; j++) sums.data[to * cols + j]! += data[row * cols + j]!;
}

function meansOf(sums: Matrix, memberOf: Int32Array): number[][] {
  const sizes = new Float64Array(sums.rows);
  for (const segment of memberOf) if (segment >= 0) sizes[segment]!++;
  return rowsOf(sums).map((row, segment) => row.map(sum => sum / Math.max(1, sizes[segment]!)));
}
