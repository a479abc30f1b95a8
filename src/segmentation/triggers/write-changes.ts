import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { TriggerChange } from './engine.ts';
import { restate } from './reconcile.ts';
import { timestampText } from './signals.ts';
import type { Trigger } from './trigger.ts';

interface Step {
  triggerId: string;
  profileId: string;
  /** Null where it only ends what stands open. */
  enteredAt: number | null;
  leftAt: number | null;
}

/**
 * Writes what the engine reports, in the order in which it reported it, up to `now` of the engine. Where it says that the
 * past may have changed, that customer's whole history is told from the events, which must be in the warehouse by now.
 * What stands already, because somebody has reconciled meanwhile, is left as it is.
 */
export async function writeChanges(
  tx: Warehouse,
  owner: string,
  triggers: readonly Trigger[],
  changes: readonly TriggerChange[],
  now: number,
): Promise<void> {
  if (changes.length === 0) return;
  const past = changes.filter(({ kind }) => kind === 'past');
  const retold = new Set(past.map(keyOf));
  const steps = stepsOf(changes.filter(change => change.kind !== 'past' && !retold.has(keyOf(change))));
  if (steps.length > 0) await writeSteps(tx, owner, steps);
  for (const trigger of triggers) {
    const profiles = [
      ...new Set(past.filter(({ triggerId }) => triggerId === trigger.id).map(p => p.profileId)),
    ];
    if (profiles.length === 0) continue;
    await tx.execute('CREATE TEMP TABLE retold_profiles AS SELECT profile_id FROM identities LIMIT 0');
    await tx.append('retold_profiles', { profile_id: profiles });
    await restate(tx, owner, trigger, now, 'retold_profiles');
    await tx.execute('DROP TABLE retold_profiles');
  }
}

const keyOf = ({ triggerId, profileId }: TriggerChange) => `${triggerId} ${profileId}`;

/** Entering and leaving take turns, so each pair is an interval; one that was open before may end, one may stay open. */
function stepsOf(changes: readonly TriggerChange[]): Step[] {
  const steps: Step[] = [];
  const open = new Map<string, Step>();
  for (const change of changes) {
    const { triggerId, profileId, at } = change;
    const key = keyOf(change);
    const known = open.get(key);
    if (change.kind === 'left' && known) {
      known.leftAt = at;
      open.delete(key);
      continue;
    }
    const entered = change.kind === 'entered';
    const step = { triggerId, profileId, enteredAt: entered ? at : null, leftAt: entered ? null : at };
    steps.push(step);
    if (entered) open.set(key, step);
  }
  return steps;
}

async function writeSteps(tx: Warehouse, owner: string, steps: readonly Step[]): Promise<void> {
  const text = (at: number | null) => (at === null ? null : timestampText(at));
  await tx.execute(
    'CREATE TEMP TABLE trigger_steps AS SELECT trigger_id, profile_id, entered_at, left_at FROM trigger_members LIMIT 0',
  );
  await tx.append('trigger_steps', {
    trigger_id: steps.map(({ triggerId }) => triggerId),
    profile_id: steps.map(({ profileId }) => profileId),
    entered_at: steps.map(({ enteredAt }) => text(enteredAt)),
    left_at: steps.map(({ leftAt }) => text(leftAt)),
  });
  const same = `m.owner = ${literal(owner)} AND m.trigger_id = s.trigger_id AND m.profile_id = s.profile_id`;
  await tx.execute(`
    UPDATE trigger_members AS m SET left_at = s.left_at FROM trigger_steps s
    WHERE ${same} AND s.entered_at IS NULL AND m.left_at IS NULL AND m.entered_at < s.left_at`);
  await tx.execute(`
    INSERT INTO trigger_members (owner, trigger_id, profile_id, entered_at, left_at)
    SELECT ${literal(owner)}, s.trigger_id, s.profile_id, s.entered_at, s.left_at FROM trigger_steps s
    WHERE s.entered_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM trigger_members m WHERE ${same} AND m.entered_at = s.entered_at)`);
  await tx.execute('DROP TABLE trigger_steps');
}
