import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CanonicalRow, Page } from '../../../src/sources/pull/source.ts';
import { storePages, storePulled } from '../../../src/sources/pull/store.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { canonicalTables } from '../../../src/warehouse/schema.ts';
import { stores } from '../../warehouse/stores.ts';
import { openShop, type Shop } from '../shop.ts';

const at = '2026-11-22T09:00:00.000Z';
const told = { source: 'woo', format: 'made', at, suppression: null };
type Pages = readonly Pick<Page, 'rows' | 'gone'>[];

describe.each(stores)('what a vendor tells, stored in $store', ({ open, store }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(open);
  });
  afterAll(() => shop.close());

  async function emptied(): Promise<Shop> {
    for (const table of [...Object.keys(canonicalTables), 'identities', 'imports', 'rejects', 'versions'])
      await shop.warehouse.execute(`DELETE FROM ${table}`);
    return shop;
  }

  /** All that is stored, without the record of how it came. */
  async function stored(): Promise<string[]> {
    const rows: string[] = [];
    for (const table of [...Object.keys(canonicalTables), 'identities'])
      for (const row of await shop.query(`SELECT * FROM ${table}`))
        rows.push(`${table} ${JSON.stringify(Object.fromEntries(Object.entries(row).sort()))}`);
    return rows.sort();
  }

  async function inBatches(
    pages: Pages,
    sizes: readonly number[],
    repeated: readonly boolean[],
  ): Promise<string[]> {
    await emptied();
    let start = 0;
    for (let batch = 0; start < pages.length; batch++) {
      const end = start + (sizes[batch % sizes.length] ?? 1);
      // As the engine does: what is gone ends what is stored together.
      const some: Pick<Page, 'rows' | 'gone'>[] = [];
      for (const page of pages.slice(start, end)) {
        some.push(page);
        start++;
        if (page.gone) break;
      }
      await storePages(shop.warehouse, { ...told, pages: some });
      if (repeated[batch % repeated.length]) await storePages(shop.warehouse, { ...told, pages: some });
    }
    return stored();
  }

  // Each page is some fifty statements. They take Postgres longer, and both run the same ones.
  const runs = store === 'DuckDB' ? 4 : 1;

  test('however the pages are put together, and however often a part of them comes again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(page, { minLength: 2, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
        async (pages, sizes, repeated) => {
          const onePerPage = await inBatches(pages, [1], [false]);
          expect(await inBatches(pages, sizes, repeated)).toEqual(onePerPage);
        },
      ),
      { numRuns: runs },
    );
  }, 180_000);

  test('equals an import of the same rows from files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wholePage, { minLength: 2, maxLength: 3 }), async pages => {
        const pulled = await inBatches(pages, [2], [false]);
        await emptied();
        for (const table of ['customers', 'orders', 'order_lines', 'events'] as const) {
          const rows = pages.flatMap(page => page.rows[table] ?? []);
          if (rows.length === 0) continue;
          const path = await shop.file(
            `${table}.jsonl`,
            rows.map(row => `${JSON.stringify(row)}\n`).join(''),
          );
          await shop.import(path, { format: 'canonical', source: 'woo' });
        }
        expect(pulled).toEqual(await stored());
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  }, 180_000);

  test('an error at any statement leaves nothing behind, and what comes next is stored', async () => {
    await emptied();
    const rows = {
      customers: [{ customer_id: 'C1', email: 'ann@x.org', changed_at: '2026-05-01T00:00:00Z' }],
      orders: [{ order_id: 'O1', customer_id: 'C1', ordered_at: '2026-05-01', total: '5' }],
      order_lines: [{ line_id: 'L1', order_id: 'O1', sku: 'a', quantity: 1, unit_price: '5' }],
    };
    const gone = { customers: ['C9'] };
    const before = await temporaryTables();
    for (const statement of [0, 7, 15, 30, 45]) {
      let left = statement;
      const failing: Warehouse = {
        ...shop.warehouse,
        reader: shop.warehouse.reader,
        transaction: work =>
          shop.warehouse.transaction(tx =>
            work({
              ...tx,
              reader: tx.reader,
              execute: (...args) => {
                if (left-- === 0) throw new Error('The disk is full.');
                return tx.execute(...args);
              },
              query: (...args) => {
                if (left-- === 0) throw new Error('The disk is full.');
                return tx.query(...args);
              },
            }),
          ),
      };
      const failed = storePages(failing, { ...told, pages: [{ rows, gone }] });
      if (statement < 30) await expect(failed).rejects.toThrow('The disk is full.');
      else await failed.catch(() => {});
      expect(await temporaryTables()).toEqual(before);
    }
    await storePulled(shop.warehouse, { ...told, rows, gone });
    expect(await shop.query('SELECT profile_id FROM orders')).toEqual([{ profile_id: 'woo/C1' }]);
    expect(await temporaryTables()).toEqual(before);
  });

  /** Of the reader, and of the store. */
  async function temporaryTables(): Promise<unknown[]> {
    const ofReader = await shop.warehouse.reader.query(
      'SELECT table_name AS name FROM duckdb_tables() WHERE temporary ORDER BY 1',
    );
    if (store === 'DuckDB') return ofReader;
    const ofStore = await shop.query(
      `SELECT relname AS "name" FROM pg_class WHERE relpersistence = 't' AND relkind = 'r' ORDER BY 1`,
    );
    return [...ofReader, ...ofStore];
  }

  test('each row has a fate, and imports and rejects tell of it once a day', async () => {
    await emptied();
    const rows = {
      customers: [
        { customer_id: 'C1', email: 'ANN@x.org' },
        { customer_id: '', email: 'nobody@x.org' },
      ],
      orders: [{ order_id: 'O1', customer_id: 'C1', ordered_at: '2026-05-01T10:00:00+02:00', total: '9.99' }],
      order_lines: [
        { line_id: 'L1', order_id: 'O1', sku: 'a', quantity: 1, unit_price: '9.99' },
        { line_id: 'L2', order_id: 'O7', sku: 'a', quantity: 1, unit_price: '9.99' },
      ],
    };
    expect(await storePulled(shop.warehouse, { ...told, rows })).toEqual({
      received: 5,
      stored: 3,
      alreadyThere: 0,
      rejected: 2,
      removed: 0,
    });
    const again = await storePulled(shop.warehouse, { ...told, rows, gone: { order_lines: ['L1', 'L9'] } });
    expect(again).toEqual({ received: 7, stored: 1, alreadyThere: 4, rejected: 2, removed: 1 });
    expect(await shop.query('SELECT rows_in, stored, rejected, already_there FROM imports')).toEqual([
      { rows_in: 12, stored: 4, rejected: 4, already_there: 4 },
    ]);
    expect(await shop.query('SELECT row_number, reason FROM rejects ORDER BY row_number')).toEqual([
      { row_number: 2, reason: 'no customer_id' },
      { row_number: 5, reason: 'its order is not in the data' },
      { row_number: 7, reason: 'no customer_id' },
      { row_number: 10, reason: 'its order is not in the data' },
    ]);
    const [order] = await shop.query<{ ordered_at: string; total: number; profile_id: string }>(
      'SELECT ordered_at, total, profile_id FROM orders',
    );
    expect(order).toMatchObject({ total: 9.99, profile_id: 'woo/C1' });
    expect(order!.ordered_at).toMatch(/^2026-05-01[T ]08:00:00/);
  });

  test('what a row does not tell stays, and what it tells as blank goes', async () => {
    await emptied();
    const customers = (...rows: CanonicalRow[]) =>
      storePulled(shop.warehouse, { ...told, rows: { customers: rows } });
    await customers({ customer_id: 'C1', email: 'ann@x.org', phone: '+442079460000', country: 'GB' });
    expect(await customers({ customer_id: 'C1', email: 'ann@x.org' })).toMatchObject({ alreadyThere: 1 });
    await customers({ customer_id: 'C1', phone: null }, { customer_id: 'C1', country: 'FR' });
    expect(await shop.query('SELECT email, phone, country FROM customers')).toEqual([
      { email: 'ann@x.org', phone: null, country: 'FR' },
    ]);
  });

  test('an order that comes late brings back neither itself nor its lines', async () => {
    await emptied();
    const order = (status: string, changed_at: string, ...skus: string[]) =>
      storePulled(shop.warehouse, {
        ...told,
        rows: {
          orders: [
            { order_id: 'O1', customer_id: 'C1', ordered_at: '2026-05-01', total: '5', status, changed_at },
          ],
          order_lines: skus.map(sku => ({
            line_id: sku,
            order_id: 'O1',
            sku,
            quantity: 1,
            unit_price: '5',
          })),
        },
      });
    const now = async () => [
      await shop.query('SELECT status FROM orders'),
      await shop.query('SELECT sku FROM order_lines ORDER BY sku'),
    ];
    await order('paid', '2026-05-02T10:00:00Z', 'a', 'b');
    await order('refunded', '2026-05-03T10:00:00Z', 'b', 'c');
    const today = [[{ status: 'refunded' }], [{ sku: 'b' }, { sku: 'c' }]];
    expect(await now()).toEqual(today);
    expect(await order('paid', '2026-05-02T12:00:00Z', 'a')).toMatchObject({ alreadyThere: 2, stored: 0 });
    expect(await now()).toEqual(today);
    await storePulled(shop.warehouse, { ...told, rows: {}, gone: { orders: ['O1'] } });
    expect(await now()).toEqual([[], []]);
    await order('paid', '2026-05-04T12:00:00Z', 'a');
    expect(await now()).toEqual([[], []]);
    expect(await shop.query('SELECT * FROM identities')).toEqual([]);
  });

  test('customers of two sources are one profile by their address, until one of them is gone', async () => {
    await emptied();
    const customer = { customer_id: 'C1', email: 'ann@x.org' };
    await storePulled(shop.warehouse, { ...told, source: 'a', rows: { customers: [customer] } });
    await storePulled(shop.warehouse, {
      ...told,
      rows: {
        customers: [{ ...customer, customer_id: 'W1' }],
        events: [{ event_id: 'E1', customer_id: 'W1', occurred_at: at, type: 'Email Opened' }],
      },
    });
    const profiles = () => shop.query('SELECT source, profile_id FROM identities ORDER BY source');
    expect(await profiles()).toEqual([
      { source: 'a', profile_id: 'a/C1' },
      { source: 'woo', profile_id: 'a/C1' },
    ]);
    await storePulled(shop.warehouse, { ...told, source: 'a', rows: {}, gone: { customers: ['C1'] } });
    expect(await profiles()).toEqual([{ source: 'woo', profile_id: 'woo/W1' }]);
    expect(await shop.query('SELECT profile_id FROM events')).toEqual([{ profile_id: 'woo/W1' }]);
  });
});

