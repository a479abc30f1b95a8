import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stores } from '../warehouse/stores.ts';
import { openShop, orders, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const id = fc.oneof(
  fc.constantFrom('O1', 'O2', 'O3', '17.0', "'8", '', 'nan', '1.2E+11'),
  fc.stringMatching(/^[a-z]{1,3}$/),
);
const time = fc.constantFrom(
  '2026-05-01',
  '2026-05-01T10:00:00+02:00',
  '1970-01-01',
  '2090-01-01',
  'soon',
  '',
  '01/02/2026',
  '2026-13-01',
);
const amount = fc.constantFrom(
  '1',
  '9.99',
  '£1,000.00',
  '-3',
  'NaN',
  '',
  'x',
  '1e400',
  '99999999999999',
  '12,5',
);
const text = fc.constantFrom(
  'GBP',
  'a "quoted" one',
  '=1+1',
  'über',
  "it's",
  '',
  'two\nlines',
  'semi;colon',
  '🫖',
);
const quoted = (value: string) => (/[",\n;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const goodRow = fc.tuple(id, id, time, amount, text).map(cells => cells.map(quoted).join(','));
/** Each of these is one line. */
const brokenRow = fc.constantFrom(
  'only,two',
  'one,more,cell,than,the,header',
  '"closed"early,C1,2026-05-01,1,GBP',
);
const rows = fc.array(fc.oneof({ weight: 5, arbitrary: goodRow }, { weight: 1, arbitrary: brokenRow }), {
  maxLength: 30,
});
const file = fc.record({
  rows,
  lineBreak: fc.constantFrom('\n', '\r\n'),
  delimiter: fc.constantFrom(',', ';'),
  encoding: fc.constantFrom('utf8', 'latin1', 'utf16le') as fc.Arbitrary<BufferEncoding>,
  mark: fc.boolean(),
  endsWithBreak: fc.boolean(),
  packed: fc.boolean(),
});

function bytesOf({
  rows,
  lineBreak,
  delimiter,
  encoding,
  mark,
  endsWithBreak,
}: typeof file extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const lines = ['order_id,customer_id,ordered_at,total,currency', ...rows];
  // Outside quotation marks a comma is the delimiter; inside it stays.
  const delimited = lines.map(line =>
    line.replace(/("[^"]*")|,/g, (_, inside?: string) => inside ?? delimiter),
  );
  const text = delimited.join(lineBreak) + (endsWithBreak ? lineBreak : '');
  const marked = mark && encoding !== 'latin1' ? `\uFEFF${text}` : text;
  return Buffer.from(marked, encoding);
}

test('rows in are rows stored, rejected or already there, for any dirt, and again for the same file', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(file, async made => {
      const name = `orders-${run++}.csv${made.packed ? '.gz' : ''}`;
      const path = await shop.file(name, bytesOf(made));
      let first: Awaited<ReturnType<Shop['import']>>;
      try {
        first = await shop.import(path);
      } catch (error) {
        // Nothing in it could be split into the cells of the header: an error that names the file, nothing stored.
        expect((error as Error).message).toContain(`${path}, line`);
        return;
      }
      const report = first.files[0]!;
      expect(report.rowsIn).toBe(made.rows.length);
      expect(report.stored + report.rejected + report.alreadyThere).toBe(report.rowsIn);
      expect(report.reasons.reduce((sum, reason) => sum + reason.rows, 0)).toBe(report.rejected);
      const [kept] = await shop.query<{ rejects: number }>(
        `SELECT count(*) AS rejects FROM rejects WHERE import_id IN (SELECT import_id FROM imports WHERE file = '${path}')`,
      );
      if (report.stored > 0) expect(kept!.rejects).toBe(report.rejected);
      const before = await shop.dump();
      const again = (await shop.import(path)).files[0]!;
      expect(again).toMatchObject({ rowsIn: report.rowsIn, stored: 0, rejected: report.rejected });
      expect(await shop.dump()).toEqual(before);
    }),
    { numRuns: 40, seed: 20_261_122 },
  );
});

const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
const table = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  `${[header, ...rows.map(row => row.map(cell).join(','))].join('\n')}\n`;

const shopifyRows = fc.array(
  fc.tuple(
    fc.constantFrom('#1', '#2', '#3', ''),
    fc.constantFrom('a@x.org', 'b@x.org', 'nobody', ''),
    fc.constantFrom('paid', 'refunded'),
    fc.constantFrom('2026-05-01', '2026-06-01', 'soon', '', ''),
    fc.constantFrom('9', '12.50', '-1', 'x', '', ''),
    fc.constantFrom('1', '2', '0', '-1', ''),
    fc.constantFrom('Mug', 'Tea', ''),
    fc.constantFrom('MUG', 'MUG-2', 'TEA', ''),
  ),
  { maxLength: 20 },
);
const retailRows = fc.array(
  fc.tuple(
    fc.constantFrom('1', '2', 'C3', 'C4', 'A5', ''),
    fc.constantFrom('A1', 'A1-2', 'POST', 'M'),
    fc.constant('THING'),
    fc.constantFrom('1', '2', '-1', '-3', '0', 'x'),
    fc.constantFrom('2011-01-01 10:00:00', '2011-02-01 10:00:00', 'soon'),
    fc.constantFrom('2.00', '3.00', '0', '-1'),
    fc.constantFrom('C', 'D', ''),
    fc.constantFrom('UK', ''),
  ),
  { maxLength: 20 },
);
const shopifyFile = shopifyRows.map(rows =>
  table('Name,Email,Financial Status,Created at,Total,Lineitem quantity,Lineitem name,Lineitem sku', rows),
);
const wooFile = shopifyRows.map(rows =>
  table('Order Number,Billing Email,Order Status,Order Date,Order Total,Quantity,Item Name,SKU', rows),
);
const retailFile = retailRows.map(rows =>
  table('InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country', rows),
);

describe.each(stores)('files whose rows feed several tables, in $store', ({ store, open }) => {
  test('every row is stored, rejected or there, and a second import finds all of them there', async () => {
    const place = await openShop(open);
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.oneof(shopifyFile, wooFile, retailFile), async content => {
          const path = await place.file(`file-${run++}.csv`, content);
          const first = (await place.import(path)).files[0]!;
          expect(first.rowsIn).toBe(content.split('\n').length - 2);
          expect(first.stored + first.rejected + first.alreadyThere).toBe(first.rowsIn);
          const before = await place.dump();
          const again = (await place.import(path)).files[0]!;
          expect(again).toMatchObject({
            stored: 0,
            rejected: first.rejected,
            alreadyThere: first.stored + first.alreadyThere,
          });
          expect(await place.dump()).toEqual(before);
          const twice = await place.query(
            'SELECT source, line_id FROM order_lines GROUP BY source, line_id HAVING count(*) > 1',
          );
          expect(twice).toEqual([]);
        }),
        { numRuns: store === 'DuckDB' ? 25 : 6, seed: 20_261_122 },
      );
    } finally {
      await place.close();
    }
  });

  test('a line that moves to an order that is not there is rejected and stays as it was', async () => {
    const place = await openShop(open);
    const lines = 'line_id,order_id,sku,quantity,unit_price\n';
    try {
      await place.import(await place.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
      await place.import(await place.file('lines.csv', `${lines}L1,O1,mug,1,9\n`));
      const report = await place.import(await place.file('moved.csv', `${lines}L1,O9,mug,2,9\n`));
      expect(report.files[0]).toMatchObject({ rowsIn: 1, stored: 0, rejected: 1, alreadyThere: 0 });
      expect(await place.query('SELECT order_id, quantity FROM order_lines')).toEqual([
        { order_id: 'O1', quantity: 1 },
      ]);
    } finally {
      await place.close();
    }
  });

  test('a sum that does not add up is a defect that stores nothing', async () => {
    const place = await openShop(open);
    try {
      await place.warehouse.append('orders', { source: ['shop', 'shop'], order_id: ['O1', 'O1'] });
      const before = await place.dump();
      const path = await place.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
      await expect(place.import(path)).rejects.toThrow('Of 1 rows for orders, 0 were added');
      expect(await place.dump()).toEqual(before);
    } finally {
      await place.close();
    }
  });
});

test('each id is stored once', async () => {
  expect(
    await shop.query('SELECT source, order_id FROM orders GROUP BY source, order_id HAVING count(*) > 1'),
  ).toEqual([]);
});
