import type { Warehouse } from '../../warehouse/port.ts';
import { type AsOf, bind } from '../as-of.ts';

/** A column whose words say where something belongs or comes from. */
export interface TermField {
  table: 'order_lines' | 'orders' | 'customers' | 'events';
  column: string;
  /** The column that says when a row came to be. */
  at: string;
  /** Only rows of these types, where the table is of events. */
  types?: readonly string[];
}

/** How often the words of a field were written in each of the last weeks. */
export interface TermCounts {
  /** total[w]: rows that name any word, of the week that ended w weeks before the as-of date. */
  total: Float64Array;
  terms: { term: string; weekly: Float64Array }[];
}

/** A word with fewer rows than this in all weeks together is counted in the total only. */
const fewest = 20;

export async function readTerms(
  warehouse: Warehouse,
  field: TermField,
  asOf: AsOf,
  weeks: number,
): Promise<TermCounts> {
  const { table, column, at, types = [] } = field;
  // Postgres takes a name in an expression to order by for the column before grouping, hence the outer SELECT.
  const sql = `SELECT * FROM (SELECT CASE WHEN total >= ${fewest} THEN term END AS "term",
  CAST(floor(day / 7.0) AS BIGINT) AS "week", CAST(sum(day_rows) AS BIGINT) AS "rows"
FROM (SELECT term, day, day_rows, sum(day_rows) OVER (PARTITION BY term) AS total
  FROM (SELECT ${column} AS term, CAST({as_of} AS DATE) - CAST(${at} AS DATE) - 1 AS day, count(*) AS day_rows
    FROM ${table} WHERE ${column} <> '' AND ${within(field, weeks)} GROUP BY 1, 2) AS days) AS terms
GROUP BY 1, 2) AS counted ORDER BY "term" COLLATE "C" NULLS LAST, "week"`;
  const rows = await warehouse.query<{ term: string | null; week: number; rows: number }>(
    bind(sql, asOf),
    types,
  );
  const total = new Float64Array(weeks);
  const terms = new Map<string, Float64Array>();
  for (const { term, week, rows: count } of rows) {
    total[week]! += count;
    if (term === null) continue;
    const weekly = terms.get(term) ?? new Float64Array(weeks);
    terms.set(term, weekly);
    weekly[week]! += count;
  }
  return { total, terms: [...terms].map(([term, weekly]) => ({ term, weekly })) };
}

/** How many customers stand behind a word in the last week, and its first day within the last weeks. */
export async function readTerm(
  warehouse: Warehouse,
  field: TermField,
  term: string,
  asOf: AsOf,
  weeks: number,
): Promise<{ profiles: number; first: string }> {
  const { table, column, at, types = [] } = field;
  const sql = `SELECT CAST(CAST(min(${at}) AS DATE) AS TEXT) AS "first",
  count(DISTINCT CASE WHEN ${at} >= {as_of} - INTERVAL '7 days' THEN profile_id END) AS "profiles"
FROM ${table} WHERE ${column} = $${types.length + 1} AND ${within(field, weeks)}`;
  const [row] = await warehouse.query<{ profiles: number; first: string }>(bind(sql, asOf), [...types, term]);
  return row!;
}

function within({ table, at, types = [] }: TermField, weeks: number): string {
  const time = `${at} < {as_of} AND ${at} >= {as_of} - INTERVAL '${7 * weeks} days'`;
  return table === 'events' ? `${time} AND type IN (${types.map((_, i) => `$${i + 1}`).join(', ')})` : time;
}
