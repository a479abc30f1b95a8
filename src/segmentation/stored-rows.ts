import { countRejects } from '../sources/rejects.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../warehouse/schema.ts';

/** How well a table is filled; shares are 0..1, and there are none where it holds no row. */
export interface TableMeasure {
  table: CanonicalTable;
  rows: number;
  blanks: { column: string; share: number }[];
}

export interface ImportSummary {
  files: number;
  rowsIn: number;
  stored: number;
  rejected: number;
  alreadyThere: number;
  /** Rows that were there before, or twice in a file, as a share of all rows. */
  duplicateShare: number;
  reasons: { reason: string; rows: number }[];
}

/** Columns that only link or date a row say nothing of how well it is filled. */
const links = new Set(['source', 'customer_id', 'profile_id', 'external_id', 'order_id', 'campaign_id']);
/** When what a row tells of happened. */
export const datedBy: Readonly<Record<CanonicalTable, string>> = {
  customers: 'created_at',
  orders: 'ordered_at',
  order_lines: 'ordered_at',
  events: 'occurred_at',
  tickets: 'opened_at',
  consents: 'stated_at',
};

/** Rows and blanks of each table; `seen` makes the condition that a row is dated before the as-of date. */
export async function measureTables(
  warehouse: Warehouse,
  seen: (at: string) => string,
): Promise<TableMeasure[]> {
  const measured: TableMeasure[] = [];
  for (const table of Object.keys(canonicalTables) as CanonicalTable[]) {
    const { id, columns } = canonicalTables[table];
    const names = Object.keys(columns).filter(name => name !== id && !links.has(name));
    const counts = names.map((name, i) => `count("${name}") AS filled_${i}`);
    const at = datedBy[table];
    const [row] = await warehouse.query<Record<string, number>>(
      `SELECT count(*) AS held, ${counts.join(', ')} FROM ${table} WHERE ${at} IS NULL OR ${seen(at)}`,
    );
    const rows = row?.held ?? 0;
    const share = (i: number) => (rows === 0 ? 0 : 1 - (row?.[`filled_${i}`] ?? 0) / rows);
    const blanks = rows === 0 ? [] : names.map((column, i) => ({ column, share: share(i) }));
    measured.push({ table, rows, blanks });
  }
  return measured;
}

/** What all imports together took in and left out. */
export async function summariseImports(warehouse: Warehouse): Promise<ImportSummary> {
  const [row] = await warehouse.query<{
    files: number;
    came: number;
    kept: number;
    refused: number;
    there: number;
  }>(
    `SELECT count(DISTINCT file) AS files, coalesce(sum(rows_in), 0) AS came, coalesce(sum(stored), 0) AS kept,
       coalesce(sum(rejected), 0) AS refused, coalesce(sum(already_there), 0) AS there FROM imports`,
  );
  const reasons = await countRejects(warehouse);
  const twice = reasons.reduce(
    (sum, { reason, rows }) => sum + (/duplicate|repeats|comes again/i.test(reason) ? rows : 0),
    0,
  );
  const { files = 0, came = 0, kept = 0, refused = 0, there = 0 } = row ?? {};
  return {
    files,
    rowsIn: came,
    stored: kept,
    rejected: refused,
    alreadyThere: there,
    duplicateShare: came === 0 ? 0 : (there + twice) / came,
    reasons,
  };
}
