import type { DuckDb } from './duckdb.ts';
import { overConnection } from './duckdb.ts';
import { appendColumns } from './duckdb-columns.ts';
import { identifier } from './port.ts';
import type { Session } from './postgres-session.ts';

const staging = 'export_rows';

/** Carries a SELECT into the transient DuckDB as text, gives it its types back there, and writes the file. */
export async function exportRows(sql: Session, db: DuckDb, select: string, file: string): Promise<number> {
  const columns = await describe(sql, select);
  const reader = overConnection(db);
  const fields = columns.map((_, i) => `c${i}`);
  await reader.execute(
    `CREATE OR REPLACE TEMP TABLE ${staging} (${fields.map(field => `${field} VARCHAR`).join(', ')})`,
  );
  try {
    for await (const rows of sql.unsafe(select).raw().cursor(2048)) {
      const texts = columns.map((_, j) => rows.map(row => row[j]?.toString() ?? null));
      await appendColumns(db.connection, staging, texts);
    }
    const typed = columns.map(
      ({ name, type }, i) => `CAST(${fields[i]} AS ${duckDbType(type)}) AS ${identifier(name)}`,
    );
    return await reader.exportTo(`SELECT ${typed.join(', ')} FROM ${staging} ORDER BY rowid`, file);
  } finally {
    await reader.execute(`DROP TABLE IF EXISTS ${staging}`);
  }
}

/** Names and full types of a SELECT's columns; a view is what makes PostgreSQL tell a NUMERIC's scale. */
async function describe(sql: Session, select: string): Promise<{ name: string; type: string }[]> {
  await sql.unsafe(`CREATE OR REPLACE TEMP VIEW kindred_export AS ${select}`);
  const columns = await sql.unsafe<{ name: string; type: string }[]>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = 'pg_temp.kindred_export'::regclass AND attnum > 0 ORDER BY attnum`,
  );
  await sql.unsafe('DROP VIEW pg_temp.kindred_export');
  return [...columns];
}

function duckDbType(type: string): string {
  if (type.startsWith('numeric(')) return type.replace('numeric', 'DECIMAL');
  return typeNames[type] ?? 'VARCHAR';
}

const typeNames: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  'double precision': 'DOUBLE',
  numeric: 'DOUBLE',
  date: 'DATE',
  'timestamp without time zone': 'TIMESTAMP',
  'timestamp with time zone': 'TIMESTAMPTZ',
};
