import { markOfRows } from '../../features/feature-store.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import { hitsSql, moment } from './signals.ts';
import { millisecondsPerDay, type Trigger, type TriggerCondition, toldSince } from './trigger.ts';

/**
 * Brings `trigger_members` of this owner to what the events and orders in the warehouse say as of `now` (milliseconds
 * since 1970), whatever was said before: who was in, from which moment to which. It depends on the rows and on `now` only,
 * so that it completes what a kill left, and a second time changes nothing. Where no rows have come since it was last told,
 * only those are looked at for whom time has changed something.
 */
export async function reconcileTriggers(
  tx: Warehouse,
  owner: string,
  triggers: readonly Trigger[],
  now: number,
): Promise<void> {
  const others =
    triggers.length > 0 ? ` AND trigger_id NOT IN (${triggers.map(({ id }) => literal(id)).join(', ')})` : '';
  await tx.execute(`DELETE FROM trigger_members WHERE owner = ${literal(owner)}${others}`);
  const told = await toldBefore(tx, owner);
  const rows = triggers.length > 0 ? await markOfRows(tx, []) : null;
  for (const trigger of triggers) {
    const { mark, until } = told.get(trigger.id) ?? { mark: null, until: now };
    if (mark !== null && mark === markOf(trigger, rows) && until <= now)
      await letPass(tx, owner, trigger, until, now);
    else await restate(tx, owner, trigger, now);
  }
  await noteTold(tx, owner, triggers, now);
}

/** Null where it cannot be said which rows there are. */
function markOf({ createdAt }: Trigger, rows: string | null): string | null {
  return rows === null ? null : `${rows} ${createdAt}`;
}

async function toldBefore(
  tx: Warehouse,
  owner: string,
): Promise<Map<string, { mark: string | null; until: number }>> {
  const rows = await tx.query<{ id: string; mark: string | null; until: string | null }>(
    `SELECT trigger_id AS "id", mark AS "mark", told_until AS "until" FROM watched WHERE owner = $1`,
    [owner],
  );
  return new Map(rows.map(({ id, mark, until }) => [id, { mark, until: Date.parse(until ?? '') }]));
}

/** Says that `trigger_members` is right as of `now` for the rows that are there. */
export async function noteTold(
  tx: Warehouse,
  owner: string,
  triggers: readonly Trigger[],
  now: number,
): Promise<void> {
  await tx.execute('DELETE FROM watched WHERE owner = $1', [owner]);
  if (triggers.length === 0) return;
  const rows = await markOfRows(tx, []);
  const values = triggers.map(trigger => {
    const mark = markOf(trigger, rows);
    return `(${literal(owner)}, ${literal(trigger.id)}, ${mark === null ? 'NULL' : literal(mark)}, ${moment(now)})`;
  });
  await tx.execute(`INSERT INTO watched (owner, trigger_id, mark, told_until) VALUES ${values.join(', ')}`);
}

/** Restates those of whom an event began to count, or ceased to, after `from`. */
async function letPass(
  tx: Warehouse,
  owner: string,
  trigger: Trigger,
  from: number,
  now: number,
): Promise<void> {
  const parts = trigger.rule.all.map((condition, c) => {
    const span = condition.withinDays * millisecondsPerDay;
    const hits = hitsSql(condition, { events: 'events', orders: true, after: from - span });
    return `SELECT profile_id FROM (${hits}) AS hits_${c} WHERE happened_at <= ${moment(now)}
      AND (happened_at > ${moment(from)} OR happened_at <= ${moment(now - span)})`;
  });
  await tx.execute(`CREATE TEMP TABLE passed_profiles AS ${parts.join(' UNION ')}`);
  const found = await tx.query('SELECT 1 AS "found" FROM passed_profiles LIMIT 1');
  if (found.length > 0) await restate(tx, owner, trigger, now, 'passed_profiles');
  await tx.execute('DROP TABLE passed_profiles');
}

/**
 * Whether any state that uses this warehouse has triggers: what is imported then has to be told to them. Saves those who
 * have none from opening the state.
 */
export async function anyWatched(warehouse: Warehouse): Promise<boolean> {
  return (await warehouse.query('SELECT 1 AS "found" FROM watched LIMIT 1')).length > 0;
}

