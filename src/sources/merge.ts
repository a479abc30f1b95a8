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
  /** Each row says by `<column> told` which columns it tells; what it does not tell leaves what is stored. */
  told?: boolean;
}

export interface Merged {
  added: number;
  changed: number;
  /** Rows that were stored already, with the same content. */
  same: number;
}

/**
 * Adds the rows whose id the source does not have yet and changes those whose content differs: what was imported last
 * stands. What was there is left in `seen_<table>` (row_number, changed). All SQL is read by DuckDB and Postgres alike.
 *
 * @throws Error (a defect of ours) where a row is neither added nor changed nor the same as before.
 */
export async function mergeTable(tx: Warehouse, staged: StagedRows, source: string): Promise<Merged> {
  const { table, name, columns } = staged;
  const { id } = canonicalTables[table];
  const content = columns.filter(column => column !== id);
  const owner = ownerOf(table, source);
  const seen = `seen_${table}`;
  await tx.execute(`
    CREATE TEMP TABLE ${seen} AS
    SELECT s.row_number, ${differs(content, staged)} AS changed
    FROM ${name} s JOIN ${table} t ON t.source = ${literal(source)} AND t.${id} = s.${id}`);
  const [counts] = await tx.query<{ came: number; same: number; differing: number }>(
    `SELECT (SELECT count(*) FROM ${name}) AS came, count(*) FILTER (WHERE NOT changed) AS same,
       count(*) FILTER (WHERE changed) AS differing FROM ${seen}`,
  );
  const { came, same, differing } = counts!;
  let changed = 0;
  if (differing > 0) {
    const values = content.map(column => `${identifier(column)} = ${newValue(column, staged)}`);
    const inherited = owner.columns.map(column => `${column.name} = ${column.value}`);
    changed = await tx.execute(`
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
  const known = same + differing > 0;
  const added = await tx.execute(`
    INSERT INTO ${table} (${target.map(identifier).join(', ')})
    SELECT ${values.join(', ')}
    FROM ${name} s JOIN ${owner.from} ON ${owner.on}
    ${known ? `LEFT JOIN ${seen} x ON x.row_number = s.row_number WHERE x.row_number IS NULL` : ''}`);
  if (added + changed + same !== came)
    throw new Error(
      `Of ${came} rows for ${table}, ${added} were added, ${changed} changed and ${same} were there already.`,
    );
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

function newValue(column: string, { table, fills, told }: StagedRows): string {
  const name = identifier(column);
  if (fills) return `coalesce(s.${name}, ${table}.${name})`;
  return told ? `CASE WHEN s.${toldOf(column)} THEN s.${name} ELSE ${table}.${name} END` : `s.${name}`;
}

/** The column that says whether a row tells another one. */
export function toldOf(column: string): string {
  return identifier(`${column} told`);
}

function differs(columns: readonly string[], { fills, told }: StagedRows): string {
  const pairs = columns.map(column => {
    const name = identifier(column);
    const different = `s.${name} IS DISTINCT FROM t.${name}`;
    if (fills) return `(s.${name} IS NOT NULL AND ${different})`;
    return told ? `(s.${toldOf(column)} AND ${different})` : different;
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

/** What became of the rows of a file that were not rejected. */
export interface Outcome {
  /** New rows and changed ones. */
  stored: number;
  /** The part of `stored` that changed what was there. */
  updated: number;
  alreadyThere: number;
}

/**
 * The outcome of the file's rows where one row can feed several tables, or change what another row made
 * (`links`: row_number, table_name, target): a row counts as stored if anything it feeds is new or changed.
 */
export async function countOutcomes(
  tx: Warehouse,
  tables: readonly StagedRows[],
  links: string,
): Promise<Outcome> {
  const fed = tables.map(
    ({ table, name }) => `
      SELECT s.row_number, CAST(${literal(table)} AS TEXT) AS table_name, x.row_number IS NULL AS added,
        coalesce(x.changed, TRUE) AS touched
      FROM ${name} s LEFT JOIN seen_${table} x ON x.row_number = s.row_number`,
  );
  await tx.execute(`CREATE TEMP TABLE fed AS ${fed.join(' UNION ALL ')}`);
  const [outcome] = await tx.query<Outcome>(`
    SELECT count(*) FILTER (WHERE touched) AS "stored", count(*) FILTER (WHERE touched AND NOT added) AS "updated",
      count(*) FILTER (WHERE NOT touched) AS "alreadyThere"
    FROM (SELECT row_number, bool_or(added) AS added, bool_or(touched) AS touched
          FROM (SELECT row_number, added, touched FROM fed
                UNION ALL
                SELECT l.row_number, f.added, f.touched FROM ${links} l
                JOIN fed f ON f.table_name = l.table_name AND f.row_number = l.target) feeds
          GROUP BY row_number) outcomes`);
  await tx.execute('DROP TABLE fed');
  return outcome!;
}
