import type { Sync, SyncRun } from '../activation/sync.ts';
import type { syncRuns, syncs } from './schema.ts';

/** Of a sync: "s-3". */
export const sayableSync = (id: number) => `s-${id}`;

/** 0, which no sync has, where it names none. */
export function syncNumber(id: string): number {
  const [, digits] = /^s-(\d{1,15})$/.exec(id) ?? [];
  return digits === undefined ? 0 : Number(digits);
}

export function toSync({ id, createdAt, endedAt, ...columns }: typeof syncs.$inferSelect): Sync {
  return {
    id: sayableSync(id),
    ...columns,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

export function toRun({
  sync,
  createdAt,
  approvedAt,
  finishedAt,
  retryAt,
  ...columns
}: typeof syncRuns.$inferSelect): SyncRun {
  return {
    ...columns,
    sync: sayableSync(sync),
    retryAt: retryAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
