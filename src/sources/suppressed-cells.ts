import { type FileReader, identifier, literal } from '../warehouse/port.ts';
import type { Preset } from './preset.ts';
import type { Reading } from './read-cells.ts';
import {
  erasedReason,
  noteWho,
  type SuppressedList,
  tellsOfSuppressed,
  type Who,
} from './suppressed-rows.ts';

type Request = Pick<Reading, 'mapping'> & { source: string };

/** Rejects the rows of `import_cells` that are of erased people, whatever else is wrong with them. */
export async function rejectErased(
  reader: FileReader,
  { mapping: { preset }, source }: Request,
  list: SuppressedList,
): Promise<void> {
  const asked = whoIn(preset);
  await rejectNamed(reader, asked, source, list);
  const { customer, order } = asked;
  const telling = [
    ...(customer ? [`${customer} AS customer`] : []),
    ...(order && preset.tables.orders ? [`${order} AS "order"`] : []),
  ];
  if (telling.length === 0) return;
  const found = await reader.query<Who>(
    `SELECT DISTINCT ${telling.join(', ')} FROM import_cells WHERE reason = ${literal(erasedReason)}`,
  );
  for (const who of found) noteWho(list, source, who);
  // A row that says whose the account is may stand below one that names the account alone.
  if (found.length > 0) await rejectNamed(reader, asked, source, list);
}

async function rejectNamed(
  reader: FileReader,
  asked: Partial<Record<keyof Who, string>>,
  source: string,
  list: SuppressedList,
): Promise<void> {
  for (const [key, sql] of Object.entries(asked)) {
    const values = await reader.query<{ value: string }>(
      `SELECT DISTINCT ${sql} AS value FROM import_cells WHERE ${sql} IS NOT NULL`,
    );
    const named = values.filter(({ value }) => list.names(source, { [key]: value }));
    for (let start = 0; start < named.length; start += 1000) {
      const those = named.slice(start, start + 1000).map(({ value }) => literal(value));
      await reader.execute(
        `UPDATE import_cells SET reason = ${literal(erasedReason)} WHERE ${sql} IN (${those.join(', ')})`,
      );
    }
  }
}

/**
 * Rows of an order that do not say whose it is, and fell out with the row that does: nothing of them is kept either. For
 * after the preset's own work, which tells orders apart.
 */
export async function rejectRestOfErased(
  reader: FileReader,
  { mapping: { preset } }: Request,
): Promise<void> {
  const order = orderIn(preset);
  if (order === undefined) return;
  await reader.execute(
    `UPDATE import_cells SET reason = ${literal(erasedReason)} WHERE reason IS NOT NULL
       AND ${order} IN (SELECT ${order} FROM import_cells WHERE reason = ${literal(erasedReason)})`,
  );
}

/** Keeps nothing of rejected rows (`import_rejects`) that are of erased people, or only mention them. */
export async function forgetErasedRejects(
  reader: FileReader,
  { source }: Request,
  list: SuppressedList,
): Promise<void> {
  await reader.execute(`UPDATE import_rejects SET content = '' WHERE reason = ${literal(erasedReason)}`);
  const rest = await reader.query<{ row: number; content: string }>(
    `SELECT row_number AS row, content FROM import_rejects WHERE reason <> ${literal(erasedReason)}`,
  );
  const rows = rest.filter(({ content }) => tellsOfSuppressed(list, source, content)).map(({ row }) => row);
  if (rows.length > 0)
    await reader.execute(
      `UPDATE import_rejects SET content = '', reason = ${literal(erasedReason)} WHERE row_number IN (${rows.join(', ')})`,
    );
}

/** What says who a row is of, as SQL over `import_cells`. */
function whoIn(preset: Preset): Partial<Record<keyof Who, string>> {
  const { fields, tables } = preset;
  const simple = preset.prepare ? undefined : Object.values(tables)[0]?.columns;
  const of = (column: string): string | undefined =>
    simple?.[column] ?? (column in fields ? identifier(column) : undefined);
  const found = {
    customer: of('customer_id'),
    email: of('email'),
    phone: of('phone'),
    external: of('external_id'),
    order: orderIn(preset),
  };
  return Object.fromEntries(Object.entries(found).filter(([, sql]) => sql !== undefined));
}

function orderIn({ fields }: Preset): string | undefined {
  const field = ['order_id', 'invoice'].find(name => name in fields);
  return field && identifier(field);
}