const id = fc.constantFrom('1', '2', '3', '17.0', '17');
const someTime = fc.constantFrom(
  '2026-05-01T10:00:00+02:00',
  '2026-06-01T00:00:00Z',
  '2026-07-01',
  '1970-01-01',
);
const version = fc.constantFrom('2026-08-01T00:00:00Z', '2026-08-02T00:00:00Z', '2026-08-03T00:00:00Z');
const amount = fc.constantFrom('1', '9.99', 12.5, '-3', '1000.123456');
const text = fc.constantFrom('über', "it's", 'two\nlines', '🫖', '', null, 'a"b');
const email = fc.constantFrom('ann@x.org', ' BOB@x.org', null, 'x');

const customerRow = {
  customer_id: id,
  email,
  phone: fc.constantFrom('+44 20 7946 0000', null),
  country: text,
  accepts_marketing: fc.constantFrom(true, false, null, 'perhaps'),
};
const orderRow = {
  order_id: id,
  customer_id: id,
  ordered_at: someTime,
  total: amount,
  status: text,
};
const lineRow = {
  line_id: id,
  sku: fc.constantFrom('a', 'b'),
  quantity: fc.constantFrom(1, 2, 0),
  unit_price: amount,
};
const eventRow = { event_id: id, customer_id: id, occurred_at: someTime, type: text, category: text };

