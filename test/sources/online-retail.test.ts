import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRejects } from '../../src/sources/rejects.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
const importRows = async (...rows: string[]) =>
  (await shop.import(await shop.file('retail.csv', `${header}${rows.join('\n')}\n`))).files[0]!;

test('lines become orders, whose total is the sum of their lines', async () => {
  const report = await importRows(
    '536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
    '536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom',
    '536400,71053,LANTERN,1,2010-12-03 09:00:00,3.39,17850.0,France',
  );
  expect(report).toMatchObject({
    format: 'online-retail',
    rowsIn: 3,
    stored: 3,
    tables: { customers: 1, orders: 2, order_lines: 3 },
  });
  expect(
    await shop.query('SELECT order_id, customer_id, total, currency, refunded FROM orders ORDER BY 1'),
  ).toEqual([
    { order_id: '536365', customer_id: '17850', total: 35.64, currency: 'GBP', refunded: null },
    { order_id: '536400', customer_id: '17850', total: 3.39, currency: 'GBP', refunded: null },
  ]);
  expect(await shop.query('SELECT country FROM customers')).toEqual([{ country: 'France' }]);
});

test('a cancellation returns the latest earlier purchases that have something left', async () => {
  const report = await importRows(
    '1,A1,THING,5,2011-01-01 10:00:00,2.00,C,UK',
    '2,A1,THING,3,2011-01-05 10:00:00,2.50,C,UK',
    'C3,A1,THING,-4,2011-01-06 10:00:00,2.50,C,UK',
    '4,A1,THING,9,2011-01-07 10:00:00,2.00,C,UK',
    'C5,A1,THING,-9,2011-01-02 10:00:00,2.00,D,UK',
    'C6,A1,THING,-1,2010-12-01 10:00:00,2.00,C,UK',
  );
  expect(report).toMatchObject({ rowsIn: 6, stored: 4, rejected: 2 });
  expect(
    await shop.query('SELECT order_id, quantity, returned_quantity, returned_at FROM order_lines ORDER BY 1'),
  ).toEqual([
    { order_id: '1', quantity: 5, returned_quantity: 1, returned_at: '2011-01-06T10:00:00Z' },
    { order_id: '2', quantity: 3, returned_quantity: 3, returned_at: '2011-01-06T10:00:00Z' },
    { order_id: '4', quantity: 9, returned_quantity: 0, returned_at: null },
  ]);
  expect(await shop.query('SELECT order_id, total, refunded, refunded_at FROM orders ORDER BY 1')).toEqual([
    { order_id: '1', total: 10, refunded: 2, refunded_at: '2011-01-06T10:00:00Z' },
    { order_id: '2', total: 7.5, refunded: 7.5, refunded_at: '2011-01-06T10:00:00Z' },
    { order_id: '4', total: 18, refunded: null, refunded_at: null },
  ]);
  const rejected = await listRejects(shop.warehouse, { limit: 5 });
  expect(rejected.map(row => [row.rowNumber, row.reason])).toEqual([
    [5, 'cancels a sale that is not in this file'],
    [6, 'cancels a sale that is not in this file'],
  ]);
});

