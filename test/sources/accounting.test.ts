import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from './shop.ts';

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

test('each id is stored once', async () => {
  expect(
    await shop.query('SELECT source, order_id FROM orders GROUP BY source, order_id HAVING count(*) > 1'),
  ).toEqual([]);
});
