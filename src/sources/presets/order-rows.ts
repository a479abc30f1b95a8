import type { FileReader } from '../../warehouse/port.ts';
import type { Check, Preset, TableRows } from '../preset.ts';
import { rejectExactRepeats } from './repeats.ts';

/**
 * Order exports with a row per line item. The cells of the order itself are blank on the rows after the first
 * ('blank'), or said again on each row ('repeated').
 */
export type Continuation = 'blank' | 'repeated';

export const orderChecks: readonly Check[] = [
  { when: 'total < 0', reason: '{total} is negative' },
  { when: 'refunded < 0', reason: '{refunded} is negative' },
  { when: 'quantity < 0', reason: '{quantity} is negative' },
  { when: 'unit_price < 0', reason: '{unit_price} is negative' },
];

/** The tables that `prepareOrders` leaves. */
export const orderTables: Preset['tables'] = {
  customers: rows(
    'import_customers',
    ['customer_id', 'email', 'phone', 'country', 'accepts_marketing'],
    true,
  ),
  orders: rows('import_orders', [
    'order_id',
    'customer_id',
    'ordered_at',
    'total',
    'currency',
    'channel',
    'discount',
    'refunded',
    'coupon_code',
    'status',
  ]),
  // What is worked out here has a name of its own, because a field that the file lacks tells nothing.
  order_lines: {
    from: 'import_lines',
    columns: {
      line_id: 'line_id',
      order_id: 'order_id',
      sku: 'item',
      product: 'product',
      category: 'category',
      quantity: 'bought',
      unit_price: 'price',
      returned_quantity: 'returned_quantity',
    },
  },
};

export function rows(from: string, columns: readonly string[], fills = false): TableRows {
  return { from, columns: Object.fromEntries(columns.map(column => [column, column])), fills };
}

/** `status` is the SQL for the status of an order. The customer is who the e-mail says, else the phone. */
export function prepareOrders(
  continuation: Continuation,
  status: string,
): (reader: FileReader) => Promise<void> {
  return async reader => {
    for (const statement of ordersOfRows) await reader.execute(statement);
    // Before repeats are looked for: the rows of an order that comes again repeat those of the first time.
    if (continuation === 'blank') await reader.execute(rejectOtherBlocks);
    await rejectExactRepeats(reader, 'order_id');
    for (const statement of [
      ...keptHeads,
      ...(continuation === 'repeated' ? [rejectOtherStates] : []),
      ...rejectOrphans,
      makeOrders(status),
      makeLines,
      makeCustomers,
      linkOtherRows,
    ]) {
      await reader.execute(statement);
    }
  };
}

const reject = (reason: string, where: string): string =>
  `UPDATE import_cells SET reason = ${reason} WHERE reason IS NULL AND ${where}`;

/** Some exporters leave the order number blank as well on the rows after the first. */
const ordersOfRows = [
  `UPDATE import_cells SET order_id = f.order_id
   FROM (SELECT rowid AS r, last_value(order_id IGNORE NULLS) OVER (ORDER BY rowid) AS order_id FROM import_cells) f
   WHERE import_cells.order_id IS NULL AND f.r = import_cells.rowid`,
  reject(`'no order number'`, 'order_id IS NULL'),
];

/**
 * The same order twice in a file, as when two exports were glued together: the last one counts whose first row can be
 * read. Each block begins with a row that has the cells of the order.
 */
const rejectOtherBlocks = `
  UPDATE import_cells
  SET reason = CASE WHEN b.block < b.kept THEN 'the same order comes again further down, and that was kept'
                    ELSE 'its order was rejected' END
  FROM (SELECT r, block, max(CASE WHEN heads AND accepted THEN block END) OVER (PARTITION BY order_id) AS kept
        FROM (SELECT rowid AS r, order_id, reason IS NULL AS accepted, total IS NOT NULL OR ordered_at IS NOT NULL AS heads,
                greatest(1, count(*) FILTER (WHERE total IS NOT NULL OR ordered_at IS NOT NULL)
                  OVER (PARTITION BY order_id ORDER BY rowid)) AS block
              FROM import_cells)) b
  WHERE import_cells.reason IS NULL AND b.block <> b.kept AND b.r = import_cells.rowid`;

const customer = `CASE WHEN email LIKE '%_@_%' THEN email WHEN strlen(phone) >= 7 THEN phone END`;

