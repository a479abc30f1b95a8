import { bind } from '../../features/as-of.ts';
import { cents, flag, seconds } from '../../features/expressions.ts';
import { isPurchase } from '../../features/purchases.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { type Member, RETENTION_DAYS, RETURN_DAYS } from './cohort.ts';

/** Customers of one arm of one segment who did the same. */
export interface Outcome {
  segment: string;
  arm: Member['arm'];
  returnsDue: boolean;
  retentionDue: boolean;
  /** Orders in the window, and what they brought after what was paid back in it. */
  orders: number;
  cents: number;
  /** Something of these orders came back within the days that are given to it. */
  returned: boolean;
  /** Ordered in the 90 days after the window. */
  retained: boolean;
  customers: number;
}

const table = 'lift_members';

/**
 * What became of the members of a cohort. Of people who turned out to be one the first assignment stands, as it does for the
 * sync itself: the lot is then as fair as it was, where to leave them out would take as many from each arm.
 */
export async function readOutcomes(
  warehouse: Warehouse,
  members: readonly Member[],
  { asOf, days }: { asOf: string; days: number },
): Promise<Outcome[]> {
  const segments = [...new Set(members.map(({ segment }) => segment))];
  const numbers = new Map(segments.map((segment, i) => [segment, i]));
  await warehouse.execute(`DROP TABLE IF EXISTS ${table}`);
  await warehouse.execute(
    `CREATE TEMP TABLE ${table} (profile_id TEXT, held_out BIGINT, segment BIGINT, assigned BIGINT, exposed BIGINT, returns_due BIGINT, retention_due BIGINT)`,
  );
  try {
    await warehouse.append(table, {
      profile_id: members.map(({ profileId }) => profileId),
      held_out: members.map(({ arm }) => Number(arm === 'holdout')),
      segment: members.map(({ segment }) => numbers.get(segment)!),
      assigned: members.map(({ assigned }) => assigned),
      exposed: members.map(({ exposed }) => Math.floor(exposed / 1000)),
      returns_due: members.map(({ returnsDue }) => Number(returnsDue)),
      retention_due: members.map(({ retentionDue }) => Number(retentionDue)),
    });
    if (warehouse.dialect.name === 'postgres') await warehouse.execute(`ANALYZE ${table}`);
    const rows = await warehouse.query<Record<string, number>>(outcomesSql(asOf, days));
    return rows.map(row => ({
      segment: segments[row.segment!]!,
      arm: row.held_out === 1 ? 'holdout' : 'treated',
      returnsDue: row.returns_due === 1,
      retentionDue: row.retention_due === 1,
      orders: row.orders!,
      cents: row.cents!,
      returned: row.returned === 1,
      retained: row.retained === 1,
      customers: row.customers!,
    }));
  } finally {
    await warehouse.execute(`DROP TABLE IF EXISTS ${table}`);
  }
}

function outcomesSql(asOf: string, days: number): string {
  const window = days * 86_400;
  const returning = window + RETURN_DAYS * 86_400;
  const keeping = window + RETENTION_DAYS * 86_400;
  const inWindow = `bought.at_second < m.exposed + ${window}`;
  const paidBack = (until: number) => `bought.refund_second < m.exposed + ${until}`;
  return bind(
    `WITH m AS (
  SELECT person AS profile_id, held_out, segment, exposed, returns_due, retention_due FROM (
    SELECT a.*, coalesce(i.profile_id, a.profile_id) AS person, row_number() OVER (
      PARTITION BY coalesce(i.profile_id, a.profile_id)
      ORDER BY assigned, CASE WHEN i.profile_id IS NULL THEN 0 ELSE 1 END, a.profile_id) AS place
    FROM ${table} a
    LEFT JOIN (SELECT source || '/' || source_id AS named, profile_id FROM identities
      WHERE profile_id <> source || '/' || source_id) AS i ON i.named = a.profile_id
  ) AS people WHERE place = 1
),
purchased AS (
  SELECT profile_id, source, order_id, ${seconds('ordered_at')} AS at_second, total, refunded,
    CASE WHEN refunded > 0 THEN coalesce(${seconds('refunded_at')}, 0) END AS refund_second
  FROM orders WHERE ordered_at < {as_of} AND ${isPurchase}
),
bought AS (
  SELECT p.*, m.exposed, m.held_out FROM m JOIN purchased p ON p.profile_id = m.profile_id
    AND p.at_second >= m.exposed AND p.at_second < m.exposed + ${keeping}
),
came_back AS (
  SELECT profile_id, source, order_id, min(coalesce(${seconds('returned_at')}, 0)) AS return_second
  FROM order_lines WHERE returned_quantity > 0 AND profile_id IN (SELECT profile_id FROM bought)
  GROUP BY profile_id, source, order_id
),
did AS (
  SELECT m.profile_id,
    sum(${flag(inWindow)}) AS orders,
    sum(CASE WHEN ${inWindow} THEN greatest(${cents('bought.total')}
      - CASE WHEN ${paidBack(window)} THEN ${cents('bought.refunded')} ELSE 0 END, 0) ELSE 0 END) AS cents,
    max(${flag(`${inWindow} AND (${paidBack(returning)} OR came_back.return_second < m.exposed + ${returning})`)}) AS returned,
    max(${flag(`NOT (${inWindow})`)}) AS retained
  FROM m JOIN bought ON bought.profile_id = m.profile_id
  LEFT JOIN came_back ON came_back.profile_id = bought.profile_id AND came_back.source = bought.source
    AND came_back.order_id = bought.order_id
  GROUP BY m.profile_id
)
SELECT m.segment, m.held_out, m.returns_due, m.retention_due, CAST(coalesce(did.orders, 0) AS BIGINT) AS orders,
  CAST(coalesce(did.cents, 0) AS BIGINT) AS cents, coalesce(did.returned, 0) AS returned,
  coalesce(did.retained, 0) AS retained, count(*) AS customers
FROM m LEFT JOIN did ON did.profile_id = m.profile_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
    asOf,
  );
}
