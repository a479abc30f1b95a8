import type { Log } from '../../log.ts';
import type { OutboxBatch } from '../../state/outbox-rows.ts';
import type { ActivationContext } from '../context.ts';
import type { Target } from '../destination.ts';
import { type Reached, reach } from '../plan/reach.ts';
import type { Sync, SyncRun } from '../sync.ts';
import type { Delivered } from './deliver.ts';
import { failureOf, mostRefusals } from './failure.ts';
import { sendBatch } from './send-batch.ts';
import { refusedAll } from './settled.ts';

/** How long a call is taken for under way after the last word of whoever makes it, and how often they give one. */
const lease = { ms: 120_000, renewedEveryMs: 30_000 };

interface Delivery {
  signal: AbortSignal;
  log: Log;
  told: Delivered;
}

/** Sends what is due of one run, until nothing is, or the destination does not go along. */
export async function deliverRun(
  context: ActivationContext,
  run: SyncRun,
  { signal, log, told }: Delivery,
): Promise<void> {
  const state = await context.state();
  const sync = (await state.syncs.byId(run.sync))!;
  const { outbox, syncRuns } = state;
  const soon = (seconds: number) => new Date(context.now().getTime() + seconds * 1000).toISOString();
  const stall = async (error: unknown, batch?: OutboxBatch) => {
    if (signal.aborted) {
      if (batch) await outbox.postpone(batch.id, soon(0), 'does not count');
      return;
    }
    const { problem, retryIn, isBounded, isDefect } = failureOf(error, run.failures);
    const facts = { sync: sync.id, run: run.id, problem };
    if (isDefect) log.error({ ...facts, err: error }, 'a sync met a defect');
    else log.warn(facts, 'a sync does not go on for now');
    if (batch && isBounded && batch.earlier + 1 >= mostRefusals) {
      await outbox.settle(batch.id, refusedAll(batch, problem), context.now().toISOString());
      told.refused += batch.changes.length;
      return;
    }
    if (batch) await outbox.postpone(batch.id, soon(retryIn), isBounded ? 'counts' : 'does not count');
    await syncRuns.stall(run.id, problem, soon(retryIn));
    told.problems.push({ sync: sync.id, run: run.id, problem });
  };
  let reached: Reached;
  try {
    reached = await reach(context, sync.connection);
  } catch (error) {
    return stall(error);
  }
  const { destination } = reached;
  let target: Target | undefined;
  while (!signal.aborted) {
    const claim = { run: run.id, at: soon(0), until: soon(lease.ms / 1000), most: destination.batch };
    const batch = await outbox.claim(claim);
    if (!batch) break;
    const renewing = setInterval(() => {
      outbox
        .renew(batch.id, soon(lease.ms / 1000))
        .catch(error => log.warn({ err: error, run: run.id }, 'the claim on a batch could not be prolonged'));
    }, lease.renewedEveryMs);
    try {
      // Only where somebody comes: nobody has to be removed from a list that is not there.
      if (batch.action === 'add') target ??= await ensured(context, sync, reached, signal);
      await sendBatch(context, { sync, reached, target: target ?? sync.target, batch, signal, told });
    } catch (error) {
      await stall(error, batch);
      if (signal.aborted || told.problems.some(problem => problem.run === run.id)) break;
    } finally {
      clearInterval(renewing);
    }
  }
  const finished = await syncRuns.finish(run.id, context.now().toISOString());
  if (finished) told.finished.push({ sync: sync.id, run: run.id });
}

/** The list at the destination, which is made where it is not there yet; its id is kept. */
async function ensured(
  context: ActivationContext,
  { id, target }: Sync,
  { connection, destination }: Reached,
  signal: AbortSignal,
): Promise<Target> {
  const found = await destination.ensure(connection, target, context.platform(signal));
  if (found.id !== target.id || found.name !== target.name)
    await (await context.state()).syncs.setTarget(id, found);
  return found;
}
