import { canonicalTables } from '../warehouse/schema.ts';

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
  // In line, so that a store reads no more rows and columns than what asks for them needs.
  return Object.keys(canonicalTables)
    .map(
      table =>
        `${table} AS NOT MATERIALIZED (SELECT * FROM ${table} WHERE substr(md5(profile_id), 1, 8) < '${end}')`,
    )
    .join(',\n');
}
