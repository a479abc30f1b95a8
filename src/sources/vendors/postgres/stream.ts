import { openReadOnly, type ReadOnlyDatabase } from '../../../vendors/postgres.ts';
import { identifier } from '../../../warehouse/port.ts';
import type { CanonicalTable } from '../../../warehouse/schema.ts';
import type { CanonicalRow, Cursor, Page, Stream } from '../../pull/source.ts';
import { readMapping } from './mapping.ts';
import { type Keyed, type Reading, readingOf } from './reading.ts';

const rowsOfPage = 2000;

/** A row may be committed a while after the time that it carries, by a transaction that took as long. */
const overlap = "interval '10 minutes'";

/** The rows of one canonical table, by the mapping; nothing where it does not name the table. */
export function streamOf(table: CanonicalTable): Stream {
  return {
    name: table,
    title: table.replace('_', ' '),
    async *pull(connection, given, platform): AsyncGenerator<Page> {
      const { tables, mark } = await readMapping(connection.settings.mapping ?? '');
      const mapped = tables[table];
      if (!mapped) return;
      const database = await openReadOnly(connection);
      try {
        const reading = await readingOf(database, table, mapped);
        let cursor = given?.mark === mark && given.complete !== true ? given : null;
        let fresh = true;
        for (;;) {
          platform.signal.throwIfAborted();
          const counted = fresh && cursor === null ? await count(database, reading) : null;
          const found = await page(database, reading, cursor, fresh);
          const last = found.at(-1);
          const complete = found.length < rowsOfPage;
          cursor = {
            mark,
            id: last?.id ?? (cursor?.id as string | undefined) ?? null,
            at: last?.at ?? (cursor?.at as string | undefined) ?? null,
            // Without a cursor column the next pull begins anew.
            complete: complete && reading.cursor === null,
          };
          yield {
            rows: { [table]: found.map(({ row }) => row) },
            received: found.length + (counted?.without ?? 0),
            leftOut: counted?.without
              ? [{ reason: 'no value in its id or cursor column', records: counted.without }]
              : [],
            cursor,
            ...(counted ? { expected: counted.all } : {}),
          };
          if (complete) return;
          fresh = false;
        }
      } finally {
        await database.close();
      }
    },
  };
}

interface Found {
  row: CanonicalRow;
  id: string;
  at: string | null;
}

/** Rows behind a cursor, in the order of the cursor column and the id; on a fresh start a little earlier once more. */
async function page(
  database: ReadOnlyDatabase,
  { from, select, id, cursor }: Reading,
  after: Cursor | null,
  fresh: boolean,
): Promise<Found[]> {
  const columns = Object.keys(select);
  const keys = cursor ? [cursor, id] : [id];
  const params: string[] = [];
  const bound = ({ type }: Keyed, value: unknown) => {
    params.push(String(value));
    return `CAST($${params.length}::text AS ${type})`;
  };
  const where = keys.map(({ column }) => `${column} IS NOT NULL`);
  if (after && after.id !== null) {
    if (cursor && fresh && cursor.isTime)
      where.push(`${cursor.column} >= ${bound(cursor, after.at)} - ${overlap}`);
    else
      where.push(
        `(${keys.map(({ column }) => column).join(', ')}) > (${keys.map(key => bound(key, key === id ? after.id : after.at)).join(', ')})`,
      );
  }
  const rows = await database.query<Record<string, string | boolean | null>>(
    `SELECT ${columns.map(column => `${select[column]} AS ${identifier(column)}`).join(', ')},
       ${id.column}::text AS "key id", ${cursor ? `${cursor.column}::text` : 'NULL'} AS "key at"
     FROM ${from} WHERE ${where.join(' AND ')}
     ORDER BY ${keys.map(({ column }) => `mapped.${column}`).join(', ')} LIMIT ${rowsOfPage}`,
    params,
  );
  return rows.map(({ 'key id': key, 'key at': at, ...row }) => ({
    row,
    id: String(key),
    at: at === null ? null : String(at),
  }));
}

async function count(
  database: ReadOnlyDatabase,
  { from, id, cursor }: Reading,
): Promise<{ all: number; without: number }> {
  const blank = [id, ...(cursor ? [cursor] : [])].map(({ column }) => `${column} IS NULL`).join(' OR ');
  const [found] = await database.query<{ all: string; without: string }>(
    `SELECT count(*)::text AS "all", count(*) FILTER (WHERE ${blank})::text AS "without" FROM ${from}`,
  );
  return { all: Number(found!.all), without: Number(found!.without) };
}
