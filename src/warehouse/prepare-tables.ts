import { type ColumnType, tables } from './schema.ts';

/** What opening a store gives to run SQL with. */
interface Session {
  query<Row extends object>(sql: string): Promise<Row[]>;
  execute(sql: string): Promise<unknown>;
}

/**
 * Makes the tables that are missing and adds the columns that tables of an older version lack. A kill midway leaves
 * what the next opening goes on from.
 *
 * @param text the store's type for TEXT columns
 */
export async function prepareTables({ query, execute }: Session, text = 'TEXT'): Promise<void> {
  const known = await query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_catalog = current_database() AND table_schema = current_schema()`,
  );
  const present = new Map<string, Set<string>>();
  for (const { table_name, column_name } of known)
    present.set(table_name, (present.get(table_name) ?? new Set()).add(column_name));

  const definition = ([column, type]: [string, ColumnType]) => `"${column}" ${type === 'TEXT' ? text : type}`;
  for (const [table, columns] of Object.entries(tables)) {
    const wanted = Object.entries(columns);
    const has = present.get(table);
    if (!has) {
      // It may be there after all: PostgreSQL lists only what the user has rights to.
      const list = wanted.map(definition).join(',\n  ');
      await execute(`CREATE TABLE IF NOT EXISTS ${table} (\n  ${list}\n)`);
      continue;
    }
    const missing = wanted.filter(([column]) => !has.has(column));
    // Memberships from before they were intervals tell neither since when nor of which state: nothing reads them.
    if (table === 'memberships' && missing.some(([column]) => column === 'owner'))
      await execute('DELETE FROM memberships');
    for (const column of missing)
      await execute(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${definition(column)}`);
  }
}
