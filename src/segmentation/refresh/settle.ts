import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Change } from './change.ts';
import { clear, pending, post } from './outbox.ts';
import type { RefreshRecord } from './record.ts';

interface Stores {
  warehouse: Warehouse;
  state: State;
}

/**
 * Hands over to the state what a transaction of the warehouse left for it, be it of this process or of one that was
 * killed. Runs first in whatever changes segments.
 */
export async function settle(warehouse: Warehouse, state: State): Promise<void> {
  if ((await pending(warehouse, state.owner)).length === 0) return;
  await warehouse.transaction(async tx => {
    for (const change of await pending(tx, state.owner)) await state.apply(change);
    await clear(tx, state.owner);
  });
}

/**
 * Changes segments: `work` writes to the warehouse what it decides by the history that it is given, in one transaction,
 * and the state takes the change over. Transactions take turns, so nobody decides by a history that is about to change. A
 * kill at any moment leaves all of it or nothing, or what `settle` completes.
 * Where `work` finds that there is nothing to change it returns null, having written nothing of the history.
 */
export async function changeHistory<Decided extends Change | null>(
  { warehouse, state }: Stores,
  work: (tx: Warehouse, history: readonly RefreshRecord[]) => Promise<Decided>,
): Promise<Decided> {
  for (;;) {
    await settle(warehouse, state);
    const done = await warehouse.transaction(async tx => {
      // Another server may have written, and not yet handed over, since this one looked.
      if ((await pending(tx, state.owner)).length > 0) return null;
      const change = await work(tx, await state.refreshes.list());
      if (change) await post(tx, state.owner, change);
      return { change };
    });
    if (!done) continue;
    await settle(warehouse, state);
    return done.change;
  }
}
