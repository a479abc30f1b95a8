import type { Warehouse } from '../warehouse/port.ts';
import { type CategoryEmbedding, placeRows, termLinesSql, weighted } from './categories.ts';
import type { PlaceRange, StoredFeatures } from './feature-store.ts';

/** The name of a dimension of the mix among the columns of a model. */
export function mixColumn(dimension: number): string {
  return `category_mix_${dimension + 1}`;
}

/**
 * Counts what everybody of a feature table bought into the table `name`: place of the profile, term, lines. Made once, so
 * that ranges of profiles can be placed in the dimensions without reading all order lines again.
 *
 * @param among may narrow the rows of `order_lines AS line`
 */
export async function writeMix(
  warehouse: Warehouse,
  { table, asOf }: Pick<StoredFeatures, 'table' | 'asOf'>,
  embedding: CategoryEmbedding,
  { name, among }: { name: string; among?: string },
): Promise<void> {
  await warehouse.execute(`CREATE TEMP TABLE ${name} AS
SELECT feature.place, bought.term, bought.lines
FROM (${termLinesSql(embedding, asOf, among)}) AS bought
JOIN ${table} AS feature ON feature.profile_id = bought.profile_id
ORDER BY feature.place, bought.term`);
  if (warehouse.dialect.name === 'postgres') await warehouse.execute(`CREATE INDEX ON ${name} (place)`);
}

/** values[d][i] of the profiles of a range of places, as in `fitEmbedding`, from what `writeMix` counted. */
export async function readMix(
  warehouse: Warehouse,
  name: string,
  { from, to }: PlaceRange,
  embedding: CategoryEmbedding,
): Promise<Float64Array[]> {
  const columns = [`place - ${from}`, 'term', 'lines'].map(column => `CAST(${column} AS DOUBLE PRECISION)`);
  const { values } = await warehouse.columns(
    `SELECT '' AS nothing, ${columns.join(', ')} FROM ${name}
     WHERE place >= ${from} AND place < ${to} ORDER BY place, term`,
  );
  const rows = weighted(values[0]!, values[1]!, values[2]!, to - from, embedding.idf);
  return placeRows(rows, embedding.components);
}
