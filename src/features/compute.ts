import { createHash } from 'node:crypto';
import type { NumericColumns, Warehouse } from '../warehouse/port.ts';
import { type AsOf, bind, startOf } from './as-of.ts';
import { availableFeatures } from './availability.ts';
import { featureRows } from './catalogue.ts';
import type { Feature, FeatureTable, SectorClass } from './feature.ts';
import {
  dropFeatures,
  markOfRows,
  noteFeatures,
  type PlaceRange,
  renameFeatures,
  type StoredFeatures,
  sameFiles,
  storedFeatures,
  tableBefore,
} from './feature-store.ts';
import { profiledRows } from './part.ts';
import { purchaseRows } from './purchases.ts';
import { significant } from './rounding.ts';

/** The table that stands. */
export const standingTable = 'features';

export interface FeatureOptions {
  table?: string;
  /** Sectors whose features are wanted beside those of every shop. */
  sectors?: readonly SectorClass[];
  /** Share of all profiles that are looked at, chosen by their ids, as if the shop had no others; all where left out. */
  part?: number | undefined;
  /** Lets events that arrived since wait for the next refresh, so that questions are answered while they keep arriving. */
  eventsWait?: boolean;
}

/** Every available feature of every buyer as of a date, from a table that is made where it is not there. */
export async function computeFeatures(
  warehouse: Warehouse,
  asOf: AsOf,
  options: FeatureOptions = {},
): Promise<FeatureTable> {
  return warehouse.transaction(async tx => {
    const stored = await writeFeatures(tx, asOf, options);
    const all = await readFeatures(tx, stored);
    return { asOf, profileIds: all.keys, features: stored.features, values: all.values };
  });
}

/**
 * Writes the features of every buyer as of a date to a table, inside a transaction: columns `place` (0, 1, … in the order
 * of profile_id), `profile_id`, `as_of`, then the features. A table that holds this date already, with nothing imported
 * since, is left as it is; one of another date becomes the table before (`features_before`), from which moves are
 * explained.
 */
export async function writeFeatures(
  tx: Warehouse,
  asOf: AsOf,
  { table = standingTable, sectors = [], part = 1, eventsWait = false }: FeatureOptions = {},
): Promise<StoredFeatures> {
  startOf(asOf);
  const known = await storedFeatures(tx, table);
  if (part === 1 && known && known.stored.asOf === asOf && known.mark !== null) {
    const mark = await markOfRows(tx, sectors);
    if (eventsWait ? sameFiles(known.mark, mark) : known.mark === mark) return known.stored;
  }
  if (known && known.stored.asOf !== asOf) await renameFeatures(tx, table, tableBefore(table));
  else await dropFeatures(tx, table);

  const { available } = await availableFeatures(tx, asOf, sectors);
  const purchases = `${await profiledRows(tx, part)}${purchaseRows}`;
  const usualGap = await usualGapOf(tx, purchases, asOf);
  await tx.execute(`CREATE TABLE ${table} AS ${featureSql(available, purchases, asOf, usualGap)}`);
  // DuckDB finds a range of places by the order in which they were written.
  if (tx.dialect.name === 'postgres') {
    await tx.execute(`CREATE UNIQUE INDEX ON ${table} (place)`);
    await tx.execute(`ANALYZE ${table}`);
  }
  const stored = { table, asOf, features: available };
  await noteFeatures(tx, stored, part < 1 ? null : await markOfRows(tx, sectors));
  return stored;
}

/**
 * Rows of a feature table in the order of profile_id, rounded to nine significant digits: those from place `from` until
 * before place `to`, or all.
 *
 * @param also columns of numbers to read beside the features: SQL over `feature`, and a join that gives them
 */
export async function readFeatures(
  warehouse: Warehouse,
  { table, features }: StoredFeatures,
  { range, also }: { range?: PlaceRange; also?: { columns: readonly string[]; join: string } } = {},
): Promise<NumericColumns> {
  // A column without NULL reads several times faster from DuckDB.
  const columns = features.map(
    ({ id }) => `coalesce(feature.${id}, CAST('NaN' AS DOUBLE PRECISION)) AS ${id}`,
  );
  const where = range ? `WHERE feature.place >= ${range.from} AND feature.place < ${range.to}` : '';
  const read = await warehouse.columns(
    `SELECT ${['feature.profile_id', ...columns, ...(also?.columns ?? [])].join(', ')}
FROM ${table} AS feature ${also?.join ?? ''} ${where} ORDER BY feature.place`,
  );
  for (let j = 0; j < features.length; j++) {
    const column = read.values[j]!;
    for (let i = 0; i < column.length; i++) column[i] = significant(column[i]!);
  }
  return read;
}

/** One row per buyer. The same text for every store. */
function featureSql(
  features: readonly Feature[],
  purchases: string,
  asOf: AsOf,
  usualGap: number | null,
): string {
  const used = featureRows.filter(rows => features.some(feature => feature.class === rows.class));
  const joined = ['gaps', ...used.flatMap(rows => rows.perProfile)];
  const columns = features.map(feature => `  CAST(${feature.sql} AS DOUBLE PRECISION) AS ${feature.id}`);
  // Byte order, which does not depend on a database's locale.
  const order = 'ORDER BY buyers.profile_id COLLATE "C"';
  const place = `  row_number() OVER (${order}) - 1 AS place`;
  const text = `WITH ${[purchases, ...used.map(rows => rows.ctes)].join(',\n')}
SELECT ${[place, '  buyers.profile_id', '  {as_of} AS as_of', ...columns].join(',\n')}
FROM buyers
${joined.map(name => `LEFT JOIN ${name} ON ${name}.profile_id = buyers.profile_id`).join('\n')}
${order}`;
  return bind(text, asOf, {
    usual_gap: `CAST(${usualGap === null ? 'NULL' : `'${usualGap}'`} AS DOUBLE PRECISION)`,
  });
}

/** The median over customers of their mean days between orders; null where nobody came back. */
async function usualGapOf(warehouse: Warehouse, purchases: string, asOf: AsOf): Promise<number | null> {
  const mean = 'CAST(total AS DOUBLE PRECISION) / gaps';
  const sql = `WITH ${purchases}
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ${mean}) AS gap FROM gaps WHERE gaps > 0`;
  const [row] = await warehouse.query<{ gap: number | null }>(bind(sql, asOf));
  return row?.gap ?? null;
}

/** SHA-256 over profile ids, feature names and rounded values, in order. */
export function dataFingerprint(table: FeatureTable): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([table.asOf, table.features.map(feature => feature.id)]));
  for (const id of table.profileIds) hash.update(`\n${id}`);
  for (const column of table.values) {
    // Every platform that Node runs on stores numbers little end first; zero and NaN get one bit pattern each.
    const canonical = new Float64Array(column.length);
    for (let i = 0; i < column.length; i++)
      canonical[i] = Number.isNaN(column[i]!) ? Number.NaN : column[i]! + 0;
    hash.update(new Uint8Array(canonical.buffer));
  }
  return hash.digest('hex');
}
