import { createHash } from 'node:crypto';
import type { Warehouse } from '../warehouse/port.ts';
import { arrivedFormat } from '../warehouse/schema.ts';
import type { AsOf } from './as-of.ts';
import { catalogueVersion, featureById } from './catalogue.ts';
import type { Feature, SectorClass } from './feature.ts';

/** A table of features as of a date, as it stands in the warehouse. */
export interface StoredFeatures {
  table: string;
  asOf: AsOf;
  features: readonly Feature[];
}

/** Where a table's values of the date before it are kept. */
export function tableBefore(table: string): string {
  return `${table}_before`;
}

/** Places `from` .. `to - 1` of a feature table, in the order of profile_id. */
export interface PlaceRange {
  from: number;
  to: number;
}

/** What is known of a stored table of features; null where it was not written, or by another version. */
export async function storedFeatures(
  warehouse: Warehouse,
  table: string,
): Promise<{ stored: StoredFeatures; mark: string | null } | null> {
  const [row] = await warehouse.query<{ as_of: string; features: string; mark: string | null }>(
    'SELECT as_of, features, mark FROM feature_tables WHERE name = $1',
    [table],
  );
  if (!row) return null;
  const features = (JSON.parse(row.features) as string[]).map(featureById);
  if (!features.every(found => found !== undefined)) return null;
  return { stored: { table, asOf: row.as_of, features }, mark: row.mark };
}

/** Says what a table holds that was just written. */
export async function noteFeatures(
  warehouse: Warehouse,
  { table, asOf, features }: StoredFeatures,
  mark: string | null,
): Promise<void> {
  await warehouse.execute('DELETE FROM feature_tables WHERE name = $1', [table]);
  await warehouse.execute(
    'INSERT INTO feature_tables (name, as_of, features, mark) VALUES ($1, $2, $3, $4)',
    [table, asOf, JSON.stringify(features.map(({ id }) => id)), mark],
  );
}

/**
 * The same as long as nothing was imported, nobody was erased and features mean the same, so that a table of the same date need not be
 * computed again. Null where there are no imports: rows that came in some other way leave no trace of a change.
 */
export async function markOfRows(
  warehouse: Warehouse,
  sectors: readonly SectorClass[],
): Promise<string | null> {
  const imports = await warehouse.query<{ format: string | null }>(
    `SELECT import_id, format, CAST(imported_at AS TEXT) AS at, rows_in, stored, rejected FROM imports
     ORDER BY import_id, imported_at`,
  );
  if (imports.length === 0) return null;
  const [erased] = await warehouse.query<{ hashes: number }>('SELECT count(*) AS "hashes" FROM suppressed');
  const arrived = imports.filter(({ format }) => format === arrivedFormat);
  const filed: object[] = imports.filter(({ format }) => format !== arrivedFormat);
  // Who is erased leaves no import, and takes rows away all the same.
  if (erased!.hashes > 0) filed.push(erased!);
  return `${hashOf([catalogueVersion, sectors, filed])}.${hashOf(arrived)}`;
}

/** Whether marks differ by no more than events that arrived as they happened. */
export function sameFiles(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.split('.')[0] === other.split('.')[0];
}

function hashOf(rows: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

/** Gives a table, and what is known of it, another name; what had that name is gone. */
export async function renameFeatures(warehouse: Warehouse, from: string, to: string): Promise<void> {
  await dropFeatures(warehouse, to);
  await warehouse.execute(`ALTER TABLE ${from} RENAME TO ${to}`);
  await warehouse.execute('UPDATE feature_tables SET name = $2 WHERE name = $1', [from, to]);
}

export async function dropFeatures(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.execute(`DROP TABLE IF EXISTS ${table}`);
  await warehouse.execute('DELETE FROM feature_tables WHERE name = $1', [table]);
}
