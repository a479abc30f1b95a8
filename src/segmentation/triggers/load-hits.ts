import type { Warehouse } from '../../warehouse/port.ts';
import type { Hit } from './engine.ts';
import { type HitRows, hitsSql, milliseconds, type Signals } from './signals.ts';

/** Events and orders that still count as of `now` or will, in the order in which they happened. */
export async function standingHits(tx: Warehouse, signals: Signals, now: number): Promise<Hit[]> {
  return read(tx, signals, i => ({ events: 'events', orders: true, after: now - signals.spans[i]! }));
}

/** Those of the events in `table` that meet a condition, in the order in which they happened. */
export async function arrivedHits(tx: Warehouse, signals: Signals, table: string): Promise<Hit[]> {
  return read(tx, signals, () => ({ events: table, orders: false }));
}

async function read(tx: Warehouse, { signals }: Signals, rows: (i: number) => HitRows): Promise<Hit[]> {
  if (signals.length === 0) return [];
  const parts = signals.map(
    (signal, i) =>
      `SELECT profile_id, ${i} AS signal, ${milliseconds('happened_at')} AS ms FROM (${hitsSql(signal, rows(i))}) AS hits_${i}`,
  );
  const { keys, values } = await tx.columns(parts.join(' UNION ALL '));
  const [signal, at] = values as [Float64Array, Float64Array];
  const hits = keys.map((profileId, i) => ({ profileId, signal: signal[i]!, at: at[i]! }));
  return hits.sort((a, b) => a.at - b.at);
}
