import { createHash } from 'node:crypto';
import type { Warehouse } from '../warehouse/port.ts';
import { type AsOf, bind, startOf } from './as-of.ts';
import { availableFeatures } from './availability.ts';
import { featureRows } from './catalogue.ts';
import type { Feature, FeatureTable } from './feature.ts';
import { purchaseRows } from './purchases.ts';
import { significant } from './rounding.ts';

/**
 * Every available feature of every buyer as of a date. The table `features` is made anew, in one transaction;
 * what is returned is it in the order of profile_id, rounded to nine significant digits.
 */
export async function computeFeatures(warehouse: Warehouse, asOf: AsOf): Promise<FeatureTable> {
  startOf(asOf);
  return warehouse.transaction(async tx => {
    const { available } = await availableFeatures(tx, asOf);
    const usualGap = await usualGapOf(tx, asOf);
    await tx.execute('DROP TABLE IF EXISTS features');
    await tx.execute(`CREATE TABLE features AS ${featureSql(available, asOf, usualGap)}`);
    const names = available.map(feature => feature.id);
    // Byte order, which does not depend on a database's locale.
    const order = 'ORDER BY profile_id COLLATE "C"';
    const read = await tx.columns(`SELECT ${['profile_id', ...names].join(', ')} FROM features ${order}`);
    for (const column of read.values)
      for (let i = 0; i < column.length; i++) column[i] = significant(column[i]!);
    return { asOf, profileIds: read.keys, features: available, values: read.values };
  });
}

/** The SELECT of one row per buyer: profile_id, as_of, then the features. The same text for every store. */
function featureSql(features: readonly Feature[], asOf: AsOf, usualGap: number | null): string {
  const used = featureRows.filter(rows => features.some(feature => feature.class === rows.class));
  const joined = ['gaps', ...used.flatMap(rows => rows.perProfile)];
  const columns = features.map(feature => `  CAST(${feature.sql} AS DOUBLE PRECISION) AS ${feature.id}`);
  const text = `WITH ${[purchaseRows, ...used.map(rows => rows.ctes)].join(',\n')}
SELECT ${['buyers.profile_id', '  {as_of} AS as_of', ...columns].join(',\n')}
FROM buyers
${joined.map(name => `LEFT JOIN ${name} ON ${name}.profile_id = buyers.profile_id`).join('\n')}`;
  return bind(text, asOf, {
    usual_gap: `CAST(${usualGap === null ? 'NULL' : `'${usualGap}'`} AS DOUBLE PRECISION)`,
  });
}

/** The median over customers of their mean days between orders; null where nobody came back. */
async function usualGapOf(warehouse: Warehouse, asOf: AsOf): Promise<number | null> {
  const mean = 'CAST(total AS DOUBLE PRECISION) / gaps';
  const sql = `WITH ${purchaseRows}
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