/** The same for one trigger, and where `profiles` names a table of them, for these customers only. */
export async function restate(
  tx: Warehouse,
  owner: string,
  trigger: Trigger,
  now: number,
  profiles?: string,
): Promise<void> {
  const own = `owner = ${literal(owner)} AND trigger_id = ${literal(trigger.id)}`;
  const those = profiles === undefined ? '' : ` AND profile_id IN (SELECT profile_id FROM ${profiles})`;
  await tx.execute(`CREATE TEMP TABLE told_members AS ${intervalsSql(trigger, now, profiles)}`);
  // Only what differs is written: mostly nothing does.
  const same = `t.profile_id = m.profile_id AND t.entered_at = m.entered_at AND t.left_at IS NOT DISTINCT FROM m.left_at`;
  await tx.execute(`
    DELETE FROM trigger_members AS m WHERE ${own}${those}
      AND NOT EXISTS (SELECT 1 FROM told_members t WHERE ${same})`);
  await tx.execute(`
    INSERT INTO trigger_members (owner, trigger_id, profile_id, entered_at, left_at)
    SELECT ${literal(owner)}, ${literal(trigger.id)}, t.profile_id, t.entered_at, t.left_at FROM told_members t
    WHERE NOT EXISTS (SELECT 1 FROM trigger_members m WHERE ${own} AND ${same})`);
  await tx.execute('DROP TABLE told_members');
}

/**
 * A SELECT of profile_id, entered_at, left_at. Each event adds one to the count of a condition when it happens and takes
 * it away when its days are over; sums of whole numbers in the order of the moments are the counts at each.
 */
function intervalsSql(trigger: Trigger, now: number, profiles: string | undefined): string {
  const { all } = trigger.rule;
  const since = toldSince(trigger);
  const hits = all.map((condition, c) => {
    const after = since - condition.withinDays * millisecondsPerDay;
    const rows = { events: 'events', orders: true, after, ...(profiles === undefined ? {} : { profiles }) };
    return `hits_${c} AS (${hitsSql(condition, rows)})`;
  });
  const deltas = all.flatMap(({ withinDays }, c) => {
    const step = (value: number) => all.map((_, i) => `${i === c ? value : 0} AS d_${i}`).join(', ');
    const over = `happened_at + INTERVAL '${withinDays} days'`;
    return [
      `SELECT profile_id, greatest(happened_at, ${moment(since)}) AS moment, ${step(1)} FROM hits_${c} WHERE happened_at <= ${moment(now)}`,
      `SELECT profile_id, ${over}, ${step(-1)} FROM hits_${c} WHERE ${over} <= ${moment(now)}`,
    ];
  });
  const each = (write: (c: number) => string) => all.map((_, c) => write(c)).join(', ');
  return `
    WITH ${hits.join(', ')},
    moments AS (
      SELECT profile_id, moment, ${each(c => `sum(d_${c}) AS d_${c}`)} FROM (${deltas.join(' UNION ALL ')}) AS deltas
      GROUP BY profile_id, moment
    ),
    counts AS (
      SELECT profile_id, moment, ${each(c => `sum(d_${c}) OVER history AS n_${c}`)} FROM moments
      WINDOW history AS (PARTITION BY profile_id ORDER BY moment ROWS UNBOUNDED PRECEDING)
    ),
    states AS (SELECT profile_id, moment, ${all.map(holds).join(' AND ')} AS inside FROM counts),
    flips AS (
      SELECT profile_id, moment, inside FROM (
        SELECT profile_id, moment, inside, lag(inside) OVER (PARTITION BY profile_id ORDER BY moment) AS before FROM states
      ) AS followed WHERE inside <> coalesce(before, FALSE)
    )
    SELECT profile_id, moment AS entered_at, until AS left_at FROM (
      SELECT profile_id, moment, inside, lead(moment) OVER (PARTITION BY profile_id ORDER BY moment) AS until FROM flips
    ) AS intervals WHERE inside`;
}

function holds({ atLeast, atMost }: TriggerCondition, c: number): string {
  return atLeast === undefined ? `n_${c} <= ${atMost}` : `n_${c} >= ${atLeast}`;
}
