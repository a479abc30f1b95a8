import type { Warehouse } from '../../warehouse/port.ts';
import type { CanonicalTable } from '../../warehouse/schema.ts';
import { type AsOf, bind } from '../as-of.ts';

/** Rows of one kind that arrive from one source. */
export interface Flow {
  table: FlowTable;
  source: string;
  /** The type of event; null for other tables, and for all types together that are rare. */
  type: string | null;
  /** daily[d]: rows of the day that lies d + 1 days before the as-of date. */
  daily: Float64Array;
}

/** The tables that rows flow into, with the column that says when a row came to be. */
const times = {
  orders: 'ordered_at',
  order_lines: 'ordered_at',
  events: 'occurred_at',
  tickets: 'opened_at',
  customers: 'created_at',
  consents: 'stated_at',
} as const satisfies Partial<Record<CanonicalTable, string>>;

export type FlowTable = keyof typeof times;
export const flowTables = Object.keys(times) as FlowTable[];

/** A type of event with fewer rows than this a week is counted with the other rare ones. */
const rarePerWeek = 10;

/** A table's rows by day over the last weeks before a date; flows without a row in them are left out. */
export async function readFlows(
  warehouse: Warehouse,
  table: FlowTable,
  asOf: AsOf,
  weeks: number,
): Promise<Flow[]> {
  const flows = new Map<string, Flow>();
  const rows = await warehouse.query<{ source: string; type: string | null; day: number; rows: number }>(
    bind(flowSql(table, weeks), asOf),
  );
  for (const { source, type, day, rows: count } of rows) {
    const key = JSON.stringify([source, type]);
    const flow = flows.get(key) ?? { table, source, type, daily: new Float64Array(7 * weeks) };
    flows.set(key, flow);
    flow.daily[day - 1]! += count;
  }
  return [...flows.values()];
}

function flowSql(table: FlowTable, weeks: number): string {
  const at = times[table];
  const type = table === 'events' ? 'type' : 'CAST(NULL AS TEXT)';
  // Postgres takes a name in an expression to order by for the column before grouping, hence the outer SELECT.
  return `SELECT * FROM (
SELECT source AS "source", CASE WHEN total >= ${rarePerWeek * weeks} THEN type END AS "type", day AS "day",
  CAST(sum(day_rows) AS BIGINT) AS "rows"
FROM (SELECT coalesce(source, '') AS source, type, day, day_rows,
    sum(day_rows) OVER (PARTITION BY source, type) AS total
  FROM (SELECT source, ${type} AS type, CAST({as_of} AS DATE) - CAST(${at} AS DATE) AS day, count(*) AS day_rows
    FROM ${table}
    WHERE ${at} < {as_of} AND ${at} >= {as_of} - INTERVAL '${7 * weeks} days'
    GROUP BY 1, 2, 3) AS days) AS flows
GROUP BY 1, 2, 3) AS counted ORDER BY "source" COLLATE "C", "type" COLLATE "C" NULLS LAST, "day"`;
}
