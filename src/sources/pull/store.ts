import type { Suppression } from '../../governance/suppression.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../../warehouse/schema.ts';
import { ensureIdentities, hasForeignIds, reconcile } from '../identities.ts';
import { mergeTable, type StagedRows } from '../merge.ts';
import { forgetCells } from '../read-cells.ts';
import { dropSuppressed } from '../suppressed-rows.ts';
import { keepVersions, markStale, noteOrderPages, orderPages, stageCurrent } from './current-rows.ts';
import { forgetRows, type ReadTable, readRows, rowsOf } from './read-rows.ts';
import { type RowFates, recordPulled } from './record.ts';
import { rejectOrphans, withoutSuppressed } from './rejects.ts';
import { removeGone, removeOldLines } from './removed-rows.ts';
import type { Page } from './source.ts';

export type { RowFates } from './record.ts';

export interface PulledPages {
  /** The namespace of their ids: the name of the connection. */
  source: string;
  /** How they came, for the list of imports. */
  format: string;
  /** One after the other: what a later one says of a row stands. Only the last may tell what is gone. */
  pages: readonly Pick<Page, 'rows' | 'gone'>[];
  /** ISO time. */
  at: string;
  /** Knows who was erased; of them nothing is stored. */
  suppression: Suppression | null;
}

/** One page, or what a message of the vendor tells; see `storePages`. */
export function storePulled(
  warehouse: Warehouse,
  { rows, gone, ...told }: Omit<PulledPages, 'pages'> & Pick<Page, 'rows' | 'gone'>,
): Promise<RowFates> {
  return storePages(warehouse, { ...told, pages: [gone ? { rows, gone } : { rows }] });
}

/**
 * Stores what a vendor told, in one transaction, with the promises of an import: each row has a fate, an id is stored once per
 * source, identities are reconciled, `imports` and `rejects` tell of it. What a row does not tell stays; a row that is
 * older than the stored one changes nothing; an order with its lines replaces them all. Stored again it changes nothing.
 */
export async function storePages(warehouse: Warehouse, pulled: PulledPages): Promise<RowFates> {
  if (pulled.pages.slice(0, -1).some(({ gone }) => gone))
    throw new Error('A page that tells what is gone must be the last of those that are stored together.');
  const read: ReadTable[] = [];
  try {
    for (const table of Object.keys(canonicalTables) as CanonicalTable[]) {
      const placed = rowsOf(pulled.pages, table);
      if (placed.length > 0) read.push(await readRows(warehouse.reader, table, placed, pulled.at));
    }
    return await warehouse.transaction(tx => store(tx, pulled, read));
  } finally {
    // A store that fails for good refuses this too; the first error is the one worth telling.
    await forget(warehouse, read).catch(() => {});
  }
}

async function forget({ reader }: Warehouse, read: readonly ReadTable[]): Promise<void> {
  await forgetCells(reader);
  await forgetRows(reader, read);
  await reader.execute(`DROP TABLE IF EXISTS ${orderPages}`);
}

async function store(tx: Warehouse, pulled: PulledPages, read: readonly ReadTable[]): Promise<RowFates> {
  const { source, pages, at, suppression } = pulled;
  const complete = pages.flatMap(({ rows }, page) => (rows.order_lines ? [page] : []));
  const staged = await stage(tx, source, read, complete);
  const accepted = await countAll(tx, staged);
  const dropped = await dropSuppressed(tx, suppression, source, staged, new Date(at));
  let stored = 0;
  let same = 0;
  const merge = async (rows: StagedRows) => {
    const merged = await mergeTable(tx, rows, source);
    await keepVersions(tx, source, rows);
    stored += merged.added + merged.changed;
    same += merged.same;
  };
  const newIds = await ensureIdentities(tx, source, staged);
  for (const rows of staged.filter(({ table }) => table === 'customers')) await merge(rows);
  if (stored > 0 || (newIds > 0 && (await hasForeignIds(tx)))) await reconcile(tx);
  const rejects = read.map(({ table, rejected }) => ({ table, rejected }));
  for (const rows of staged.filter(({ table }) => table !== 'customers')) {
    if (rows.table === 'order_lines')
      rejects.push({ table: rows.table, rejected: await rejectOrphans(tx, source, rows) });
    await merge(rows);
  }
  const lines = complete.length > 0 ? await removeOldLines(tx, source, staged) : 0;
  const gone = await removeGone(tx, source, pages.at(-1)?.gone ?? {}, at);
  const rejected = rejects.reduce((sum, { rejected }) => sum + rejected.length, 0) + dropped;
  const received = read.reduce((sum, one) => sum + one.received, 0) + gone.asked;
  const refused = read.reduce((sum, one) => sum + one.rejected.length, 0);
  // Rows that came too late, and those that a later one of the same pages told anew.
  const passed = read.reduce((sum, one) => sum + one.received, 0) - refused - accepted;
  const fates: RowFates = {
    received,
    stored: stored + gone.removed,
    alreadyThere: same + passed + gone.absent,
    rejected,
    removed: gone.removed + lines,
  };
  if (fates.stored + fates.alreadyThere + fates.rejected !== received)
    throw new Error(
      `Of ${received} rows, ${fates.stored} were stored, ${fates.rejected} rejected, ${fates.alreadyThere} were there already.`,
    );
  const kept = await withoutSuppressed(tx, suppression, source, numbered(read, rejects));
  await recordPulled(tx, pulled, fates, kept);
  for (const { table, name } of staged) {
    await tx.unstage(name);
    await tx.execute(`DROP TABLE IF EXISTS seen_${table}`);
  }
  return fates;
}

async function stage(
  tx: Warehouse,
  source: string,
  read: readonly ReadTable[],
  complete: readonly number[],
): Promise<StagedRows[]> {
  const staged: StagedRows[] = [];
  await noteOrderPages(tx, undefined, complete);
  for (const one of read) {
    await markStale(tx, source, one);
    if (one.table === 'orders') await noteOrderPages(tx, one, complete);
    staged.push(await stageCurrent(tx, one));
  }
  return staged;
}

async function countAll(tx: Warehouse, staged: readonly StagedRows[]): Promise<number> {
  let sum = 0;
  for (const { name } of staged) {
    const [found] = await tx.query<{ rows: number }>(`SELECT count(*) AS "rows" FROM ${name}`);
    sum += found!.rows;
  }
  return sum;
}

/** Numbered from 1 in the order of the tables. */
function numbered(
  read: readonly ReadTable[],
  rejects: readonly { table: CanonicalTable; rejected: ReadTable['rejected'] }[],
): { row: number; reason: string; content: string }[] {
  const before = (table: CanonicalTable) =>
    read
      .slice(
        0,
        read.findIndex(one => one.table === table),
      )
      .reduce((sum, { received }) => sum + received, 0);
  return rejects
    .flatMap(({ table, rejected }) => {
      const offset = before(table);
      return rejected.map(({ r, reason, content }) => ({ row: offset + r + 1, reason, content }));
    })
    .sort((a, b) => a.row - b.row);
}
