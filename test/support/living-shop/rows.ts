import type { Warehouse } from '../../../src/warehouse/port.ts';
import type { CanonicalTable } from '../../../src/warehouse/schema.ts';

type Cell = string | number | null;

/** Rows of the canonical tables, kept by column until they are appended. */
export interface Rows {
  /** Writes cells of the columns that `columnsOf` lists, in their order. */
  add(table: WrittenTable, ...cells: Cell[]): void;
  appendTo(warehouse: Warehouse): Promise<void>;
}

/** The columns that the living shop fills; all others stay NULL. */
const columnsOf = {
  customers: ['source', 'customer_id', 'profile_id', 'created_at', 'country', 'acquisition_channel'],
  orders: [
    'source',
    'order_id',
    'customer_id',
    'profile_id',
    'ordered_at',
    'total',
    'currency',
    'channel',
    'discount',
    'refunded',
    'refunded_at',
    'status',
  ],
  order_lines: [
    'source',
    'line_id',
    'order_id',
    'profile_id',
    'ordered_at',
    'sku',
    'product',
    'category',
    'quantity',
    'unit_price',
  ],
  events: [
    'source',
    'event_id',
    'customer_id',
    'profile_id',
    'occurred_at',
    'type',
    'session_id',
    'category',
    'sku',
    'origin',
  ],
  tickets: ['source', 'ticket_id', 'customer_id', 'profile_id', 'opened_at', 'kind', 'csat'],
} as const satisfies Partial<Record<CanonicalTable, readonly string[]>>;

type WrittenTable = keyof typeof columnsOf;
const writtenTables = Object.keys(columnsOf) as WrittenTable[];

export function createRows(): Rows {
  const columns = Object.fromEntries(
    writtenTables.map(table => [table, columnsOf[table].map((): Cell[] => [])]),
  ) as Record<WrittenTable, Cell[][]>;
  return {
    add(table, ...cells) {
      const filled = columns[table];
      for (let j = 0; j < filled.length; j++) filled[j]!.push(cells[j]!);
    },
    async appendTo(warehouse) {
      for (const table of writtenTables) {
        await warehouse.append(
          table,
          Object.fromEntries(columnsOf[table].map((name, j) => [name, columns[table][j]!])),
        );
      }
      await warehouse.execute(
        `INSERT INTO identities (source, source_id, profile_id, reason)
         SELECT places.source, customer_id, profile_id, 'own id'
         FROM customers CROSS JOIN (VALUES ('shop'), ('site'), ('klaviyo'), ('desk')) AS places(source)`,
      );
      const total = writtenTables.reduce((sum, table) => sum + columns[table][0]!.length, 0);
      await warehouse.append('imports', {
        import_id: ['living'],
        file: ['living-shop'],
        format: ['canonical'],
        imported_at: ['2020-01-01 00:00:00'],
        rows_in: [total],
        stored: [total],
        rejected: [0],
        already_there: [0],
      });
    },
  };
}