test('what is no sale of a product is rejected, each with its reason', async () => {
  const report = await importRows(
    '1,A1,THING,5,2011-01-01 10:00:00,2.00,C,UK',
    '1,A1,THING,5,2011-01-01 10:00:00,2.00,C,UK',
    '1,POST,POSTAGE,1,2011-01-01 10:00:00,18.00,C,UK',
    '2,A1,THING,5,2011-01-01 10:00:00,2.00,,UK',
    '3,A1,THING,-5,2011-01-01 10:00:00,2.00,C,UK',
    '4,A1,THING,5,2011-01-01 10:00:00,-2.00,C,UK',
    '5,A1,THING,5,2011-01-01 10:00:00,0,C,UK',
    'A6,B,Adjust bad debt,1,2011-01-01 10:00:00,-11062.06,,UK',
    'C7,D,Discount,-1,2011-01-01 10:00:00,27.50,C,UK',
    'C8,A1,THING,5,2011-01-01 10:00:00,2.00,C,UK',
    '9,A1,THING,five,2011-01-01 10:00:00,2.00,C,UK',
  );
  expect(report).toMatchObject({ rowsIn: 11, stored: 1, rejected: 10 });
  const rejected = await listRejects(shop.warehouse, { limit: 20 });
  expect(rejected.map(row => row.reason)).toEqual([
    'repeats an earlier row exactly',
    'postage, fee or manual line',
    'no customer',
    'a quantity of zero or less that cancels nothing',
    'negative price',
    'price of zero',
    'adjustment of a bad debt, not a sale',
    'postage, fee or manual line',
    'a cancellation whose quantity is not negative',
    'Quantity is not a number',
  ]);
});

test('an invoice of nothing but fees stays a purchase, without lines', async () => {
  const report = await importRows(
    '1,M,Manual,1,2011-01-01 10:00:00,451.42,C,UK',
    '1,POST,POSTAGE,1,2011-01-01 10:00:00,8.58,C,UK',
    'C2,M,Manual,-1,2011-01-02 10:00:00,451.42,C,UK',
  );
  expect(report).toMatchObject({ rowsIn: 3, stored: 3, rejected: 0 });
  expect(await shop.query('SELECT total, refunded FROM orders')).toEqual([{ total: 460, refunded: 451.42 }]);
  expect(await shop.query('SELECT * FROM order_lines')).toEqual([]);
});

test('the order of the rows does not matter', async () => {
  const rows = [
    '1,A1,THING,5,2011-01-01 10:00:00,2.00,C,UK',
    '1,A1,THING,2,2011-01-01 10:00:00,2.00,C,UK',
    '2,A1,THING,3,2011-01-01 10:00:00,2.50,C,France',
    'C3,A1,THING,-4,2011-01-06 10:00:00,2.50,C,UK',
    '4,A2,OTHER,9,2011-01-07 10:00:00,2.00,D,UK',
  ];
  const facts = async () => [
    await shop.query('SELECT * FROM order_lines ORDER BY line_id'),
    await shop.query('SELECT * FROM orders ORDER BY order_id'),
    await shop.query('SELECT * FROM customers ORDER BY customer_id'),
  ];
  await importRows(...rows);
  const first = await facts();
  await shop.close();
  shop = await openShop();
  await importRows(...rows.toReversed());
  expect(await facts()).toEqual(first);
});

test('the real sample keeps its promises: each row is accounted for, each paying customer is there', async () => {
  const sample = fileURLToPath(new URL('../../samples/online-retail/online-retail.parquet', import.meta.url));
  const report = (await shop.import(sample)).files[0]!;
  expect(report.rowsIn).toBe(541_909);
  expect(report.stored + report.rejected + report.alreadyThere).toBe(report.rowsIn);
  // 4,339 customers have a purchase; the whole purchase of one of them was free of charge.
  const [stored] = await shop.query<object>(`
    SELECT count(DISTINCT profile_id) AS buyers, count(*) AS orders, min(total) > 0 AS paid FROM orders`);
  expect(stored).toEqual({ buyers: 4338, orders: 18_532, paid: true });
  expect(report.reasons).toContainEqual({ reason: 'no customer', rows: 135_077 });
  const wrong = await shop.query(`
    SELECT o.order_id FROM orders o LEFT JOIN (
      SELECT order_id, sum(quantity * unit_price) AS total, sum(returned_quantity * unit_price) AS refunded
      FROM order_lines GROUP BY order_id) l ON l.order_id = o.order_id
    WHERE l.total <> o.total OR coalesce(o.refunded, 0) <> coalesce(l.refunded, o.refunded, 0) OR o.refunded > o.total`);
  expect(wrong).toEqual([]);
});
