import type { RowFates } from './record.ts';

/** What a sync-in did. */
export interface SyncInReport {
  connections: readonly PulledConnection[];
}

export interface PulledConnection {
  name: string;
  vendor: string;
  streams: readonly PulledStream[];
  /** Why it did not come to its end: its later streams were not pulled. What came before is stored. */
  failed: { message: string; next: string } | null;
}

export interface PulledStream {
  stream: string;
  title: string;
  /** Records of the vendor that came now. */
  received: number;
  leftOut: readonly { reason: string; records: number }[];
  /** Of the rows that the records became. */
  rows: RowFates;
  /** Records since the stream was first pulled, and how many the vendor says that there are; null where it does not. */
  sinceBeginning: number;
  expected: number | null;
  complete: boolean;
}

export const noFates: RowFates = { received: 0, stored: 0, alreadyThere: 0, rejected: 0, removed: 0 };

export function addFates(one: RowFates, other: RowFates): RowFates {
  return {
    received: one.received + other.received,
    stored: one.stored + other.stored,
    alreadyThere: one.alreadyThere + other.alreadyThere,
    rejected: one.rejected + other.rejected,
    removed: one.removed + other.removed,
  };
}

export function addLeftOut(
  one: PulledStream['leftOut'],
  other: PulledStream['leftOut'],
): PulledStream['leftOut'] {
  const sums = new Map<string, number>();
  for (const { reason, records } of [...one, ...other])
    if (records > 0) sums.set(reason, (sums.get(reason) ?? 0) + records);
  return [...sums].map(([reason, records]) => ({ reason, records }));
}
