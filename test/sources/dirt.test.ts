import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { listRejects } from '../../src/sources/rejects.ts';
import { openShop, orders, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

async function times(...written: string[]): Promise<(string | undefined)[]> {
  const rows = written.map((time, i) => `O${i},C1,"${time}",1,GBP,paid`);
  await shop.import(await shop.file('orders.csv', orders(...rows)));
  const stored = await shop.query<{ order_id: string; ordered_at: string }>(
    'SELECT order_id, ordered_at FROM orders',
  );
  const byId = new Map(stored.map(row => [row.order_id, row.ordered_at]));
  return written.map((_, i) => byId.get(`O${i}`));
}

test('times of all zones become UTC; one without a zone is UTC', async () => {
  expect(
    await times(
      '2026-05-14T11:23:45Z',
      '2026-05-14 11:23:45',
      '2026-05-14 11:23:45 +0100',
      '2026-05-14T11:23:45-05:30',
      '2026-05-14T11:23:45.250+02',
      '2026-05-14 11:23 UTC',
      '2026-05-14T11:23',
      '2026-05-14 11:23:45 Europe/Paris',
      '2026-05-14',
      '2026/05/14',
      '14.05.2026 11:23',
      ' 2026-05-14 ',
    ),
  ).toEqual([
    '2026-05-14T11:23:45Z',
    '2026-05-14T11:23:45Z',
    '2026-05-14T10:23:45Z',
    '2026-05-14T16:53:45Z',
    '2026-05-14T09:23:45.25Z',
    '2026-05-14T11:23:00Z',
    '2026-05-14T11:23:00Z',
    '2026-05-14T09:23:45Z',
    '2026-05-14T00:00:00Z',
    '2026-05-14T00:00:00Z',
    '2026-05-14T11:23:00Z',
    '2026-05-14T00:00:00Z',
  ]);
});

test('what is no date is rejected, also one in 1970 or 2090', async () => {
  const written = [
    '1970-01-01',
    '2090-01-01T00:00:00Z',
    '2026-02-30',
    'infinity',
    'epoch',
    'yesterday',
    '20260514',
    '',
  ];
  expect(await times(...written)).toEqual(written.map(() => undefined));
  const reasons = await listRejects(shop.warehouse, { limit: 20 });
  expect(reasons.map(({ reason }) => reason.slice(0, 27))).toEqual([
    'ordered_at is before 1990 o',
    'ordered_at is before 1990 o',
    'ordered_at is not a date (e',
    'ordered_at is before 1990 o',
    'ordered_at is before 1990 o',
    'ordered_at is not a date (e',
    'ordered_at is not a date (e',
    'no ordered_at',
  ]);
});

test.each([
  ['month first', ['12/1/2010 8:26', '1/31/2011 18:00'], ['2010-12-01T08:26:00Z', '2011-01-31T18:00:00Z']],
  ['day first', ['1/12/2010 8:26', '31/1/2011 6:00 PM'], ['2010-12-01T08:26:00Z', '2011-01-31T18:00:00Z']],
  ['not told', ['1/12/2010 8:26', '2/1/2011 18:00'], [undefined, undefined]],
])('dates with slashes follow the file: %s', async (_, written, expected) => {
  expect(await times(...written)).toEqual(expected);
});

async function totals(content: string): Promise<number[]> {
  await shop.import(await shop.file('orders.csv', content));
  const rows = await shop.query<{ total: number }>('SELECT total FROM orders ORDER BY order_id');
  return rows.map(row => row.total);
}

test('money may have a currency, thousands separators and brackets', async () => {
  const written = [
    '£1,234.50',
    '$ 12',
    '12.50 GBP',
    '"1,234,567.89"',
    '€1.234,56',
    '"12,5"',
    '1e3',
    '.5',
    'CHF 1 200.05',
  ];
  const rows = written.map((total, i) => `O${i},C1,2026-05-01,"${total.replaceAll('"', '')}",GBP,paid`);
  expect(await totals(orders(...rows))).toEqual([
    1234.5, 12, 12.5, 1234567.89, 1234.56, 12.5, 1000, 0.5, 1200.05,
  ]);
});

test('what is no amount is rejected', async () => {
  const rows = ['abc', '12abc', 'inf', '1e300', '--5', '1.2.3', '(5)'].map(
    (t, i) => `O${i},C1,2026-05-01,${t},GBP,paid`,
  );
  expect(await totals(orders(...rows))).toEqual([]);
});

test('a file with decimal commas is read with them', async () => {
  const content =
    'order_id;customer_id;ordered_at;total\nO1;C1;2026-05-01;1.234,50\nO2;C1;2026-05-01;99,90\nO3;C1;2026-05-01;1.500\nO4;C1;2026-05-01;7\n';
  expect(await totals(content)).toEqual([1234.5, 99.9, 1500, 7]);
});

test.each([
  ['tabs', '\t'],
  ['semicolons', ';'],
  ['pipes', '|'],
])('the delimiter is found by the header: %s', async (_, delimiter) => {
  const report = await shop.import(
    await shop.file('orders.csv', orders('O1,C1,2026-05-01,9.50,GBP,paid').replaceAll(',', delimiter)),
  );
  expect(report.files[0]).toMatchObject({ rowsIn: 1, stored: 1 });
});

test('a spreadsheet tells its delimiter in a line of its own', async () => {
  const report = await shop.import(
    await shop.file(
      'orders.csv',
      `sep=;\r\n${orders('O1,C1,2026-05-01,9,GBP,paid').replaceAll(',', ';').replaceAll('\n', '\r\n')}`,
    ),
  );
  expect(report.files[0]).toMatchObject({ rowsIn: 1, stored: 1 });
});

test('a header with one delimiter over rows with another is an error that says so', async () => {
  const path = await shop.file(
    'orders.csv',
    'order_id,customer_id,ordered_at,total\nO1;C1;2026-05-01;9\nO2;C1;2026-05-01;9\n',
  );
  await expect(shop.import(path)).rejects.toThrow(`${path}, line 2: no row has the 4 cells`);
  expect(await shop.dump()).toEqual([]);
});

const products = 'line_id,order_id,sku,product,quantity,unit_price\n';

test.each([
  ['a UTF-8 mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ['Windows-1252', (text: string) => Buffer.from(text.replaceAll('’', '\x92'), 'latin1')],
  ['UTF-16 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, big end first', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
])('encodings are found out: %s', async (name, encode) => {
  await shop.import(await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
  const text = `${products}L1,O1,s1,Café d’été,1,1\nL2,O1,s2,plain,1,1\n`;
  for (const file of ['lines.csv', 'lines.csv.gz']) {
    const report = await shop.import(await shop.file(`${name} ${file}`, encode(text)));
    expect(report.files[0]!.rejected).toBe(0);
  }
  expect(await shop.query('SELECT product FROM order_lines ORDER BY line_id')).toEqual([
    { product: 'Café d’été' },
    { product: 'plain' },
  ]);
  expect(await readdir(shop.tempDir)).toEqual([]);
});

test('lines of different encodings in one file are each read in their own; NUL is left out', async () => {
  await shop.import(await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
  const mixed = Buffer.concat([
    Buffer.from(`${products}L1,O1,s1,Café,1,1\n`),
    Buffer.from('L2,O1,s2,Été,1,1\nL3,O1,s3,mu\0g,1,1\n', 'latin1'),
  ]);
  await shop.import(await shop.file('lines.csv', mixed));
  expect(await shop.query('SELECT product FROM order_lines ORDER BY line_id')).toEqual([
    { product: 'Café' },
    { product: 'Été' },
    { product: 'mug' },
  ]);
});

test('ids lose the marks of spreadsheets and data frames; one that was rounded is rejected', async () => {
  await shop.import(
    await shop.file(
      'orders.csv',
      orders(
        `1.0,17850.0,2026-05-01,9,GBP,paid`,
        `'2,'17850,2026-05-01,9,GBP,paid`,
        `3,1.23457E+11,2026-05-01,9,GBP,paid`,
        '4,nan,2026-05-01,9,GBP,paid',
      ),
    ),
  );
  expect(await shop.query('SELECT order_id, customer_id FROM orders ORDER BY 1')).toEqual([
    { order_id: '1', customer_id: '17850' },
    { order_id: '2', customer_id: '17850' },
  ]);
  const rejected = await listRejects(shop.warehouse, { limit: 5 });
  expect(rejected.map(row => row.reason)).toEqual([
    'customer_id was rounded by a spreadsheet (1.23E+11)',
    'no customer_id',
  ]);
});

test('a column of NaN is blank where it is optional and rejected where it is needed', async () => {
  const optional =
    'order_id,customer_id,ordered_at,total,discount\nO1,C1,2026-05-01,5,NaN\nO2,C1,2026-05-02,6,nan\n';
  await shop.import(await shop.file('orders.csv', optional));
  expect(await shop.query('SELECT discount FROM orders')).toEqual([{ discount: null }, { discount: null }]);
  const needed = optional.replaceAll(/,[56],/g, ',NaN,');
  const report = await shop.import(await shop.file('nan.csv', needed));
  expect(report.files[0]).toMatchObject({ rowsIn: 2, stored: 0, reasons: [{ reason: 'no total', rows: 2 }] });
});

test('a stray quotation mark loses no line', async () => {
  const rows = [
    'O1,C1,2026-05-01,9,GBP,paid',
    '"O2,C1,2026-05-01,9,GBP,paid',
    'O3,C1,2026-05-01,9,GBP,paid',
    'O4,C1,2026-05-01,9,GBP,"paid"',
    'O5,C1,2026-05-01,9,GBP,paid',
  ];
  const report = await shop.import(await shop.file('orders.csv', orders(...rows)));
  expect(report.files[0]).toMatchObject({ rowsIn: 5, stored: 2, rejected: 3 });
  const rejected = await listRejects(shop.warehouse, { limit: 5 });
  expect(rejected.map(row => [row.rowNumber, JSON.parse(row.content).line])).toEqual([
    [2, rows[1]],
    [3, rows[2]],
    [4, rows[3]],
  ]);
});

test('row numbers hold after malformed rows', async () => {
  const rows = [
    'O1',
    'O2,C1,2026-05-01,9,GBP,paid',
    'O3,x',
    'O4,,2026-05-01,9,GBP,paid',
    'O5',
    'O6,,2026-05-01,9,GBP,paid',
  ];
  await shop.import(await shop.file('orders.csv', orders(...rows)));
  const rejected = await listRejects(shop.warehouse, { limit: 9 });
  expect(rejected.map(row => row.rowNumber)).toEqual([1, 3, 4, 5, 6]);
});

test('a file whose lines end in both ways is read', async () => {
  const text = orders('O1,C1,2026-05-01,9,GBP,paid', 'O2,C1,2026-05-01,9,GBP,paid').replace(
    'paid\n',
    'paid\r\n',
  );
  const report = await shop.import(await shop.file('orders.csv', text));
  expect(report.files[0]).toMatchObject({ rowsIn: 2, stored: 2 });
});

test('a gzip that was cut off is an error, and nothing of it is stored', async () => {
  const rows = Array.from(
    { length: 5000 },
    (_, i) => `O${i},C${i % 97},2026-05-01,${(i * 7919) % 1000},GBP,paid`,
  );
  const whole = gzipSync(orders(...rows));
  const path = await shop.file('orders.csv', whole);
  await truncate(path, Math.floor(whole.length * 0.9));
  await expect(shop.import(path)).rejects.toThrow(`${path}: the gzip file is cut off or damaged`);
  expect(await shop.dump()).toEqual([]);
  await expect(shop.import(shop.dir)).rejects.toThrow('cut off or damaged');
});

test('files that are no data say what they are', async () => {
  await expect(shop.import(await shop.file('a.csv', ''))).rejects.toThrow('the file is empty');
  await expect(shop.import(await shop.file('a.xlsx', Buffer.from('PK\u0003\u0004rest')))).rejects.toThrow(
    'Excel',
  );
  await expect(
    shop.import(await shop.file('a.png', Buffer.from([0x89, 0x50, 0, 0, 0, 1, 2]))),
  ).rejects.toThrow('not text');
  await expect(
    shop.import(await shop.file('a.parquet', Buffer.from('PAR1 but not really PAR1'))),
  ).rejects.toThrow('a.parquet');
});

test('a header alone is a file of no rows', async () => {
  const report = await shop.import(await shop.file('orders.csv', orders()));
  expect(report.files[0]).toMatchObject({ rowsIn: 0, stored: 0, rejected: 0 });
});

test('JSON lines are read line by line; a broken one is rejected', async () => {
  const text = [
    { order_id: 1, customer_id: 'C1', ordered_at: '2026-05-01', total: 9.5 },
    { order_id: 2, customer_id: 'C1', ordered_at: '2026-05-01', total: 'x' },
    {
      total: 7,
      order_id: 3,
      customer_id: 'C2',
      ordered_at: '2026-05-02T00:00:00+02:00',
      extra: { deep: [1] },
    },
  ].map(row => JSON.stringify(row));
  const path = await shop.file(
    'orders.jsonl',
    `${text[0]}\n{"order_id": 9, \n\n[1]\n${text[1]}\n${text[2]}\n`,
  );
  const report = await shop.import(path);
  expect(report.files[0]).toMatchObject({ rowsIn: 5, stored: 2, rejected: 3 });
  expect(await shop.query('SELECT order_id, total, ordered_at FROM orders ORDER BY 1')).toEqual([
    { order_id: '1', total: 9.5, ordered_at: '2026-05-01T00:00:00Z' },
    { order_id: '3', total: 7, ordered_at: '2026-05-01T22:00:00Z' },
  ]);
  const packed = await shop.import(await shop.file('same.jsonl.gz', `${text[0]}\n`));
  expect(packed.files[0]).toMatchObject({ alreadyThere: 1 });
  const array = await shop.import(await shop.file('same.json', `[\n${text[0]},\n${text[2]}]`));
  expect(array.files[0]).toMatchObject({ rowsIn: 2, alreadyThere: 2 });
});

test('JSON lines: a key that comes late is read, and a line that is too long is an error that names it', async () => {
  const row = (i: number, more = {}) =>
    JSON.stringify({ order_id: `O${i}`, customer_id: 'C1', ordered_at: '2026-05-01', total: 9, ...more });
  const rows = Array.from({ length: 2500 }, (_, i) => row(i, i === 2400 ? { refunded: 5 } : {}));
  await shop.import(await shop.file('late.jsonl', rows.join('\n')));
  expect(await shop.query('SELECT order_id FROM orders WHERE refunded = 5')).toEqual([{ order_id: 'O2400' }]);
  const before = await shop.dump();
  const long = [row(9001), row(9002, { note: 'x'.repeat(3_000_000) }), row(9003)].join('\n');
  const path = await shop.file('long.jsonl', long);
  await expect(shop.import(path)).rejects.toThrow(`${path}, line 2: this row cannot be read`);
  expect(await shop.dump()).toEqual(before);
});

test('JSON keys may hold anything', async () => {
  const keys = ['a"b', 'c\\d', 'e*', '$.f', "g'h", '', '/', '~', 'i/j~k', '#', '0', 'über', 'two\nlines'];
  const odd = Object.fromEntries(keys.map(key => [key, 'x']));
  const path = await shop.file(
    'orders.jsonl',
    [
      { ...odd, order_id: 1, 'Customer ID': 'C1', ordered_at: '2026-05-01', total: 9 },
      { ...odd, order_id: 2, ordered_at: '2026-05-01', total: 9 },
    ]
      .map(row => JSON.stringify(row))
      .join('\n'),
  );
  expect((await shop.import(path)).files[0]).toMatchObject({ rowsIn: 2, stored: 1, rejected: 1 });
  const [rejected] = await listRejects(shop.warehouse, { limit: 5 });
  expect(JSON.parse(rejected!.content)).toMatchObject(odd);
});

test('a cell of megabytes is an error that names its line', async () => {
  const path = await shop.file(
    'orders.csv',
    orders('O1,C1,2026-05-01,9,GBP,paid', `O2,C1,2026-05-01,9,GBP,${'x'.repeat(3_000_000)}`),
  );
  await expect(shop.import(path)).rejects.toThrow(`${path}, line 3: this row cannot be read`);
  expect(await shop.dump()).toEqual([]);
});

test('Parquet is read with its types', async () => {
  const path = `${shop.dir}/orders.parquet`;
  await shop.warehouse.reader.execute(`
    COPY (SELECT 17 AS order_id, 17850.0 AS customer_id, TIMESTAMPTZ '2026-05-01 12:00:00+02' AS ordered_at,
          CAST(9.5 AS DECIMAL(9,3)) AS total) TO '${path}' (FORMAT parquet)`);
  await shop.import(path);
  expect(await shop.query('SELECT order_id, customer_id, ordered_at, total FROM orders')).toEqual([
    { order_id: '17', customer_id: '17850', ordered_at: '2026-05-01T10:00:00Z', total: 9.5 },
  ]);
});

test('names of folders and odd columns change nothing of what a Parquet file says', async () => {
  await mkdir(`${shop.dir}/total=7`);
  const path = `${shop.dir}/total=7/orders.parquet`;
  await shop.warehouse.reader.execute(`
    COPY (SELECT i AS order_id, CASE WHEN i = 1 THEN 'C1' END AS customer_id, DATE '2026-05-01' AS ordered_at, 9 AS total,
          'a' AS "select", 'b' AS rowid, 'c' AS reason, 'd' AS "total text", 'e' AS "file row", 'f' AS fingerprint
          FROM range(1, 3) t(i)) TO '${path}' (FORMAT parquet)`);
  expect((await shop.import(path)).files[0]).toMatchObject({ rowsIn: 2, stored: 1, rejected: 1 });
  expect(await shop.query('SELECT total FROM orders')).toEqual([{ total: 9 }]);
  const [rejected] = await listRejects(shop.warehouse, { limit: 5 });
  expect(JSON.parse(rejected!.content)).toMatchObject({ total: '9', rowid: 'b', 'file row': 'e' });
});

test('a Parquet file with damaged pages is an error that names it', async () => {
  const path = `${shop.dir}/orders.parquet`;
  await shop.warehouse.reader.execute(`
    COPY (SELECT 'O' || i AS order_id, 'C' || hash(i) AS customer_id, '2026-05-01' AS ordered_at, i AS total
          FROM range(20000) t(i)) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
  const bytes = await readFile(path);
  bytes.fill(0xaa, 2000, 40_000);
  await writeFile(path, bytes);
  await expect(shop.import(path)).rejects.toThrow(InputError);
  await expect(shop.import(path)).rejects.toThrow(path);
  expect(await shop.dump()).toEqual([]);
});

test('what a killed import left behind is removed by the next', async () => {
  const path = await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  await shop.import(path);
  await shop.file('.temporary/kindred-import-0123.txt', 'left');
  await shop.import(path);
  expect(await readdir(shop.tempDir)).toEqual([]);
});
