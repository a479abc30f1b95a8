import { literal, type Warehouse } from '../../../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../../../warehouse/schema.ts';
import { datedBy } from '../../stored-rows.ts';
import type { InTurn } from '../sensitive-review.ts';

/** What the stores hold of people, in numbers. */
export interface Holdings {
  /** People after their ids were joined. */
  people: number;
  /** Namespaces of ids, in byte order. */
  sources: { source: string; ids: number }[];
  imports: {
    format: string;
    files: number;
    rows: number;
    rejected: number;
    /** Days. */
    first: string;
    last: string;
  }[];
  tables: HeldTable[];
  /** People by what they said of marketing, in byte order. */
  consents: { channel: string; purpose: string; state: string; people: number }[];
  /** Accounts by whether they accept marketing; null where nothing is known. */
  acceptsMarketing: { accepts: boolean | null; accounts: number }[];
  /** Rows that Kindred made of each table of its own that has any. */
  derived: { table: string; rows: number }[];
}

export interface HeldTable {
  table: CanonicalTable;
  rows: number;
  /** Columns that hold something. */
  columns: string[];
  /** Days of the earliest and the latest row that has a date. */
  first: string | null;
  last: string | null;
}

/** Tables with a row per person or finer, of the state's own where they have an owner. */
const derived = ['memberships', 'placements', 'scores', 'trigger_members', 'rejects'];

/** @param inTurn has the stores for each table, and for all that is counted beside them */
export async function readHoldings(warehouse: Warehouse, owner: string, inTurn: InTurn): Promise<Holdings> {
  const tables: HeldTable[] = [];
  for (const table of Object.keys(canonicalTables) as CanonicalTable[])
    tables.push(await inTurn(() => readTable(warehouse, table)));
  return inTurn(async () => ({ tables, ...(await readRest(warehouse, owner)) }));
}

async function readRest(warehouse: Warehouse, owner: string): Promise<Omit<Holdings, 'tables'>> {
  const day = (column: string) => `CAST(CAST(${column} AS DATE) AS TEXT)`;
  const number = (sql: string) => `CAST(${sql} AS BIGINT)`;
  const made: Holdings['derived'] = [];
  for (const table of derived) {
    const mine = table === 'rejects' ? '' : ` WHERE owner = ${literal(owner)}`;
    const [row] = await warehouse.query<{ rows: number }>(`SELECT count(*) AS "rows" FROM ${table}${mine}`);
    made.push({ table, rows: row!.rows });
  }
  const [everybody] = await warehouse.query<{ people: number }>(
    'SELECT count(DISTINCT profile_id) AS people FROM identities',
  );
  return {
    people: everybody!.people,
    sources: await warehouse.query(
      'SELECT source, count(*) AS ids FROM identities GROUP BY source ORDER BY source COLLATE "C"',
    ),
    imports: await warehouse.query(
      `SELECT format, count(*) AS files, ${number('sum(stored)')} AS "rows", ${number('sum(rejected)')} AS rejected,
  ${day('min(imported_at)')} AS "first", ${day('max(imported_at)')} AS "last"
FROM imports GROUP BY format ORDER BY format COLLATE "C"`,
    ),
    consents: await warehouse.query(
      `SELECT channel, purpose, state, count(DISTINCT profile_id) AS people
FROM (SELECT coalesce(channel, '') AS channel, coalesce(purpose, '') AS purpose, coalesce(state, '') AS state, profile_id
  FROM consents) AS stated
GROUP BY channel, purpose, state ORDER BY channel COLLATE "C", purpose COLLATE "C", state COLLATE "C"`,
    ),
    acceptsMarketing: await warehouse.query(
      `SELECT accepts_marketing AS accepts, count(*) AS accounts FROM customers
GROUP BY accepts_marketing ORDER BY CASE WHEN accepts_marketing THEN 0 WHEN NOT accepts_marketing THEN 1 ELSE 2 END`,
    ),
    derived: made.filter(({ rows }) => rows > 0),
  };
}

/** Columns that say whose a row is are the same everywhere, and not told. */
const plumbing: readonly string[] = ['source', 'profile_id'];

async function readTable(warehouse: Warehouse, table: CanonicalTable): Promise<HeldTable> {
  const columns = Object.keys(canonicalTables[table].columns).filter(column => !plumbing.includes(column));
  const held = columns.map((column, i) => `count(${column}) AS c${i}`);
  const at = datedBy[table];
  const span = (name: string) => `CAST(CAST(${name}(${at}) AS DATE) AS TEXT)`;
  const [row] = await warehouse.query<Record<string, number | string | null>>(
    `SELECT count(*) AS n, ${span('min')} AS earliest, ${span('max')} AS latest, ${held.join(', ')} FROM ${table}`,
  );
  return {
    table,
    rows: Number(row!.n),
    columns: columns.filter((_, i) => Number(row![`c${i}`]) > 0),
    first: row!.earliest as string | null,
    last: row!.latest as string | null,
  };
}
