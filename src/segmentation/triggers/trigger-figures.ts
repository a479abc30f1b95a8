import { literal, type Warehouse } from '../../warehouse/port.ts';
import { moment } from './signals.ts';
import { millisecondsPerDay } from './trigger.ts';

/** Counts as of a moment. Somebody may enter and leave several times. */
export interface TriggerFigures {
  /** ISO time. */
  asOf: string;
  members: number;
  /** In the last seven days. */
  entered: number;
  left: number;
  /** Days (UTC) of those seven on which somebody entered or left, the newest first. */
  days: { day: string; entered: number; left: number }[];
}

/** Days that the figures look back. */
const span = 7;

export async function triggerFigures(
  tx: Warehouse,
  { owner, id }: { owner: string; id: string },
  now: number,
): Promise<TriggerFigures> {
  const own = `owner = ${literal(owner)} AND trigger_id = ${literal(id)}`;
  const recent = (column: string) => `${column} > ${moment(now - span * millisecondsPerDay)}`;
  const steps = ['entered', 'left'].map(
    kind =>
      `SELECT CAST(CAST(${kind}_at AS DATE) AS TEXT) AS day, CAST('${kind}' AS TEXT) AS kind FROM trigger_members
       WHERE ${own} AND ${recent(`${kind}_at`)}`,
  );
  const days = await tx.query<TriggerFigures['days'][number]>(`
    SELECT day AS "day", count(*) FILTER (WHERE kind = 'entered') AS "entered", count(*) FILTER (WHERE kind = 'left') AS "left"
    FROM (${steps.join(' UNION ALL ')}) AS steps GROUP BY day ORDER BY day DESC`);
  const sum = (kind: 'entered' | 'left') => days.reduce((total, day) => total + day[kind], 0);
  return {
    asOf: new Date(now).toISOString(),
    members: (await countMembers(tx, owner)).get(id) ?? 0,
    entered: sum('entered'),
    left: sum('left'),
    days,
  };
}

/** How many are in each trigger; one in which nobody is has no entry. */
export async function countMembers(tx: Warehouse, owner: string): Promise<Map<string, number>> {
  const rows = await tx.query<{ id: string; members: number }>(
    `SELECT trigger_id AS "id", count(*) AS "members" FROM trigger_members
     WHERE owner = ${literal(owner)} AND left_at IS NULL GROUP BY trigger_id`,
  );
  return new Map(rows.map(({ id, members }) => [id, members]));
}
