import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface OrderRow {
  customer: string;
  at: string;
  total: number;
}

/** Writes orders.csv in canonical columns; returns the folder. */
export async function writeOrders(dir: string, rows: readonly OrderRow[]): Promise<string> {
  const lines = rows.map((row, i) => `O${i + 1},${row.customer},${row.at},${row.total.toFixed(2)},GBP`);
  return writeCsv(dir, 'orders.csv', 'order_id,customer_id,ordered_at,total,currency', lines);
}

export async function writeCsv(
  dir: string,
  name: string,
  header: string,
  lines: readonly string[],
): Promise<string> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, name), `${[header, ...lines].join('\n')}\n`);
  return dir;
}

/** n customers with the same two orders each. */
export function alike(n: number): OrderRow[] {
  return Array.from({ length: n }, (_, i) => [
    { customer: `C${i}`, at: '2026-01-05T10:00:00Z', total: 20 },
    { customer: `C${i}`, at: '2026-06-05T10:00:00Z', total: 20 },
  ]).flat();
}
