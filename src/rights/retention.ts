import type { App } from '../app.ts';
import { farewellTypes, welcomeTypes } from '../features/engagement.ts';
import { list } from '../features/expressions.ts';
import { failureTypes } from '../features/sectors/plans.ts';
import { usageTypes } from '../features/sectors/usage.ts';
import { type RetainedKind, retainedKinds } from '../retention-config.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { continueErasures } from './erase.ts';

export interface RetentionReport {
  applied: boolean;
  kinds: { kind: RetainedKind; months: number | null; before: string | null; rows: Record<string, number> }[];
}

/** Events that features count however long ago they were, and what somebody said about mailings: they stay. */
const forGood = [...farewellTypes, ...welcomeTypes, ...failureTypes, ...usageTypes];

/**
 * What is older than it is to be kept: shown, or with `apply` removed. No feature of any date from now on counts what goes;
 * a refresh of a date in the past may.
 */
export async function retention(
  app: Pick<App, 'warehouse' | 'state' | 'now' | 'config'>,
  { apply, by }: { apply: boolean; by: string },
): Promise<RetentionReport> {
  const [warehouse, state] = [await app.warehouse(), await app.state()];
  const now = app.now();
  const kinds: RetentionReport['kinds'] = [];
  for (const kind of retainedKinds) {
    const months = app.config.keep[kind];
    const before = months === null ? null : monthsBefore(now, months);
    const rows =
      before === null
        ? {}
        : kind === 'events' || kind === 'rejects'
          ? await inWarehouse(warehouse, kind, before, apply)
          : await state.retention.before(kind, before, apply);
    kinds.push({ kind, months, before: before?.toISOString() ?? null, rows });
  }
  const gone = kinds.flatMap(({ rows }) => Object.entries(rows));
  if (apply && gone.length > 0)
    await state.audit.append({
      at: now.toISOString(),
      actor: by,
      action: 'rows.expired',
      subject: 'retention',
      details: { rows: Object.fromEntries(gone) },
    });
  return { applied: apply, kinds };
}

/** What the server does once a day: what has expired goes, and wishes to be forgotten go on. */
export async function dailyRights(app: App, signal: AbortSignal): Promise<string> {
  // First, as it waits for nobody.
  const { kinds } = await app.turns.take('a scheduled job', () =>
    retention(app, { apply: true, by: 'kindred' }),
  );
  const erasures = await continueErasures(app, signal);
  const rows = kinds.flatMap(kind => Object.values(kind.rows)).reduce((sum, count) => sum + count, 0);
  const waiting = erasures.filter(({ pending }) => pending.length > 0).length;
  return `rows that expired: ${rows}${waiting > 0 ? `; erasures that destinations have yet to confirm: ${waiting}` : ''}`;
}

async function inWarehouse(
  warehouse: Warehouse,
  kind: 'events' | 'rejects',
  before: Date,
  apply: boolean,
): Promise<Record<string, number>> {
  const moment = `TIMESTAMP '${before.toISOString().slice(0, 19).replace('T', ' ')}'`;
  const where =
    kind === 'events'
      ? `occurred_at < ${moment} AND lower(type) NOT IN ${list(forGood)}`
      : `import_id IN (SELECT import_id FROM imports WHERE imported_at < ${moment})`;
  const count = apply
    ? await warehouse.transaction(tx => tx.execute(`DELETE FROM ${kind} WHERE ${where}`))
    : (await warehouse.query<{ rows: number }>(`SELECT count(*) AS "rows" FROM ${kind} WHERE ${where}`))[0]!
        .rows;
  return count > 0 ? { [kind]: count } : {};
}

/** The same day of the month; the last where that month is shorter. */
function monthsBefore(now: Date, months: number): Date {
  const first = new Date(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1, now.getUTCHours(), now.getUTCMinutes()),
  );
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(now.getUTCDate(), last));
  return first;
}
