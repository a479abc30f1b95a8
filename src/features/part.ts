import type { Warehouse } from '../warehouse/port.ts';
import { canonicalTables } from '../warehouse/schema.ts';
import { anyObjects, objectorsSql } from './objectors.ts';

/**
 * CTEs, each with a comma behind it, that come before `purchaseRows` and hide the tables of the same names behind the rows
 * of those customers of whom profiles may be made. The orders of who objects to profiling are hidden: buyers are who has
 * orders, so that who has none has no features, no predictions and no place in a model. Where a part of all profiles is
 * asked for, who is in it follows from the hash of the id alone: the same customers at every date and in every store, and
 * a smaller part lies within a larger one. Blank where nothing is hidden.
 *
 * @param part in 0..1
 */
export async function profiledRows(warehouse: Pick<Warehouse, 'query'>, part = 1): Promise<string> {
  const objections = await anyObjects(warehouse);
  const end = Math.floor(part * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  const hidden = Object.keys(canonicalTables).flatMap(table => {
    const conditions = [
      ...(part < 1 ? [`substr(md5(profile_id), 1, 8) < '${end}'`] : []),
      ...(objections && table === 'orders' ? [`profile_id NOT IN (${objectorsSql()})`] : []),
    ];
    // In line, so that a store reads no more rows and columns than what asks for them needs.
    return conditions.length === 0
      ? []
      : [`${table} AS NOT MATERIALIZED (SELECT * FROM ${table} WHERE ${conditions.join(' AND ')}),\n`];
  });
  return hidden.join('');
}
