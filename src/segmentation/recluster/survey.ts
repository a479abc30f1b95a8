import { createMatrix } from '../../clustering/matrix.ts';
import { applyTransforms } from '../../clustering/scaling.ts';
import { mixColumn, readMix, writeMix } from '../../features/categories.ts';
import { standingTable } from '../../features/compute.ts';
import type { FeatureTable } from '../../features/feature.ts';
import type { PlaceRange } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Fit } from '../fit.ts';
import type { Model } from '../model.ts';
import { chunkRows, ranges } from '../refresh/score-population.ts';
import { scorerOf } from '../refresh/scorer.ts';
import { standing as standingRows, writeStanding } from '../refresh/standing.ts';
import { nowhere } from '../refresh/sticky.ts';

export interface Survey {
  /** Of each row of the table: index of the standing segment, `aside`, or `nowhere` for who was not there yet. */
  before: Int32Array;
  /** Where each segment of the candidate lies in the frozen space of the standing model; null where one is RFM. */
  places: number[][] | null;
}

/**
 * How the customers of a fit stand in the standing model.
 *
 * @param table the features that were fitted, which are still in the table `features`
 * @param asOf of the latest record, whose placements tell where they stand
 */
export async function survey(
  warehouse: Warehouse,
  owner: string,
  { model, asOf }: { model: Model; asOf: string },
  table: FeatureTable,
  fit: Fit,
): Promise<Survey> {
  return warehouse.transaction(async tx => ({
    before: await rowsBefore(tx, owner, model, asOf, table),
    places: model.kind === 'rfm' || fit.kind === 'rfm' ? null : await placesOf(tx, model, table, fit),
  }));
}

async function rowsBefore(
  tx: Warehouse,
  owner: string,
  model: Model,
  asOf: string,
  table: FeatureTable,
): Promise<Int32Array> {
  await writeStanding(tx, { owner, model, asOf, features: storedOf(table) });
  const { values } = await tx.columns(`SELECT '' AS nothing, place, segment FROM ${standingRows}`);
  await tx.execute(`DROP TABLE ${standingRows}`);
  const before = new Int32Array(table.profileIds.length).fill(nowhere);
  values[0]!.forEach((place, i) => {
    before[place] = values[1]![i]!;
  });
  return before;
}

/** The means of the members, each summed in the order of rows. */
async function placesOf(tx: Warehouse, model: Model, table: FeatureTable, fit: Fit): Promise<number[][]> {
  const cols = model.transforms.length;
  const sums = createMatrix(fit.segments.length, cols);
  const sizes = new Float64Array(fit.segments.length);
  if (model.embedding) await writeMix(tx, storedOf(table), model.embedding, { name: mixTable });
  for (const range of ranges(table.profileIds.length, chunkRows)) {
    const { data } = applyTransforms(await columnsOf(tx, model, table, range), model.transforms);
    for (let row = range.from; row < range.to; row++) {
      const segment = fit.memberOf[row]!;
      if (segment < 0) continue;
      sizes[segment]!++;
      for (let j = 0; j < cols; j++) sums.data[segment * cols + j]! += data[(row - range.from) * cols + j]!;
    }
  }
  if (model.embedding) await tx.execute(`DROP TABLE ${mixTable}`);
  return Array.from(sizes, (size, segment) =>
    Array.from(sums.data.subarray(segment * cols, (segment + 1) * cols), sum => sum / Math.max(1, size)),
  );
}

const mixTable = 'recluster_mix';

/** Raw columns of a range of rows, the category mix among them; a feature that the data gives no more is missing. */
async function columnsOf(
  tx: Warehouse,
  model: Model,
  table: FeatureTable,
  range: PlaceRange,
): Promise<Map<string, Float64Array>> {
  const columns = new Map<string, Float64Array>();
  for (const id of scorerOf(model).needs) {
    const values = table.values[table.features.findIndex(feature => feature.id === id)];
    const missing = new Float64Array(range.to - range.from).fill(Number.NaN);
    columns.set(id, values?.subarray(range.from, range.to) ?? missing);
  }
  if (model.embedding)
    (await readMix(tx, mixTable, range, model.embedding)).forEach((values, d) => {
      columns.set(mixColumn(d), values);
    });
  return columns;
}

function storedOf({ asOf, features }: FeatureTable) {
  return { table: standingTable, asOf, features };
}
