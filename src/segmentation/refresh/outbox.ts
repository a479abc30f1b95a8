import { plainJson } from '../../state/plain-json.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Change } from './change.ts';

/**
 * Leaves a change for the state, inside the transaction that it tells of. What the state could not keep fails here, where
 * the transaction can still be undone.
 */
export async function post(tx: Warehouse, owner: string, change: Change): Promise<void> {
  const body = JSON.stringify(plainJson(change, 'change'));
  await tx.execute('INSERT INTO outbox (owner, body) VALUES ($1, $2)', [owner, body]);
}

/** What the state of this owner has yet to take over. */
export async function pending(warehouse: Warehouse, owner: string): Promise<Change[]> {
  const rows = await warehouse.query<{ body: string }>('SELECT body FROM outbox WHERE owner = $1', [owner]);
  return rows.map(({ body }) => JSON.parse(body) as Change);
}

export async function clear(tx: Warehouse, owner: string): Promise<void> {
  await tx.execute('DELETE FROM outbox WHERE owner = $1', [owner]);
}
