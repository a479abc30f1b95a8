import { type AsOf, bind } from '../../../../features/as-of.ts';
import type { SqlValue } from '../../../../warehouse/port.ts';
import { knownTable } from '../known.ts';
import type { Period, Range } from '../resolved.ts';

/** A query that is being written: its parameters, and the rows per profile that its conditions look at. */
export interface Query {
  asOf: AsOf;
  /** A parameter, with its type, so that both stores compare alike. */
  number(value: number): string;
  text(value: string): string;
  day(value: AsOf): string;
  /**
   * Joins rows that are one per profile at most to the buyers, and returns the name that their columns are under. The
   * same rows are joined once. `{as_of}` stands for the as-of date.
   */
  join(sql: string): string;
  /** What is known of a buyer beside features, and the name that its columns are under. */
  known(): string;
  /** What was written, as `WITH … SELECT profile_id, <columns> FROM <features> … <where>`. */
  write(columns: readonly string[], where: string): { sql: string; params: SqlValue[] };
}

/** The name of the feature table's row in conditions. */
export const buyer = 'buyer';

export function startQuery(table: string, asOf: AsOf): Query {
  const params: SqlValue[] = [];
  const joins = new Map<string, string>();
  let known = '';
  const parameter = (value: SqlValue, type: string) => `CAST($${params.push(value)} AS ${type})`;
  return {
    asOf,
    number: value => parameter(value, 'DOUBLE PRECISION'),
    text: value => parameter(value, 'TEXT'),
    // As text, so that no client reads it in the time zone of the machine.
    day: value => `CAST(${parameter(value, 'TEXT')} AS TIMESTAMP)`,
    join(sql) {
      const name = joins.get(sql) ?? `rows_${joins.size + 1}`;
      joins.set(sql, name);
      return name;
    },
    known() {
      known = `LEFT JOIN ${knownTable} AS known ON known.place = ${buyer}.place`;
      return 'known';
    },
    write(columns, where) {
      const ctes = [...joins].map(([sql, name]) => `${name} AS (\n${bind(sql, asOf)}\n)`);
      const text = [
        ctes.length > 0 ? `WITH ${ctes.join(',\n')}` : '',
        `SELECT ${[`${buyer}.profile_id`, ...columns].join(', ')}`,
        `FROM ${table} AS ${buyer}`,
        known,
        ...[...joins.values()].map(name => `LEFT JOIN ${name} ON ${name}.profile_id = ${buyer}.profile_id`),
        where,
      ];
      return { sql: text.filter(line => line !== '').join('\n'), params };
    },
  };
}

/** The condition that a value lies within a range; never NULL: a value that is missing lies in none. */
export function inRange(value: string, range: Range, query: Query): string {
  const bounds = [
    [range.atLeast, '>='],
    [range.atMost, '<='],
    [range.above, '>'],
    [range.below, '<'],
  ] as const;
  const conditions = bounds.flatMap(([bound, compares]) =>
    bound === undefined ? [] : [`${value} ${compares} ${query.number(bound)}`],
  );
  return `coalesce(${conditions.join(' AND ')}, FALSE)`;
}

/** The condition that a column holds one of the values. */
export function isOneOf(column: string, values: readonly string[], query: Query): string {
  return values.length === 0 ? 'FALSE' : `${column} IN (${values.map(query.text).join(', ')})`;
}

/** Conditions that a time lies before the as-of date, and within a period where one is given. */
export function inPeriod(at: string, period: Period | null, query: Query): string[] {
  return [
    `${at} < {as_of}`,
    ...(period?.since ? [`${at} >= ${query.day(period.since)}`] : []),
    ...(period?.until ? [`${at} < ${query.day(period.until)}`] : []),
  ];
}
