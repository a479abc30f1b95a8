import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, overConnection } from '../../src/warehouse/duckdb.ts';
import { literal, type Warehouse } from '../../src/warehouse/port.ts';
import { canonicalTables } from '../../src/warehouse/schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { stores } from './stores.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Text that trips what moves rows from one store to the other. */
const hostile = [
  'plain',
  '',
  ' leading and trailing ',
  'tab\there',
  'line\nbreak',
  'carriage\r\nreturn',
  'back\\slash \\n \\N \\. \\t',
  '\\N',
  '\\.',
  'a\n\\.\nb',
  'NULL',
  'quote\'s "double" ,comma; $1 $$',
  'Zoë Ångström 北京 🛍️ ﷽',
  '‮override​zero',
];

const sqlText = (value: string | null) => (value === null ? 'NULL' : literal(value));

describe.each(stores)('$store', ({ open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
    await warehouse.execute('CREATE TABLE numbers (id TEXT, n BIGINT, d DOUBLE PRECISION)');
    await warehouse.append('numbers', { id: ['a', 'b', 'c'], n: [1, 2, null], d: [0.5, null, -2] });
  });
  afterAll(async () => warehouse?.close());
  const count = async (table: string) =>
    (await warehouse.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n;

  test('has every canonical table, empty, and may be opened again', async () => {
    for (const table of Object.keys(canonicalTables)) expect(await count(table)).toBe(0);
  });

  test('gives numbers for whole and exact types, ISO text for times, and null for NULL', async () => {
    const [row] = await warehouse.query(`SELECT
      CAST(9007199254740991 AS BIGINT) AS big, CAST(12.3400 AS NUMERIC(18,4)) AS money, 7 AS whole,
      CAST(0.1 AS DOUBLE PRECISION) AS ratio, TRUE AS yes, FALSE AS no, 'text' AS words,
      TIMESTAMP '2011-12-09 12:50:00' AS at, TIMESTAMP '1970-01-01 00:00:00' AS epoch,
      TIMESTAMP '2090-06-30 23:59:59.123456' AS exactly, TIMESTAMP '2024-02-29 01:02:03.5' AS half,
      TIMESTAMPTZ '2024-03-31 03:30:00+02' AS zoned, DATE '2024-02-29' AS day,
      count(*) AS n, sum(CAST(2 AS BIGINT)) AS total, CAST(NULL AS TEXT) AS nothing FROM numbers`);
    expect(row).toEqual({
      big: 9007199254740991,
      money: 12.34,
      whole: 7,
      ratio: 0.1,
      yes: true,
      no: false,
      words: 'text',
      at: '2011-12-09T12:50:00Z',
      epoch: '1970-01-01T00:00:00Z',
      exactly: '2090-06-30T23:59:59.123456Z',
      half: '2024-02-29T01:02:03.5Z',
      zoned: '2024-03-31T01:30:00Z',
      day: '2024-02-29',
      n: 3,
      total: 6,
      nothing: null,
    });
  });

  test('takes parameters of every kind, and times without moving them by a time zone', async () => {
    const rows = await warehouse.query(
      `SELECT CAST($1 AS TEXT) AS a, CAST($2 AS BIGINT) AS b, CAST($3 AS DOUBLE PRECISION) AS c,
              CAST($4 AS BOOLEAN) AS d, CAST($5 AS TIMESTAMP) AS e, CAST($6 AS TEXT) AS f
       FROM numbers WHERE id = $7`,
      ["it's $1", 42, 0.25, true, '2024-07-01 10:00:00', null, 'a'],
    );
    expect(rows).toEqual([{ a: "it's $1", b: 42, c: 0.25, d: true, e: '2024-07-01T10:00:00Z', f: null }]);
  });

  test('tells how many rows a statement changed', async () => {
    await warehouse.execute('CREATE TABLE changed (n BIGINT)');
    expect(await warehouse.execute('INSERT INTO changed VALUES (1), (2), (3)')).toBe(3);
    expect(await warehouse.execute('UPDATE changed SET n = n + 1 WHERE n > $1', [1])).toBe(2);
    expect(await warehouse.execute('DELETE FROM changed WHERE n > 100')).toBe(0);
  });

  test('keeps all of a transaction or nothing of it', async () => {
    await warehouse.execute('CREATE TABLE kept (n BIGINT)');
    const value = await warehouse.transaction(async tx => {
      await tx.execute('INSERT INTO kept VALUES (1)');
      return (await tx.query<{ n: number }>('SELECT count(*) AS n FROM kept'))[0]!.n;
    });
    expect(value).toBe(1);
    const failing = warehouse.transaction(async tx => {
      await tx.execute('INSERT INTO kept VALUES (2)');
      await tx.append('kept', { n: [3, 4] });
      await tx.stage('half', 'SELECT 1 AS n');
      throw new Error('stopped midway');
    });
    await expect(failing).rejects.toThrow('stopped midway');
    expect(await warehouse.query('SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  test('rolls back when a statement fails, tells that failure, and works on', async () => {
    await warehouse.execute('CREATE TABLE numeric_only (n BIGINT)');
    const failing = warehouse.transaction(async tx => {
      await tx.append('numeric_only', { n: [1] });
      await tx.stage('letters', "SELECT 'abc' AS t");
      try {
        await tx.execute('INSERT INTO numeric_only SELECT CAST(t AS BIGINT) FROM letters');
      } finally {
        await tx.unstage('letters');
      }
    });
    await expect(failing).rejects.toThrow(/abc/);
    expect(await count('numeric_only')).toBe(0);
    await warehouse.transaction(tx => tx.append('numeric_only', { n: [5] }));
    expect(await count('numeric_only')).toBe(1);
  });

  test('never says done when a caught failure has undone the transaction', async () => {
    await warehouse.execute('CREATE TABLE half_done (n BIGINT)');
    const outcome = await warehouse
      .transaction(async tx => {
        await tx.execute('INSERT INTO half_done VALUES (1)');
        await tx.append('half_done', { n: ['no number'] }).catch(() => {});
      })
      .then(
        () => 'done',
        () => 'failed',
      );
    expect(await count('half_done')).toBe(outcome === 'done' ? 1 : 0);
  });

  test('refuses the outer handle and another transaction while one is open', async () => {
    await warehouse.transaction(async tx => {
      await expect(warehouse.query('SELECT 1')).rejects.toThrow('use the handle');
      await expect(warehouse.transaction(async () => 1)).rejects.toThrow('use the handle');
      await expect(tx.transaction(async () => 1)).rejects.toThrow('do not nest');
    });
    expect(await warehouse.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('reads columns into typed arrays, NULL as NaN, in the order that was asked for', async () => {
    const read = await warehouse.columns(
      `SELECT id, n, d, CAST(12.5 AS NUMERIC(18,4)) AS money, d IS NULL AS flag FROM numbers ORDER BY id DESC`,
    );
    expect(read.keys).toEqual(['c', 'b', 'a']);
    expect(read.names).toEqual(['n', 'd', 'money', 'flag']);
    expect(read.values.map(values => [...values])).toEqual([
      [Number.NaN, 2, 1],
      [-2, Number.NaN, 0.5],
      [12.5, 12.5, 12.5],
      [0, 1, 0],
    ]);
    expect(read.values.every(values => values instanceof Float64Array)).toBe(true);
  });

  test('reads no rows, no numbers, and more rows than a block holds', async () => {
    const none = await warehouse.columns('SELECT id, n FROM numbers WHERE id IS NULL');
    expect(none).toEqual({ keys: [], names: ['n'], values: [new Float64Array(0)] });
    expect(await warehouse.columns('SELECT id FROM numbers ORDER BY id')).toEqual({
      keys: ['a', 'b', 'c'],
      names: [],
      values: [],
    });
    await warehouse.stage('many', "SELECT 'key ' || range AS id, range / 4 AS quarter FROM range(10000)");
    const many = await warehouse.columns('SELECT id, quarter FROM many ORDER BY quarter');
    await warehouse.unstage('many');
    expect(many.keys[9999]).toBe('key 9999');
    expect([...many.values[0]!]).toEqual(Array.from({ length: 10_000 }, (_, i) => i / 4));
  });

  test('refuses a NULL key rather than inventing one, and works on', async () => {
    const nullKeys = warehouse.columns('SELECT CAST(NULL AS TEXT) AS id, n FROM numbers');
    await expect(nullKeys).rejects.toThrow('must be text');
    expect(await count('numbers')).toBe(3);
  });

  test('appends text, numbers, money, times and NULL to the columns that are named', async () => {
    await warehouse.execute(
      'CREATE TABLE mixed (t TEXT, n BIGINT, d DOUBLE PRECISION, m NUMERIC(18,4), moment TIMESTAMP, unnamed TEXT)',
    );
    await warehouse.append('mixed', {
      d: Float64Array.of(1 / 3, -0.5, 1e300),
      t: ['x', '', null],
      n: [2 ** 40, 0, null],
      m: ['99999999999999.9999', 1.25, null],
      moment: ['2024-01-01 10:00:00.25', '1970-01-01 00:00:00', null],
    });
    const rows = await warehouse.query(
      'SELECT t, n, d, CAST(m AS TEXT) AS m, moment, unnamed FROM mixed ORDER BY d',
    );
    expect(rows).toEqual([
      { t: '', n: 0, d: -0.5, m: '1.2500', moment: '1970-01-01T00:00:00Z', unnamed: null },
      {
        t: 'x',
        n: 2 ** 40,
        d: 1 / 3,
        m: '99999999999999.9999',
        moment: '2024-01-01T10:00:00.25Z',
        unnamed: null,
      },
      { t: null, n: null, d: 1e300, m: null, moment: null, unnamed: null },
    ]);
    await warehouse.append('mixed', { t: [] });
    expect(await count('mixed')).toBe(3);
  });

  test('appends and stages hostile text unharmed', async () => {
    await warehouse.execute('CREATE TABLE texts (i BIGINT, t TEXT)');
    const anyText = fc.string({ unit: 'binary', maxLength: 40 }).filter(text => !text.includes('\0'));
    const texts = [...hostile, null, ...fc.sample(anyText, { numRuns: 300, seed: 7 })];
    await warehouse.append('texts', { i: texts.map((_, i) => i), t: texts });
    const rows = texts.map((text, i) => `(${i}, ${sqlText(text)})`).join(', ');
    await warehouse.stage('staged_texts', `SELECT * FROM (VALUES ${rows}) AS v(i, "t ""x""")`);
    const appended = await warehouse.query<{ t: string }>('SELECT t FROM texts ORDER BY i');
    const staged = await warehouse.query<{ t: string }>('SELECT "t ""x""" AS t FROM staged_texts ORDER BY i');
    expect(appended.map(row => row.t)).toEqual(texts);
    expect(staged.map(row => row.t)).toEqual(texts);
    await warehouse.unstage('staged_texts');
    await warehouse.unstage('staged_texts');
  });

  test('stages with types that match, and replaces what was staged under the name', async () => {
    await warehouse.stage('typed', 'SELECT 1 AS other');
    await warehouse.stage(
      'typed',
      `SELECT CAST(1 AS TINYINT) AS tiny, CAST(2 AS BIGINT) AS big, CAST(1.5 AS DOUBLE) AS ratio,
              CAST('0.1234' AS DECIMAL(18,4)) AS money, CAST(5 AS HUGEINT) AS huge, TRUE AS flag,
              TIMESTAMP '2024-01-01 00:00:00.000001' AS moment, TIMESTAMPTZ '2024-01-01 02:00:00+02' AS zoned,
              DATE '2024-01-01' AS day, CAST('nan' AS DOUBLE) AS nan, CAST(1e-7 AS DOUBLE) AS small
       FROM range(2)`,
    );
    const rows = await warehouse.query(
      `SELECT tiny + 1 AS tiny, big, ratio, money * 2 AS money, huge, flag, moment, zoned, day, nan, small FROM typed`,
    );
    const expected = {
      tiny: 2,
      big: 2,
      ratio: 1.5,
      money: 0.2468,
      huge: 5,
      flag: true,
      moment: '2024-01-01T00:00:00.000001Z',
      zoned: '2024-01-01T00:00:00Z',
      day: '2024-01-01',
      nan: Number.NaN,
      small: 1e-7,
    };
    expect(rows).toEqual([expected, expected]);
    await warehouse.unstage('typed');
    await expect(warehouse.query('SELECT * FROM typed')).rejects.toThrow(/typed/);
  });

  test('tells what the reader could not read, and works on', async () => {
    const missing = `SELECT * FROM read_csv(${literal(folder.file('missing.csv'))})`;
    await expect(warehouse.stage('missing', missing)).rejects.toThrow(/missing\.csv/);
    const midway =
      "SELECT CAST(CASE WHEN range = 60000 THEN 'bad' ELSE '1' END AS INTEGER) AS n FROM range(70000)";
    await expect(warehouse.stage('midway', midway)).rejects.toThrow(/bad/);
    await expect(warehouse.transaction(tx => tx.stage('midway', midway))).rejects.toThrow(/bad/);
    await warehouse.stage('midway', 'SELECT 1 AS n');
    expect(await count('midway')).toBe(1);
  });

  test('lets the reader keep tables of its own and stages from them', async () => {
    await warehouse.reader.execute("CREATE TEMP TABLE own AS SELECT 'é' AS t, 3 AS n");
    await warehouse.transaction(async tx => {
      expect(await tx.reader.query('SELECT t, n FROM own')).toEqual([{ t: 'é', n: 3 }]);
      await tx.stage('from_own', 'SELECT * FROM own');
      expect(await tx.query('SELECT t, n FROM from_own')).toEqual([{ t: 'é', n: 3 }]);
      await tx.unstage('from_own');
    });
    await warehouse.reader.execute('DROP TABLE own');
  });

  test('orders its own and staged text by code point, whatever the language of the server', async () => {
    const ids = ['b', 'B', 'a', 'Z', 'é', 'z', '_', '-', '10', '9', 'a b', 'ab'];
    const sorted = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    await warehouse.append('identities', { source_id: ids });
    await warehouse.stage('ids', `SELECT unnest([${ids.map(literal).join(', ')}]) AS source_id`);
    for (const table of ['identities', 'ids']) {
      const rows = await warehouse.query<{ id: string }>(
        `SELECT source_id AS id FROM ${table} ORDER BY source_id`,
      );
      expect(rows.map(row => row.id)).toEqual(sorted);
      const [ends] = await warehouse.query(
        `SELECT min(source_id) AS least, max('x/' || source_id) AS greatest FROM ${table}`,
      );
      expect(ends).toEqual({ least: sorted[0], greatest: `x/${sorted.at(-1)}` });
    }
    const [lower] = await warehouse.query(
      "SELECT lower(source_id) AS low, upper(source_id) AS up FROM ids WHERE source_id = 'é'",
    );
    expect(lower).toEqual({ low: 'é', up: 'É' });
    await warehouse.unstage('ids');
  });

  test('exports to each format the same rows in order, with their types', async () => {
    const select = `SELECT id, n, d, CAST(1.50 AS NUMERIC(18,4)) AS money, n > 1 AS flag,
      TIMESTAMP '2024-01-01 10:00:00' AS "at, quoted" FROM numbers ORDER BY id DESC`;
    const reader = overConnection(await connect({ file: ':memory:' }));
    const expected = [
      { id: 'c', n: null, d: -2, money: 1.5, flag: null, 'at, quoted': '2024-01-01T10:00:00Z' },
      { id: 'b', n: 2, d: null, money: 1.5, flag: true, 'at, quoted': '2024-01-01T10:00:00Z' },
      { id: 'a', n: 1, d: 0.5, money: 1.5, flag: false, 'at, quoted': '2024-01-01T10:00:00Z' },
    ];
    for (const ending of ['csv', 'parquet', 'json', 'jsonl']) {
      const file = folder.file(`export.${ending}`);
      expect(await warehouse.exportTo(select, file)).toBe(3);
      expect(await reader.query(`SELECT * FROM ${literal(file)}`), ending).toEqual(expected);
    }
    await reader.close();
    expect(readFileSync(folder.file('export.csv'), 'utf8')).toBe(
      'id,n,d,money,flag,"at, quoted"\nc,,-2.0,1.5000,,2024-01-01 10:00:00\n' +
        'b,2,,1.5000,true,2024-01-01 10:00:00\na,1,0.5,1.5000,false,2024-01-01 10:00:00\n',
    );
  });

  test('refuses an ending that it does not know and a folder that is not there', async () => {
    await expect(warehouse.exportTo('SELECT 1 AS n', folder.file('x.xlsx'))).rejects.toMatchObject({
      mender: 'asker',
    });
    await expect(warehouse.exportTo('SELECT 1 AS n', folder.file('no/such.csv'))).rejects.toMatchObject({
      mender: 'operator',
    });
    expect(await count('numbers')).toBe(3);
  });
});
