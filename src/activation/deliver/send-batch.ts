import type { OutboxBatch, OutboxChange } from '../../state/outbox-rows.ts';
import type { ActivationContext } from '../context.ts';
import type { Member, Target } from '../destination.ts';
import type { Reached } from '../plan/reach.ts';
import type { Sync } from '../sync.ts';
import type { Delivered } from './deliver.ts';
import { leaving } from './leaving.ts';
import { whoMayNot } from './recheck.ts';
import { settledBy } from './settled.ts';

interface Sending {
  sync: Sync;
  reached: Reached;
  target: Target;
  batch: OutboxBatch;
  signal: AbortSignal;
  told: Delivered;
}

/** Makes the call of a batch that was claimed, and writes down what came of it. */
export async function sendBatch(context: ActivationContext, sending: Sending): Promise<void> {
  const { sync, reached, target, batch, signal, told } = sending;
  const { connection, destination } = reached;
  const { outbox } = await context.state();
  const platform = context.platform(signal);
  let changes: OutboxBatch['changes'] = batch.changes;
  let outcomes: Awaited<ReturnType<typeof destination.add>>;
  if (batch.action === 'add') {
    const going = await start(context, sending, batch.changes);
    if (going.length === 0) return;
    changes = going;
    const members = going.map(({ member }) => member);
    outcomes = await destination.add(connection, target, members, batch.id, platform);
  } else {
    const known = batch.changes.map(({ member }) => member);
    const members = await leaving(await context.state(), sync, destination, known);
    outcomes = await destination.remove(connection, target, members, batch.id, platform);
  }
  const at = context.now();
  const settled = settledBy(changes, outcomes, at);
  await outbox.settle(batch.id, settled, at.toISOString());
  for (const { kind } of settled) told[kind]++;
}

/** Looks at everybody once more, and notes who is about to arrive. */
async function start(
  context: ActivationContext,
  { sync, reached: { connection, destination }, batch, signal, told }: Sending,
  changes: readonly OutboxChange<Member>[],
): Promise<OutboxChange<Member>[]> {
  const state = await context.state();
  const ids = changes.map(({ profileId }) => profileId);
  const mayNot = await whoMayNot(context, sync, destination, ids, signal);
  const dropped: { id: number; profileId: string; reason: string }[] = [];
  const arriving: { profileId: string; key: string }[] = [];
  const going: OutboxChange<Member>[] = [];
  for (const change of changes) {
    const { id, profileId, kind, member } = change;
    const key = destination.keyOf(connection, member);
    const reason = mayNot.get(profileId) ?? ('cannot' in key ? key.cannot : null);
    if (reason !== null) dropped.push({ id, profileId, reason });
    else {
      going.push(change);
      if (kind === 'add' && 'key' in key) arriving.push({ profileId, key: key.key });
    }
  }
  // Whoever prolongs or postpones the call means it by this name.
  const started = await state.outbox.start(batch, dropped, arriving);
  batch.id = started.id;
  told.dropped += dropped.length;
  // An earlier try of this call may have put them there.
  const gone = dropped.map(({ profileId }) => profileId);
  const by = { at: context.now().toISOString(), by: 'kindred', reason: 'may be sent no more', sync: sync.id };
  if (gone.length > 0) await state.syncRuns.withdraw(gone, by);
  return going.filter(({ id }) => started.going.has(id));
}
