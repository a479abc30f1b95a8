import { isAbsolute } from 'node:path';
import postgres from 'postgres';
import { codeOf, InputError, OperatorError } from '../errors.ts';
import { asPostgresError, cannotOpen, serverAt } from '../postgres-errors.ts';
import type { Connection, Vendor } from './vendor.ts';

/** For one statement; a table of millions of rows without an index takes a while to sort. */
const statementTimeoutMs = 300_000;

/** Without it a text without parameters may be several statements. */
const oneStatement: postgres.UnsafeQueryOptions & { simple: false } = { prepare: false, simple: false };

/** Work in one transaction that sees the database as of one moment and can write nothing. */
export interface ReadOnlyDatabase {
  /** One statement with parameters, all text; more than one is refused. */
  query<Row extends object>(sql: string, params?: readonly (string | null)[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** @throws OperatorError where it cannot be opened */
export async function openReadOnly({ secrets }: Connection): Promise<ReadOnlyDatabase> {
  const url = secrets.url ?? '';
  const client = clientOf(url);
  try {
    await client.unsafe('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  } catch (error) {
    await client.end({ timeout: 1 });
    throw cannotOpen('the URL of the connection', url, error);
  }
  return {
    async query<Row extends object>(sql: string, params: readonly (string | null)[] = []) {
      try {
        // The extended protocol takes single statements: what comes after a semicolon is refused.
        return (await client.unsafe<Row[]>(sql, [...params], oneStatement)) as Row[];
      } catch (error) {
        throw told(serverAt(url), error);
      }
    },
    async close() {
      await client.end({ timeout: 5 });
    },
  };
}

/** Its errors for a URL that it cannot read hold the URL, and with it the password: nothing of them is passed on. */
function clientOf(url: string): postgres.Sql {
  try {
    return postgres(url, {
      max: 1,
      idle_timeout: 0,
      ...(/[?&]connect_timeout=/.test(url) ? {} : { connect_timeout: 8 }),
      fetch_types: false,
      onnotice: () => {},
      connection: {
        application_name: 'kindred',
        TimeZone: 'UTC',
        DateStyle: 'ISO',
        default_transaction_read_only: true,
        statement_timeout: statementTimeoutMs,
      },
    });
  } catch {
    throw new OperatorError(
      'The URL of the connection cannot be read.',
      'In the name and the password, write / as %2F, @ as %40, : as %3A, % as %25 and # as %23.',
    );
  }
}

/** Messages of the classes 22 and 23 quote cells, and with them people. */
function told(place: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === '57014')
    return new OperatorError(
      `${place} took longer than ${statementTimeoutMs / 60_000} minutes for a statement.`,
      'An index on the cursor column and the id column of the table makes it quick.',
    );
  if (/^2[23]/.test(code))
    return new InputError(
      `${place} cannot compute a column of the mapping (error ${code}).`,
      'Some row holds a value that a query of the mapping cannot convert; run the query in psql, which shows it.',
    );
  if (/^(42|0A)/.test(code) && code !== '42501')
    return new InputError(
      `${place} does not understand a query of the mapping: ${error instanceof Error ? error.message : code}`,
      'Correct the mapping. A query is one SELECT without a semicolon.',
    );
  return asPostgresError(place, error);
}

export const postgresVendor: Vendor = {
  name: 'postgres',
  title: 'Postgres tables',
  fields: [
    {
      id: 'url',
      label: 'URL',
      help: 'postgres://user:password@host:5432/database. A user that may only SELECT is enough, and best.',
      secret: true,
      problem: value => (/^postgres(ql)?:\/\//.test(value) ? null : 'does not begin with postgres://'),
    },
    {
      id: 'mapping',
      label: 'Mapping file',
      help: 'Absolute path of a JSON file: which table or query tells customers, orders and so on, by which columns.',
      secret: false,
      problem: value => (isAbsolute(value) ? null : 'is no absolute path'),
    },
  ],
  async test(connection) {
    const database = await openReadOnly(connection);
    try {
      const [found] = await database.query<{ who: string }>('SELECT current_user AS who');
      return { account: `${found?.who} on ${serverAt(connection.secrets.url ?? '')}`, missing: [] };
    } finally {
      await database.close();
    }
  },
};
