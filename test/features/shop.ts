import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { literal, type Warehouse } from '../../src/warehouse/port.ts';
import type { CanonicalTable } from '../../src/warehouse/schema.ts';

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell | undefined>>;
/** Rows by table; a row names its profile as `profile_id`. */
export type Shop = Partial<Record<CanonicalTable | 'imports' | 'rejects' | 'identities', Row[]>>;

const batch = 500;

/** Writes the rows of a shop as they stand; columns that a row leaves out are NULL. */
export async function stock(warehouse: Warehouse, shop: Shop): Promise<void> {
  for (const [table, rows] of Object.entries(shop)) {
    const columns = [...new Set(rows.flatMap(row => Object.keys(row)))];
    for (let start = 0; start < rows.length; start += batch) {
      const values = rows
        .slice(start, start + batch)
        .map(row => `(${columns.map(column => cell(row[column] ?? null)).join(', ')})`);
      await warehouse.execute(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`);
    }
  }
}

/** Runs `work` over an in-memory warehouse that holds the shop. */
export async function withShop<T>(shop: Shop, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openDuckDb({ file: ':memory:', threads: 2 });
  try {
    await stock(warehouse, shop);
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

export function joined(shops: readonly Shop[]): Shop {
  const all: Shop = {};
  for (const shop of shops)
    for (const [table, rows] of Object.entries(shop)) {
      const name = table as keyof Shop;
      all[name] = [...(all[name] ?? []), ...rows];
    }
  return all;
}

function cell(value: Cell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return literal(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return `CAST('${value}' AS DOUBLE PRECISION)`;
  return String(value);
}
