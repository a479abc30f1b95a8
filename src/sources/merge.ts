import { identifier, literal, type Warehouse } from '../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../warehouse/schema.ts';

/** Rows of one canonical table that wait to be merged: a temporary table or view with `row_number`. */
export interface StagedRows {
  table: CanonicalTable;
  /** Its name in the store. */
  name: string;
  /** The canonical columns that it has. */
  columns: readonly string[];
  /** A blank cell leaves what is stored. */
  fills: boolean;
}

export interface Merged {
  added: number;
  changed: number;
  /** Rows that were stored already, with the same content. */
  same: number;
}

/**
 * Adds the rows whose id the source does not have yet and changes those whose content differs. What was there is
 * left in `seen_<table>` (row_number, changed). All SQL is read by DuckDB and Postgres alike.
 */
export async function mergeTable(tx: Warehouse, staged: StagedRows, source: string): Promise<Merged> {
  const { table, name, columns } = staged;
  const { id } = canonicalTables[table];
  const content = columns.filter(column => column !== id);
  const owner = ownerOf(table, source);
  const seen = `seen_${table}`;
  await tx.execute(`
    CREATE TEMP TABLE ${seen} AS
    SELECT s.row_number, ${differs(content, staged.fills)} AS changed
    FROM ${name} s JOIN ${table} t ON t.source = ${literal(source)} AND t.${id} = s.${id}`);
  const [counts] = await tx.query<{ same: number; changed: number }>(
    `SELECT count(*) FILTER (WHERE NOT changed) AS same, count(*) FILTER (WHERE changed) AS changed FROM ${seen}`,
  );
  const { same, changed } = counts!;
  if (changed > 0) {
    const values = content.map(column => {
      const value = staged.fills
        ? `coalesce(s.${identifier(column)}, ${table}.${identifier(column)})`
        : `s.${identifier(column)}`;
      return `${identifier(column)} = ${value}`;
    });
    const inherited = owner.columns.map(column => `${column.name} = ${column.value}`);
    await tx.execute(`
      UPDATE ${table} SET ${[...values, ...inherited].join(', ')}
      FROM ${name} s, ${seen} x, ${owner.from}
      WHERE x.row_number = s.row_number AND x.changed AND ${owner.on}
        AND ${table}.source = ${literal(source)} AND ${table}.${id} = s.${id}`);
    if (table === 'orders') await passOnToLines(tx, staged, source);
  }
  const target = ['source', ...columns, ...owner.columns.map(column => column.name)];
  const values = [
    literal(source),
    ...columns.map(column => `s.${identifier(column)}`),
    ...owner.columns.map(column => column.value),
  ];
  const known = same + changed > 0;
  const added = await tx.execute(`
    INSERT INTO ${table} (${target.map(identifier).join(', ')})
    SELECT ${values.join(', ')}
    FROM ${name} s JOIN ${owner.from} ON ${owner.on}
    ${known ? `LEFT JOIN ${seen} x ON x.row_number = s.row_number WHERE x.row_number IS NULL` : ''}`);
  return { added, changed, same };
}

/** Where profile_id comes from: the identity of the customer, or for a line its order, with the order's time. */
function ownerOf(
  table: CanonicalTable,
  source: string,
): { from: string; on: string; columns: { name: string; value: string }[] } {
  if (table === 'order_lines')
    return {
      from: 'orders o',
      on: `o.source = ${literal(source)} AND o.order_id = s.order_id`,
      columns: [
        { name: 'profile_id', value: 'o.profile_id' },
        { name: 'ordered_at', value: 'o.ordered_at' },
      ],
    };
  return {
    from: 'identities i',
    on: `i.source = ${literal(source)} AND i.source_id = s.customer_id`,
    columns: [{ name: 'profile_id', value: 'i.profile_id' }],
  };
}

function differs(columns: readonly string[], fills: boolean): string {
  const pairs = columns.map(column => {
    const name = identifier(column);
    const different = `s.${name} IS DISTINCT FROM t.${name}`;
    return fills ? `(s.${name} IS NOT NULL AND ${different})` : different;
  });
  return pairs.length > 0 ? pairs.join(' OR ') : 'false';
}

/** Lines carry the customer and the time of their order. */
async function passOnToLines(tx: Warehouse, { name }: StagedRows, source: string): Promise<void> {
  await tx.execute(`
    UPDATE order_lines SET profile_id = o.profile_id, ordered_at = o.ordered_at
    FROM orders o, ${name} s, seen_orders x
    WHERE x.row_number = s.row_number AND x.changed AND o.source = ${literal(source)} AND o.order_id = s.order_id
      AND order_lines.source = o.source AND order_lines.order_id = o.order_id`);
}

/**
 * The outcome of the file's rows where one row can feed several tables, or change what another row made
 * (`links`: row_number, table_name, target): a row counts as stored if anything it feeds is new or changed.
 */
export async function countOutcomes(
  tx: Warehouse,
  tables: readonly StagedRows[],
  links: string,
): Promise<{ stored: number; updated: number }> {
  const touched = tables.map(
    ({ table, name }) => `
      SELECT s.row_number, CAST(${literal(table)} AS TEXT) AS table_name, x.row_number IS NULL AS added
      FROM ${name} s LEFT JOIN seen_${table} x ON x.row_number = s.row_number
      WHERE x.row_number IS NULL OR x.changed`,
  );
  await tx.execute(`CREATE TEMP TABLE touched AS ${touched.join(' UNION ALL ')}`);
  const [counts] = await tx.query<{ stored: number; updated: number }>(`
    SELECT count(*) AS stored, count(*) FILTER (WHERE NOT added) AS updated
    FROM (SELECT row_number, bool_or(added) AS added
          FROM (SELECT row_number, added FROM touched
                UNION ALL
                SELECT l.row_number, t.added FROM ${links} l
                JOIN touched t ON t.table_name = l.table_name AND t.row_number = l.target) feeds
          GROUP BY row_number) outcomes`);
  return counts!;
}
