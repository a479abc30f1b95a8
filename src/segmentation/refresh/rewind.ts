import { literal, type Warehouse } from '../../warehouse/port.ts';
import { timestamp } from './timestamp.ts';

/** Takes the history back to before a date, inside a transaction: what was decided on it or later is undone. */
export async function rewind(tx: Warehouse, owner: string, asOf: string): Promise<void> {
  const mine = `owner = ${literal(owner)}`;
  const at = timestamp(asOf);
  await tx.execute(`DELETE FROM memberships WHERE ${mine} AND valid_from >= ${at}`);
  await tx.execute(`UPDATE memberships SET valid_to = NULL WHERE ${mine} AND valid_to >= ${at}`);
  await tx.execute(`DELETE FROM placements WHERE ${mine} AND as_of >= ${at}`);
  await tx.execute(`DELETE FROM scores WHERE ${mine} AND as_of >= ${at}`);
}
