import type { Suppression } from '../governance/suppression.ts';
import { type FileReader, literal, type Warehouse } from '../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../warehouse/schema.ts';
import { ensureIdentities, hasForeignIds, reconcile } from './identities.ts';
import { countOutcomes, mergeTable, type Outcome, type StagedRows } from './merge.ts';
import type { TableRows } from './preset.ts';
import { forgetCells, type Reading, readCells } from './read-cells.ts';
import type { Mapping } from './recognise.ts';
import { collectRejects, countRejects, rejectRepeatedIds, rejectRows } from './rejected-rows.ts';
import { forgetErasedRejects, rejectErased, rejectRestOfErased } from './suppressed-cells.ts';
import { refuseErasedSince, type SuppressedList, suppressedList } from './suppressed-rows.ts';

/** What became of the rows of one file: rowsIn = stored + rejected + alreadyThere, each counted by itself. */
export interface FileReport extends Outcome {
  file: string;
  format: string;
  source: string;
  rowsIn: number;
  rejected: number;
  reasons: { reason: string; rows: number }[];
  /** Rows added to or changed in each canonical table. */
  tables: Partial<Record<CanonicalTable, number>>;
}

export interface FileImport extends Reading {
  suppression: Suppression | null;
  source: string;
  /** The same for the same content, format and source. */
  importId: string;
}

/** Imports one file, all or nothing. */
export async function importFile(warehouse: Warehouse, request: FileImport): Promise<FileReport> {
  const { reader } = warehouse;
  let report: FileReport;
  try {
    await readCells(reader, request);
    // Before the transaction: what a preset does to the cells cannot be done inside one.
    const erased = await suppressedList(warehouse, request.suppression);
    if (erased) await rejectErased(reader, request, erased);
    await prepare(reader, request.mapping);
    if (erased) await rejectRestOfErased(reader, request);
    report = await warehouse.transaction(async tx => {
      await refuseErasedSince(tx, erased);
      const stored = await store(tx, request, erased);
      await erased?.save(tx, new Date(request.importedAt));
      return stored;
    });
  } catch (error) {
    // A store that fails for good refuses this too; the first error is the one worth telling.
    await forgetCells(reader).catch(() => {});
    throw error;
  }
  await forgetCells(reader);
  return report;
}

async function prepare(reader: FileReader, { preset }: Mapping): Promise<void> {
  if (preset.prepare) return preset.prepare(reader);
  const [[table, rows]] = Object.entries(preset.tables) as [[CanonicalTable, TableRows]];
  await rejectRepeatedIds(reader, canonicalTables[table].id, rows);
}

async function store(tx: Warehouse, request: FileImport, erased: SuppressedList | null): Promise<FileReport> {
  const { mapping, source } = request;
  const staged = await stageTables(tx, mapping);
  const merged: FileReport['tables'] = {};
  let outcome: Outcome = { stored: 0, updated: 0, alreadyThere: 0 };
  const merge = async (rows: StagedRows) => {
    const { added, changed, same } = await mergeTable(tx, rows, source);
    merged[rows.table] = added + changed;
    outcome = { stored: added + changed, updated: changed, alreadyThere: same };
  };
  const customers = staged.filter(({ table }) => table === 'customers');
  const others = staged.filter(({ table }) => table !== 'customers');
  const newIds = await ensureIdentities(tx, source, staged);
  for (const rows of customers) await merge(rows);
  if ((merged.customers ?? 0) > 0 || (newIds > 0 && (await hasForeignIds(tx)))) await reconcile(tx);
  for (const rows of others) {
    if (rows.table === 'order_lines' && !staged.some(({ table }) => table === 'orders'))
      await rejectLinesWithoutOrder(tx, rows, source);
    await merge(rows);
  }
  if (mapping.preset.prepare) {
    await present(tx, 'staged_links', 'SELECT row_number, table_name, target FROM import_links');
    outcome = await countOutcomes(tx, staged, 'staged_links');
  }
  await collectRejects(tx.reader, request);
  if (erased) await forgetErasedRejects(tx.reader, request, erased);
  const reasons = await countRejects(tx.reader);
  const [rows] = await tx.reader.query<{ whole: number; malformed: number }>(
    `SELECT (SELECT count(*) FROM import_cells) AS whole, (SELECT count(*) FROM import_malformed) AS malformed`,
  );
  const rowsIn = rows!.whole + rows!.malformed;
  const rejected = reasons.reduce((sum, reason) => sum + reason.rows, 0);
  const report: FileReport = {
    file: request.path,
    format: mapping.preset.name,
    source,
    rowsIn,
    ...outcome,
    rejected,
    reasons,
    tables: merged,
  };
  const { stored, alreadyThere } = outcome;
  if (stored + rejected + alreadyThere !== rowsIn)
    throw new Error(
      `Of ${rowsIn} rows in ${request.path}, ${stored} were to be stored, ${rejected} rejected, ${alreadyThere} were there already.`,
    );
  await record(tx, request, report);
  await unstage(tx, staged);
  return report;
}

