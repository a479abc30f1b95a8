import type { Suppression } from '../governance/suppression.ts';
import { reconcile } from '../sources/identities.ts';
import {
  erasedReason,
  externalId,
  orderOf,
  phoneOf,
  putOnList,
  suppressedList,
  tellsOfSuppressed,
} from '../sources/suppressed-rows.ts';
import { identifier, literal, type Warehouse } from '../warehouse/port.ts';
import { canonicalTables } from '../warehouse/schema.ts';
import type { Person } from './person.ts';

/** The tables that hold rows of profiles, those that were made at run time included. */
async function profileTables(warehouse: Pick<Warehouse, 'query'>): Promise<string[]> {
  const found = await warehouse.query<{ name: string }>(
    `SELECT DISTINCT table_name AS "name" FROM information_schema.columns
     WHERE column_name = 'profile_id' AND table_schema = current_schema() AND table_catalog = current_database()
     ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}

/** How many rows each table holds of a person. */
export async function countRows(
  warehouse: Pick<Warehouse, 'query'>,
  { profileId }: Pick<Person, 'profileId'>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  if (profileId === null) return counts;
  for (const table of await profileTables(warehouse)) {
    const [row] = await warehouse.query<{ rows: number }>(
      `SELECT count(*) AS "rows" FROM ${identifier(table)} WHERE profile_id = $1`,
      [profileId],
    );
    if (row!.rows > 0) counts[table] = row!.rows;
  }
  return counts;
}

/**
 * Removes a person from the warehouse and puts them on the list of those who are never stored again, in one transaction: what
 * is left is as if nothing of them had ever come. A second time it changes nothing.
 */
export async function eraseRows(
  tx: Warehouse,
  suppression: Suppression,
  person: Person,
  at: Date,
): Promise<Record<string, number>> {
  await suppress(tx, suppression, person, at);
  const removed: Record<string, number> = {};
  const took = (table: string, rows: number) => {
    if (rows > 0) removed[table] = (removed[table] ?? 0) + rows;
  };
  const profiles = [...new Set([...person.ids.map(({ source, id }) => `${source}/${id}`)])];
  if (person.profileId !== null) profiles.push(person.profileId);
  const list = profiles.map(literal).join(', ');
  if (list !== '') {
    took('versions', await forgetVersions(tx, list));
    const places = await placesOf(tx, list);
    for (const table of await profileTables(tx))
      took(table, await tx.execute(`DELETE FROM ${identifier(table)} WHERE profile_id IN (${list})`));
    for (const [table, gone] of places) took(table, await closeUp(tx, table, gone));
    await tx.execute('DELETE FROM kept_facts');
    await reconcile(tx);
  }
  took('rejects', await forgetRejects(tx, suppression));
  return removed;
}

async function suppress(tx: Warehouse, suppression: Suppression, person: Person, at: Date): Promise<void> {
  const { hash } = suppression;
  const hashes = [
    ...person.emails.map(email => hash('email', email)),
    ...person.phones.map(({ source, phone }) => hash('phone', phoneOf(source, phone))),
    ...person.ids.map(({ source, id }) => hash('id', `${source}/${id}`)),
    ...person.external.map(id => hash('id', externalId(id))),
    ...person.orders.map(({ source, id }) => hash('id', orderOf(source, id))),
  ];
  const known = await tx.query<{ hash: string }>('SELECT hash AS "hash" FROM suppressed');
  const there = new Set(known.map(row => row.hash));
  await putOnList(
    tx,
    suppression,
    [...new Set(hashes)].filter(one => !there.has(one)),
    at,
  );
}

async function forgetVersions(tx: Warehouse, profiles: string): Promise<number> {
  let removed = 0;
  for (const [table, { id }] of Object.entries(canonicalTables))
    removed += await tx.execute(
      `DELETE FROM versions WHERE table_name = ${literal(table)} AND EXISTS (
         SELECT 1 FROM ${table} AS t WHERE t.profile_id IN (${profiles}) AND t.source = versions.source AND t.${id} = versions.id)`,
    );
  return removed;
}

/** Rejected rows that tell of anybody on the list. */
async function forgetRejects(tx: Warehouse, suppression: Suppression): Promise<number> {
  const list = await suppressedList(tx, suppression);
  if (!list) return 0;
  const sources = await tx.query<{ source: string }>('SELECT DISTINCT source AS "source" FROM identities');
  const rows = await tx.query<{ id: string; row: number; content: string }>(
    `SELECT import_id AS "id", row_number AS "row", content AS "content" FROM rejects WHERE content <> ''`,
  );
  let removed = 0;
  for (const { id, row, content } of rows) {
    if (
      !['', ...sources.map(({ source }) => source)].some(source => tellsOfSuppressed(list, source, content))
    )
      continue;
    removed += await tx.execute(
      "UPDATE rejects SET content = '', reason = $3 WHERE import_id = $1 AND row_number = CAST($2 AS BIGINT)",
      [id, row, erasedReason],
    );
  }
  return removed;
}

/** Tables whose rows are numbered by the place of their profile, and the places that will be free. */
async function placesOf(tx: Warehouse, profiles: string): Promise<Map<string, number[]>> {
  const numbered = await tx.query<{ name: string }>(
    `SELECT DISTINCT table_name AS "name" FROM information_schema.columns WHERE column_name = 'place'
       AND table_schema = current_schema() AND table_catalog = current_database() ORDER BY 1`,
  );
  const withIds = new Set(await profileTables(tx));
  const free = new Map<string, number[]>();
  const names = numbered.map(({ name }) => name);
  for (const name of names.filter(name => withIds.has(name))) {
    const rows = await tx.query<{ place: number }>(
      `SELECT place AS "place" FROM ${identifier(name)} WHERE profile_id IN (${profiles}) ORDER BY place`,
    );
    if (rows.length > 0)
      free.set(
        name,
        rows.map(({ place }) => place),
      );
  }
  // What is known of buyers goes by the places of the standing features.
  const standing = free.get('features');
  if (standing) for (const name of names.filter(name => !withIds.has(name))) free.set(name, standing);
  return free;
}

/** Places are 0, 1, … without a gap: whoever stood behind moves up. Returns rows that had no id to be removed by. */
async function closeUp(tx: Warehouse, table: string, gone: readonly number[]): Promise<number> {
  const name = identifier(table);
  const list = gone.join(', ');
  const removed = await tx.execute(`DELETE FROM ${name} WHERE place IN (${list})`);
  const first = gone[0]!;
  const before = gone.map(place => `CASE WHEN -place > ${place} THEN 1 ELSE 0 END`).join(' + ');
  // By way of negative ones, as no place may be held twice for a moment either.
  await tx.execute(`UPDATE ${name} SET place = -place WHERE place > ${first}`);
  await tx.execute(`UPDATE ${name} SET place = -place - (${before}) WHERE place < 0`);
  return removed;
}
