import type { FileReader } from '../../warehouse/port.ts';
import { matchCancellations } from '../cancellations.ts';
import type { Preset } from '../preset.ts';
import { lineId, rows } from './order-rows.ts';
import { rejectExactRepeats } from './repeats.ts';

/**
 * "Online Retail" (UCI) and its successor: a row per line of an invoice. Invoices that begin with C are
 * cancellations; each is matched to the latest earlier sales of the same product to the same customer.
 * Postage, fees and hand-written lines are no products. An invoice of nothing else still is a purchase, so it
 * becomes an order without lines; elsewhere such lines are rejected. An invoice must lie whole in one file: cut in two,
 * its total is that of the part that was imported last.
 */
export const onlineRetail: Preset = {
  name: 'online-retail',
  title: 'Online Retail (UCI), a row per invoice line',
  headers: 'InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country',
  source: 'online-retail',
  fields: {
    invoice: { from: ['invoiceno', 'invoice'], kind: 'id', need: 'cell' },
    sku: { from: ['stockcode'], kind: 'id', need: 'cell' },
    product: { from: ['description'], kind: 'text', need: 'column' },
    quantity: { from: ['quantity'], kind: 'money', need: 'cell' },
    invoiced_at: { from: ['invoicedate'], kind: 'time', need: 'cell' },
    unit_price: { from: ['unitprice', 'price'], kind: 'money', need: 'cell' },
    customer_id: { from: ['customerid', 'customer_id'], kind: 'id', need: 'column' },
    country: { from: ['country'], kind: 'text' },
  },
  checks: [
    { when: "upper(invoice) LIKE 'A%'", reason: 'adjustment of a bad debt, not a sale' },
    { when: 'customer_id IS NULL', reason: 'no customer' },
    { when: 'abs(quantity) >= 1e9 OR abs(quantity * unit_price) >= 1e9', reason: 'an implausibly large sum' },
  ],
  prepare,
  tables: {
    customers: rows('import_customers', ['customer_id', 'country'], true),
    orders: rows('import_orders', [
      'order_id',
      'customer_id',
      'ordered_at',
      'total',
      'currency',
      'refunded',
      'refunded_at',
    ]),
    order_lines: rows('import_lines', [
      'line_id',
      'order_id',
      'sku',
      'product',
      'quantity',
      'unit_price',
      'returned_quantity',
      'returned_at',
    ]),
  },
};

const noProduct = `regexp_full_match(upper(sku),
  'POST|DOT|M|C2|C3|D|S|B|BANK CHARGES|AMAZONFEE|CRUK|PADS|ADJUST[0-9]*|TEST[0-9]*|GIFT.*')`;
const noProductReason = 'postage, fee or manual line';

async function prepare(reader: FileReader): Promise<void> {
  await rejectExactRepeats(reader, 'invoice');
  for (const statement of classify) await reader.execute(statement);
  await matchCancellations(reader);
  for (const statement of build) await reader.execute(statement);
}

const classify = [
  'ALTER TABLE import_cells ADD COLUMN cancels BOOLEAN',
  'ALTER TABLE import_cells ADD COLUMN fee BOOLEAN',
  `UPDATE import_cells SET cancels = upper(invoice) LIKE 'C%', fee = ${noProduct} WHERE reason IS NULL`,
  `UPDATE import_cells SET reason = CASE
     WHEN fee AND NOT cancels AND (quantity <= 0 OR unit_price <= 0) THEN '${noProductReason}'
     WHEN NOT cancels AND quantity <= 0 THEN 'a quantity of zero or less that cancels nothing'
     WHEN NOT cancels AND unit_price < 0 THEN 'negative price'
     WHEN NOT cancels AND unit_price = 0 THEN 'price of zero'
     WHEN cancels AND quantity >= 0 THEN 'a cancellation whose quantity is not negative' END
   WHERE reason IS NULL`,
  `UPDATE import_cells SET reason = '${noProductReason}'
   WHERE reason IS NULL AND fee AND NOT cancels
     AND invoice IN (SELECT invoice FROM import_cells WHERE reason IS NULL AND NOT fee AND NOT cancels)`,
];

const build = [
  `UPDATE import_cells SET reason = CASE WHEN fee THEN '${noProductReason}'
     ELSE 'cancels a sale that is not in this file' END
   WHERE reason IS NULL AND cancels AND rowid NOT IN (SELECT cancellation FROM import_matches)`,
  `CREATE OR REPLACE TEMP TABLE import_sales AS
   SELECT c.rowid AS r, c.invoice, c.customer_id, c.country, c.sku, c.product, c.fee, c.quantity, c.unit_price,
     c.invoiced_at, m.returned_quantity, m.returned_at
   FROM import_cells c
   LEFT JOIN (SELECT sale, CAST(sum(import_matches.quantity) AS DECIMAL(18,4)) AS returned_quantity, max(x.invoiced_at) AS returned_at
              FROM import_matches JOIN import_cells x ON x.rowid = cancellation GROUP BY sale) m ON m.sale = c.rowid
   WHERE c.reason IS NULL AND NOT c.cancels`,
  `CREATE OR REPLACE TEMP TABLE import_orders AS
   SELECT min(r) + 1 AS row_number, invoice AS order_id, first(customer_id ORDER BY r) AS customer_id,
     min(invoiced_at) AS ordered_at, CAST(sum(quantity * unit_price) AS DECIMAL(18,4)) AS total, 'GBP' AS currency,
     CAST(sum(returned_quantity * unit_price) AS DECIMAL(18,4)) AS refunded, max(returned_at) AS refunded_at
   FROM import_sales GROUP BY invoice`,
  `CREATE OR REPLACE TEMP TABLE import_lines AS
   SELECT r + 1 AS row_number, invoice AS order_id, sku, product, quantity, unit_price,
     coalesce(returned_quantity, 0) AS returned_quantity, returned_at,
     ${lineId('invoice', 'sku', 'place')} AS line_id
   FROM (SELECT *, row_number() OVER (PARTITION BY invoice, sku ORDER BY quantity DESC, unit_price DESC, product, r) AS place
         FROM import_sales WHERE NOT fee)`,
  `CREATE OR REPLACE TEMP TABLE import_customers AS
   SELECT min(r) + 1 AS row_number, customer_id,
     last(country ORDER BY invoiced_at, invoice, country) FILTER (WHERE country IS NOT NULL) AS country
   FROM import_sales GROUP BY customer_id`,
  `INSERT INTO import_links
   SELECT m.cancellation + 1, CASE WHEN s.fee THEN 'orders' ELSE 'order_lines' END,
     CASE WHEN s.fee THEN o.row_number ELSE s.r + 1 END
   FROM import_matches m JOIN import_sales s ON s.r = m.sale JOIN import_orders o ON o.order_id = s.invoice`,
  `INSERT INTO import_links
   SELECT s.r + 1, 'orders', o.row_number FROM import_sales s JOIN import_orders o ON o.order_id = s.invoice
   WHERE s.fee AND s.r + 1 <> o.row_number`,
];
