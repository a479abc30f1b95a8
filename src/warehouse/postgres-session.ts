import postgres, { type Sql } from 'postgres';
import { identifier } from './port.ts';

/** Holds all tables: a shop's own `orders` in the same database stay out of sight, and untouched. */
export const schemaName = 'kindred';

/** What runs SQL on the one connection: the session itself, or a transaction on it. */
export type Session = Pick<Sql, 'unsafe'>;

/**
 * Everything that is asked joins whole tables on equal keys. Of a table that was filled a moment ago PostgreSQL has no
 * statistics: it expects a few rows and would join them by nested loops, which at 100,000 customers is minutes.
 */
const planner = { enable_nestloop: 'off' };

/**
 * One session, because temporary tables belong to one, and never replaced for its age. Numbers, times and JSON
 * arrive as the port promises them, whatever the server's own settings are.
 */
export function openSession(url: string): Sql {
  const asText = (value: unknown) => String(value);
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    ...(/[?&]connect_timeout=/.test(url) ? {} : { connect_timeout: 8 }),
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: 'kindred',
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      search_path: schemaName,
      ...planner,
    },
    types: {
      exact: { to: 1700, from: [20, 1700], serialize: asText, parse: Number },
      date: { to: 1114, from: [1114, 1184], serialize: asText, parse: isoTime },
      day: { to: 1082, from: [1082], serialize: asText, parse: asText },
      json: { to: 114, from: [114, 3802], serialize: asText, parse: asText },
    },
  }) as unknown as Sql;
}

function isoTime(value: string): string {
  return `${value.replace(' ', 'T').replace(/\+00$/, '')}Z`;
}

/**
 * TEXT that sorts by code point, as DuckDB sorts it. Databases commonly sort by a language's rules, which
 * would make another customer the least and another row the first. Best is a collation that also lower-cases
 * all letters; "C" knows only A to Z.
 */
export async function byteOrderedText(sql: Session): Promise<string> {
  const [best] = await sql.unsafe<{ name: string }[]>(
    `SELECT collname AS name FROM pg_collation
     WHERE collname IN ('pg_c_utf8', 'C.utf8', 'C.UTF-8')
       AND collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))
     ORDER BY collname = 'pg_c_utf8' DESC, collname DESC LIMIT 1`,
  );
  return `TEXT COLLATE ${identifier(best?.name ?? 'C')}`;
}

/** Writers take turns, also those of other machines: the importer keeps ids unique by looking first. */
export async function oneWriter(tx: Session): Promise<void> {
  await tx.unsafe("SELECT pg_advisory_xact_lock(hashtext('kindred warehouse'))");
}