const keptHeads = [
  reject(`'the order has no date'`, 'ordered_at IS NULL AND total IS NOT NULL'),
  reject(`'the order has no total'`, 'total IS NULL AND ordered_at IS NOT NULL'),
  reject(`'no customer: neither an e-mail nor a phone number'`, `total IS NOT NULL AND ${customer} IS NULL`),
  `CREATE OR REPLACE TEMP TABLE import_heads AS
   SELECT order_id, max(rowid) AS r FROM import_cells WHERE reason IS NULL AND total IS NOT NULL GROUP BY order_id`,
];

const rejectOtherStates = `
  UPDATE import_cells SET reason = 'the same order comes again further down, and that was kept'
  FROM (SELECT c.rowid AS r FROM import_cells c JOIN import_heads h ON h.order_id = c.order_id
        JOIN import_cells k ON k.rowid = h.r
        WHERE c.total IS NOT NULL AND (c.total IS DISTINCT FROM k.total OR c.status IS DISTINCT FROM k.status
          OR c.refunded IS DISTINCT FROM k.refunded OR c.ordered_at IS DISTINCT FROM k.ordered_at)) o
  WHERE import_cells.reason IS NULL AND o.r = import_cells.rowid`;

const rejectOrphans = [
  reject(
    `'its order was rejected'`,
    `order_id NOT IN (SELECT order_id FROM import_heads)
     AND order_id IN (SELECT order_id FROM import_cells WHERE reason IS NOT NULL AND order_id IS NOT NULL)`,
  ),
  reject(`'its order is not in this file'`, 'order_id NOT IN (SELECT order_id FROM import_heads)'),
];

function makeOrders(status: string): string {
  return `CREATE OR REPLACE TEMP TABLE import_orders AS
    SELECT h.r + 1 AS row_number, c.order_id, ${customer} AS customer_id, email, phone, country, accepts_marketing,
      ordered_at, total, upper(currency) AS currency, lower(channel) AS channel, abs(discount) AS discount,
      refunded, coupon_code, ${status} AS status
    FROM import_heads h JOIN import_cells c ON c.rowid = h.r`;
}

/**
 * A line without an id of its own is known by its product and its place among equals in its order. The three stand
 * in a JSON array, because with a dash between them MUG-2 and the second MUG would be one line.
 */
const makeLines = `
  CREATE OR REPLACE TEMP TABLE import_lines AS
  SELECT r + 1 AS row_number, order_id, item, product, category, bought, price, returned_quantity,
    ${lineId('order_id', 'ref', 'place')} AS line_id
  FROM (SELECT *, row_number() OVER (PARTITION BY order_id, ref ORDER BY bought DESC, price DESC, product, r) AS place
        FROM (SELECT rowid AS r, order_id, product, category, abs(returned_quantity) AS returned_quantity,
                coalesce(sku, product) AS item, coalesce(line_ref, sku, product) AS ref, coalesce(quantity, 1) AS bought,
                coalesce(unit_price, TRY_CAST(line_total / nullif(coalesce(quantity, 1), 0) AS DECIMAL(18,4)), 0) AS price
              FROM import_cells
              WHERE reason IS NULL AND coalesce(sku, product) IS NOT NULL AND coalesce(quantity, 1) > 0))`;

export function lineId(order: string, product: string, place: string): string {
  return `CAST(json_array(${order}, ${product}, ${place}) AS VARCHAR)`;
}

const makeCustomers = `
  CREATE OR REPLACE TEMP TABLE import_customers AS
  SELECT min(row_number) AS row_number, customer_id,
    ${['email', 'phone', 'country', 'accepts_marketing'].map(latest).join(',\n    ')}
  FROM import_orders GROUP BY customer_id`;

function latest(column: string): string {
  return `last(${column} ORDER BY ordered_at, order_id) FILTER (WHERE ${column} IS NOT NULL) AS ${column}`;
}

const linkOtherRows = `
  INSERT INTO import_links
  SELECT c.rowid + 1, 'orders', h.r + 1
  FROM import_cells c JOIN import_heads h ON h.order_id = c.order_id
  WHERE c.reason IS NULL AND c.rowid <> h.r AND c.rowid + 1 NOT IN (SELECT row_number FROM import_lines)`;
