import { joined } from './numeric-columns.ts';
import type { NumericColumns } from './port.ts';
import type { Session } from './postgres-session.ts';

const rowsAtOnce = 4096;
const booleanType = 16;

/**
 * Streams a SELECT into typed arrays by a cursor. The server packs a row's numbers as eight bytes each, so that
 * a row crosses as two values and no number is written and read as text.
 */
export async function readColumns(sql: Session, select: string): Promise<NumericColumns> {
  const described = (await sql.unsafe(`SELECT * FROM (${select}) AS described LIMIT 0`)).columns;
  const names = described.slice(1).map(({ name }) => name);
  const fields = described.map((_, i) => `c${i}`);
  const packed = described.slice(1).map(({ type }, j) => {
    const number = type === booleanType ? `c${j + 1}::int` : `c${j + 1}`;
    return `float8send(coalesce(${number}::float8, 'NaN'))`;
  });
  const rowSelect = `SELECT c0::text, ${packed.join(' || ') || 'NULL'} FROM (${select}) AS selected(${fields.join(', ')})`;

  const keys: string[] = [];
  const blocks: Float64Array[][] = names.map(() => []);
  for await (const rows of sql.unsafe(rowSelect).raw().cursor(rowsAtOnce)) {
    const block = names.map(() => new Float64Array(rows.length));
    for (let i = 0; i < rows.length; i++) {
      const [key, numbers] = rows[i] as unknown as (Buffer | null)[];
      if (!key) throw new Error('The first column must be text, not null.');
      keys.push(key.toString());
      // A bytea arrives as the text \x3ff0…
      const bytes = Buffer.from(numbers?.toString('latin1', 2) ?? '', 'hex');
      for (let j = 0; j < names.length; j++) block[j]![i] = bytes.readDoubleBE(8 * j);
    }
    for (let j = 0; j < names.length; j++) blocks[j]!.push(block[j]!);
  }
  return { keys, names, values: blocks.map(joined) };
}