/** An order with all of its lines; ids of lines are those of their order, as with vendors. */
const family = (order: fc.Arbitrary<CanonicalRow>) =>
  fc.tuple(order, fc.array(fc.record(lineRow), { maxLength: 3 })).map(([row, lines]) => ({
    order: row,
    lines: lines.map(line => ({
      ...line,
      order_id: row.order_id!,
      line_id: `${row.order_id}-${line.line_id}`,
    })),
  }));

const page: fc.Arbitrary<Pick<Page, 'rows' | 'gone'>> = fc
  .record({
    customers: fc.array(
      fc.record({ ...customerRow, changed_at: version }, { requiredKeys: ['customer_id'] }),
      {
        maxLength: 4,
      },
    ),
    families: fc.array(
      family(
        fc.record(
          { ...orderRow, changed_at: version },
          { requiredKeys: ['order_id', 'customer_id', 'ordered_at', 'total'] },
        ),
      ),
      { maxLength: 2 },
    ),
    events: fc.array(fc.record(eventRow), { maxLength: 3 }),
    gone: fc.option(fc.record({ customers: fc.array(id), orders: fc.array(id) }, { requiredKeys: [] }), {
      freq: 4,
      nil: undefined,
    }),
  })
  .map(({ customers, families, events, gone }) => ({
    rows: {
      customers: customers as CanonicalRow[],
      orders: families.map(({ order }) => order),
      order_lines: families.flatMap(({ lines }) => lines),
      events,
    },
    ...(gone ? { gone } : {}),
  }));

/** Every column is told, and an order comes once: as in a file. */
const wholePage: fc.Arbitrary<Pick<Page, 'rows'>> = fc
  .record({
    customers: fc.array(fc.record(customerRow), { maxLength: 4 }),
    events: fc.array(fc.record(eventRow), { maxLength: 4 }),
    orders: fc.array(fc.record(orderRow), { maxLength: 3 }),
  })
  .map(rows => ({ rows }));
