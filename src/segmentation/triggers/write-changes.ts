import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Engine, TriggerChange } from './engine.ts';
import { restate } from './reconcile.ts';
import { moment, timestampText } from './signals.ts';
import type { Trigger } from './trigger.ts';

interface Step {
  triggerId: string;
  profileId: string;
  /** Null where it only ends what stands open. */
  enteredAt: number | null;
  leftAt: number | null;
}

/** From `since` on all is told anew; what stood then ends at `until`, or goes on where that is null. */
interface Retelling {
  triggerId: string;
  profileId: string;
  since: number;
  until: number | null;
}

/**
 * Writes what the engine reports, in the order in which it reported it, up to its now. What stands already, because
 * somebody has reconciled meanwhile, is left as it is. Where the past may have changed, the engine tells it anew as far as
 * it knows it; beyond that the events do, which must be in the warehouse by now.
 */
export async function writeChanges(
  tx: Warehouse,
  owner: string,
  triggers: readonly Trigger[],
  engine: Engine,
  changes: readonly TriggerChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const pasts = new Map<string, TriggerChange>();
  for (const change of changes) {
    const known = pasts.get(keyOf(change));
    if (change.kind === 'past' && change.at < (known?.at ?? Number.POSITIVE_INFINITY))
      pasts.set(keyOf(change), change);
  }
  const steps = stepsOf(changes.filter(change => !pasts.has(keyOf(change))));
  const retellings: Retelling[] = [];
  const unknown: TriggerChange[] = [];
  for (const past of pasts.values()) {
    const { triggerId, profileId, at: since } = past;
    const intervals = engine.historySince(triggerId, profileId, since);
    if (!intervals) {
      unknown.push(past);
      continue;
    }
    const holds = intervals[0]?.enteredAt === since;
    retellings.push({ triggerId, profileId, since, until: holds ? intervals[0]!.leftAt : since });
    steps.push(...intervals.map(interval => ({ triggerId, profileId, ...interval })));
  }
  if (retellings.length > 0) await makeRoom(tx, owner, retellings);
  if (steps.length > 0) await writeSteps(tx, owner, steps);
  for (const trigger of triggers) {
    const profiles = unknown.filter(({ triggerId }) => triggerId === trigger.id).map(past => past.profileId);
    if (profiles.length === 0) continue;
    await tx.execute('CREATE TEMP TABLE retold_profiles AS SELECT profile_id FROM identities LIMIT 0');
    await tx.append('retold_profiles', { profile_id: profiles });
    await restate(tx, owner, trigger, engine.now(), 'retold_profiles');
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

const text = (at: number | null) => (at === null ? null : timestampText(at));

async function stage(tx: Warehouse, rows: readonly Step[]): Promise<void> {
  await tx.execute(
    'CREATE TEMP TABLE trigger_steps AS SELECT trigger_id, profile_id, entered_at, left_at FROM trigger_members LIMIT 0',
  );
  await tx.append('trigger_steps', {
    trigger_id: rows.map(({ triggerId }) => triggerId),
    profile_id: rows.map(({ profileId }) => profileId),
    entered_at: rows.map(({ enteredAt }) => text(enteredAt)),
    left_at: rows.map(({ leftAt }) => text(leftAt)),
  });
}

const same = (owner: string) =>
  `m.owner = ${literal(owner)} AND m.trigger_id = s.trigger_id AND m.profile_id = s.profile_id`;

/** Said beside each row's own bound, so that the store looks at the few members of that time before it joins. */
const earliest = (moments: readonly number[]) => moment(moments.reduce((a, b) => Math.min(a, b)));

async function makeRoom(tx: Warehouse, owner: string, retellings: readonly Retelling[]): Promise<void> {
  await stage(
    tx,
    retellings.map(({ since, until, ...whose }) => ({ ...whose, enteredAt: since, leftAt: until })),
  );
  const first = earliest(retellings.map(({ since }) => since));
  await tx.execute(`
    DELETE FROM trigger_members AS m USING trigger_steps s
    WHERE m.entered_at >= ${first} AND ${same(owner)} AND m.entered_at >= s.entered_at`);
  await tx.execute(`
    UPDATE trigger_members AS m SET left_at = s.left_at FROM trigger_steps s
    WHERE (m.left_at IS NULL OR m.left_at >= ${first}) AND ${same(owner)}
      AND (m.left_at IS NULL OR m.left_at >= s.entered_at)`);
  await tx.execute('DROP TABLE trigger_steps');
}

/** An interval that begins where one stands that did not end before is a part of it, and may end it. */
async function writeSteps(tx: Warehouse, owner: string, steps: readonly Step[]): Promise<void> {
  await stage(tx, steps);
  if (steps.some(({ leftAt }) => leftAt !== null))
    await tx.execute(`
      UPDATE trigger_members AS m SET left_at = s.left_at FROM trigger_steps s
      WHERE m.left_at IS NULL AND ${same(owner)}
        AND (s.entered_at IS NULL OR s.entered_at <= m.entered_at) AND m.entered_at < s.left_at`);
  const entered = steps.flatMap(({ enteredAt }) => enteredAt ?? []);
  if (entered.length > 0)
    await tx.execute(`
    INSERT INTO trigger_members (owner, trigger_id, profile_id, entered_at, left_at)
    SELECT ${literal(owner)}, s.trigger_id, s.profile_id, s.entered_at, s.left_at FROM trigger_steps s
    WHERE s.entered_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM trigger_members m
        WHERE (m.left_at IS NULL OR m.left_at > ${earliest(entered)}) AND ${same(owner)}
          AND m.entered_at <= s.entered_at AND (m.left_at IS NULL OR m.left_at > s.entered_at))`);
  await tx.execute('DROP TABLE trigger_steps');
}
