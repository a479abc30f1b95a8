import type { Log } from '../../log.ts';
import type { ActivationContext } from '../context.ts';
import type { SyncRun } from '../sync.ts';
import { deliverRun } from './deliver-run.ts';

/** What came of one look at the outbox. */
export interface Delivered {
  /** Members by what became of them. */
  done: number;
  refused: number;
  dropped: number;
  /** Not taken for now; tried again later. */
  again: number;
  /** Runs that came to their end. */
  finished: { sync: string; run: number }[];
  /** Why others do not go on for now. */
  problems: { sync: string; run: number; problem: string }[];
}

/**
 * Sends what is due, batch by batch. Runs of one connection go one after the other, those of others beside them. Killed
 * anywhere it goes on with the same batches. The stores are taken only for moments, never while a vendor is waited for.
 */
export async function deliverDue(
  context: ActivationContext,
  { signal, log }: { signal: AbortSignal; log: Log },
): Promise<Delivered> {
  const state = await context.state();
  const told: Delivered = { done: 0, refused: 0, dropped: 0, again: 0, finished: [], problems: [] };
  const byConnection = new Map<string, SyncRun[]>();
  for (const run of await state.syncRuns.due(context.now().toISOString())) {
    const { connection } = (await state.syncs.byId(run.sync))!;
    byConnection.set(connection, [...(byConnection.get(connection) ?? []), run]);
  }
  await Promise.all(
    [...byConnection.values()].map(async runs => {
      for (const run of runs) {
        if (signal.aborted) return;
        await deliverRun(context, run, { signal, log, told });
      }
    }),
  );
  return told;
}