/** Makes the accepted rows of the reader visible in the store under `staged_<table>`. */
async function stageTables(tx: Warehouse, { preset, positions }: Mapping): Promise<StagedRows[]> {
  const staged: StagedRows[] = [];
  for (const table of Object.keys(canonicalTables) as CanonicalTable[]) {
    const rows = preset.tables[table];
    if (!rows) continue;
    // A column that the file does not have tells nothing, so it must not blank what is stored.
    const told = Object.entries(rows.columns).filter(([, expression]) => {
      const field = expression.replaceAll('"', '');
      return !(field in preset.fields) || positions[field] !== undefined;
    });
    const name = `staged_${table}`;
    const values = told.map(([column, expression]) => `${expression} AS "${column}"`);
    const rowNumber = rows.from ? 'row_number' : 'rowid + 1 AS row_number';
    await present(
      tx,
      name,
      `SELECT ${[rowNumber, ...values].join(', ')} FROM ${rows.from ?? 'import_cells WHERE reason IS NULL'}`,
    );
    staged.push({ table, name, columns: told.map(([column]) => column), fills: rows.fills ?? false });
  }
  return staged;
}

/** Where the reader is the store itself, a view saves a copy of all rows. */
async function present(tx: Warehouse, name: string, readerSql: string): Promise<void> {
  if (tx.dialect.name === 'duckdb') await tx.execute(`CREATE TEMP VIEW ${name} AS ${readerSql}`);
  else await tx.stage(name, readerSql);
}

async function unstage(tx: Warehouse, staged: readonly StagedRows[]): Promise<void> {
  const drop = (name: string) =>
    tx.dialect.name === 'duckdb' ? tx.execute(`DROP VIEW IF EXISTS ${name}`) : tx.unstage(name);
  for (const { name, table } of staged) {
    await drop(name);
    await tx.execute(`DROP TABLE IF EXISTS seen_${table}`);
  }
  for (const name of ['staged_links', 'staged_rejects']) await drop(name);
}

async function rejectLinesWithoutOrder(tx: Warehouse, { name }: StagedRows, source: string): Promise<void> {
  const orphans = await tx.columns(`
    SELECT CAST('' AS TEXT) AS key, s.row_number
    FROM ${name} s LEFT JOIN orders o ON o.source = ${literal(source)} AND o.order_id = s.order_id
    WHERE o.order_id IS NULL`);
  const rows = orphans.values[0]!;
  if (rows.length === 0) return;
  await rejectRows(tx.reader, rows, 'its order is not in the data (import the orders first)');
  // A copy does not follow the reader, as a view does.
  if (tx.dialect.name !== 'duckdb')
    await tx.execute(`
      DELETE FROM ${name} WHERE NOT EXISTS (
        SELECT 1 FROM orders o WHERE o.source = ${literal(source)} AND o.order_id = ${name}.order_id)`);
}

/** Importing a file again that changes nothing leaves no trace. */
async function record(tx: Warehouse, request: FileImport, report: FileReport): Promise<void> {
  const [before] = await tx.query<{ rejected: number }>(
    'SELECT rejected AS "rejected" FROM imports WHERE import_id = $1',
    [request.importId],
  );
  if (before?.rejected === report.rejected && report.stored === 0) return;
  await tx.execute('DELETE FROM imports WHERE import_id = $1', [request.importId]);
  await tx.execute('DELETE FROM rejects WHERE import_id = $1', [request.importId]);
  await tx.execute(
    `INSERT INTO imports (import_id, file, format, imported_at, rows_in, stored, rejected, already_there)
     VALUES ($1, $2, $3, CAST($4 AS TIMESTAMP), $5, $6, $7, $8)`,
    [
      request.importId,
      report.file,
      report.format,
      request.importedAt.replace('T', ' ').replace('Z', ''),
      report.rowsIn,
      report.stored,
      report.rejected,
      report.alreadyThere,
    ],
  );
  await present(tx, 'staged_rejects', 'SELECT row_number, reason, content FROM import_rejects');
  await tx.execute(
    `INSERT INTO rejects (import_id, file, row_number, reason, content)
     SELECT ${literal(request.importId)}, ${literal(report.file)}, row_number, reason, content FROM staged_rejects`,
  );
}
