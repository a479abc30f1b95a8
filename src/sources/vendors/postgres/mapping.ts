import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../../../errors.ts';
import { type CanonicalTable, canonicalTables } from '../../../warehouse/schema.ts';

/** Where the rows of a canonical table are. */
export interface MappedTable {
  /** "orders", or with its schema "shop.orders". */
  table?: string | undefined;
  /** One SELECT, in place of a table. */
  query?: string | undefined;
  /** By canonical column, the column there; where absent, columns of the same names. */
  columns?: Readonly<Record<string, string>> | undefined;
  /** A column that grows with each change of a row, as updated_at; without one all rows are read each time. */
  cursor?: string | undefined;
}

export interface Mapping {
  tables: Partial<Record<CanonicalTable, MappedTable>>;
  /** Tells one mapping from another: what was pulled by an older one is pulled anew. */
  mark: string;
}

const shape = z.partialRecord(
  z.enum(Object.keys(canonicalTables) as [CanonicalTable, ...CanonicalTable[]]),
  z
    .strictObject({
      table: z.string().min(1).optional(),
      query: z.string().min(1).optional(),
      columns: z.record(z.string(), z.string().min(1)).optional(),
      cursor: z.string().min(1).optional(),
    })
    .refine(({ table, query }) => (table === undefined) !== (query === undefined), {
      message: 'needs either "table" or "query"',
    })
    .refine(({ query }) => query === undefined || isSelect(query), {
      message: '"query" must be one SELECT without a semicolon',
    }),
);

/** @throws InputError where the file cannot be read or says what no mapping can */
export async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch(error => {
    throw new InputError(
      `The mapping ${path} cannot be read.`,
      'Check its path, and that this user may read it.',
      { cause: error },
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong(path, (error as Error).message);
  }
  const read = shape.safeParse(json);
  if (!read.success) {
    const issue = read.error.issues[0]!;
    throw wrong(path, `${issue.path.join('.')}: ${issue.message}`);
  }
  if (Object.keys(read.data).length === 0) throw wrong(path, 'it names no table');
  const mark = createHash('sha256').update(JSON.stringify(read.data)).digest('hex').slice(0, 16);
  return { tables: read.data, mark };
}

function wrong(path: string, what: string): InputError {
  return new InputError(
    `The mapping ${path} is not one: ${what}`,
    `It is a JSON object with some of ${Object.keys(canonicalTables).join(', ')}, such as {"orders": {"table": "shop.orders", "columns": {"order_id": "id"}, "cursor": "updated_at"}}.`,
  );
}

/** The database refuses everything else as well; this only says so before it is asked. */
function isSelect(query: string): boolean {
  return /^\s*(select|with)\b/i.test(query) && !query.includes(';');
}
