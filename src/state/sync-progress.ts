import { count, eq } from 'drizzle-orm';
import type { Progressed } from '../activation/sync.ts';
import type { Database } from './database.ts';
import { syncChanges } from './schema.ts';

/** How far the changes of a run have come. */
export async function readProgress(db: Database, run: number): Promise<Progressed> {
  const { action, status, reason } = syncChanges;
  const rows = await db
    .select({ action, status, reason, customers: count() })
    .from(syncChanges)
    .where(eq(syncChanges.run, run))
    .groupBy(action, status, reason)
    .orderBy(action, status, reason);
  const sum = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((total, { customers }) => total + customers, 0);
  const done = (of: string) => sum(row => row.status === 'done' && row.action === of);
  const reasons = (of: string) => {
    const byReason = new Map<string, number>();
    for (const row of rows)
      if (row.status === of)
        byReason.set(row.reason ?? '', (byReason.get(row.reason ?? '') ?? 0) + row.customers);
    return [...byReason].map(([reason, customers]) => ({ reason, customers }));
  };
  return {
    waiting: sum(row => row.status === 'waiting' || row.status === 'sending'),
    done: { adds: done('add'), updates: done('update'), removes: done('remove') },
    refused: reasons('refused'),
    dropped: reasons('dropped'),
  };
}
