import { type CanonicalTable, canonicalTables } from '../warehouse/schema.ts';

/**
 * CTEs that hide the tables of the same names behind the rows of a part of all profiles. Who is in it follows from the
 * hash of the id alone: the same customers at every date and in every store, and a smaller part lies within a larger one.
 *
 * @param part in 0..1
 */
export function partOfShop(part: number): string {
  const end = Math.floor(part * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  const tables = (Object.keys(canonicalTables) as CanonicalTable[]).map(
    table =>
      `${table} AS NOT MATERIALIZED (SELECT * FROM ${table} WHERE profile_id IN (SELECT profile_id FROM part_of_shop))`,
  );
  return `part_of_shop AS MATERIALIZED (
  SELECT DISTINCT profile_id FROM orders WHERE substr(md5(profile_id), 1, 8) < '${end}'
),
${tables.join(',\n')}`;
}
