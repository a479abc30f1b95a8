import { literal, type Warehouse } from '../../warehouse/port.ts';
import { timestamp } from '../refresh/timestamp.ts';
import type { ScoreColumns } from './score-columns.ts';

interface Of {
  /** The state whose scores they are. */
  owner: string;
  asOf: string;
}

/** Rows that cross into the store at once; larger arrays would lie about until the next full collection of garbage. */
const rowsAtOnce = 10_000;

/**
 * Writes everybody's scores of a date, inside a transaction, and lets go of those before the last two dates; scores that
 * the date had are replaced.
 */
export async function storeScores(tx: Warehouse, of: Of, columns: ScoreColumns): Promise<void> {
  const mine = `owner = ${literal(of.owner)}`;
  const at = timestamp(of.asOf);
  await tx.execute(`DELETE FROM scores WHERE ${mine} AND as_of >= ${at}`);
  for (let from = 0; from < columns.profileIds.length; from += rowsAtOnce) {
    const to = from + rowsAtOnce;
    const profileIds = columns.profileIds.slice(from, to);
    const rows: Record<string, ArrayLike<string | number | null>> = {
      owner: profileIds.map(() => of.owner),
      as_of: profileIds.map(() => `${of.asOf} 00:00:00`),
      profile_id: profileIds,
    };
    for (const [id, values] of Object.entries(columns.numbers))
      rows[id] = Array.from(values.subarray(from, to), value => (Number.isNaN(value) ? null : value));
    for (const [id, values] of Object.entries(columns.texts)) rows[id] = values.slice(from, to);
    await tx.append('scores', rows);
  }
  await tx.execute(`DELETE FROM scores WHERE ${mine} AND as_of < (
  SELECT max(as_of) FROM scores WHERE ${mine} AND as_of < ${at})`);
}

/**
 * Whether there are scores of a date: none where the shop has none (the record says why), and none until the next refresh
 * where the segments were last looked at by a version without predictions.
 */
export async function scoresStand(warehouse: Warehouse, owner: string, asOf: string): Promise<boolean> {
  const rows = await warehouse.query(
    `SELECT 1 AS one FROM scores WHERE owner = $1 AND as_of = ${timestamp(asOf)} LIMIT 1`,
    [owner],
  );
  return rows.length > 0;
}
