import type { KnownMember, Member } from '../activation/destination.ts';
import type { syncChanges } from './schema.ts';

/** Changes of one kind that are told in one call. */
export type OutboxBatch = {
  /** The same whenever the call is made again. */
  id: string;
  run: number;
  /** How often this was claimed before. */
  earlier: number;
} & (
  | { action: 'add'; changes: OutboxChange<Member>[] }
  | { action: 'remove'; changes: OutboxChange<KnownMember>[] }
);

export interface OutboxChange<What> {
  id: number;
  profileId: string;
  kind: 'add' | 'update' | 'remove';
  attempts: number;
  member: What;
}

type Row = typeof syncChanges.$inferSelect;

/** Rows of one batch, in order. */
export function toBatch(run: number, rows: readonly Row[]): OutboxBatch {
  const [first] = rows;
  const id = first!.batch!;
  const shared = { id, run, earlier: first!.attempts - 1 };
  const changes = <What>(member: (row: Row) => What) =>
    rows.map(row => ({
      id: row.id,
      profileId: row.profileId,
      kind: row.action as 'add' | 'update' | 'remove',
      attempts: row.attempts,
      member: member(row),
    }));
  return first!.action === 'remove'
    ? {
        ...shared,
        action: 'remove',
        changes: changes(({ profileId, member }) => ({
          profileId,
          key: (member as { key: string }).key,
        })),
      }
    : { ...shared, action: 'add', changes: changes(({ member }) => member as Member) };
}

/** No two calls with other members have the same. */
export const nameOfBatch = (run: number, { id, attempts }: { id: number; attempts: number }) =>
  `kindred-${run}-${id}-${attempts}`;

/** The run of a batch, by which its rows are found. */
export const runOfBatch = (batch: string) => Number(batch.split('-')[1]);
