import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { openShop, orders, type Shop } from './shop.ts';

/** What two stores must agree on, in an order of its own. */
async function everything(shop: Shop): Promise<string[]> {
  const dump = await shop.dump();
  return dump.map(row => row.replaceAll(shop.dir, '')).sort();
}

async function fill(shop: Shop): Promise<void> {
  await shop.file(
    'a-customers.csv',
    'customer_id,email,phone\nC1,ann@x.org,\nC2,ANN@x.org,+442079460000\nC3,,\n',
  );
  await shop.file(
    'b-orders.csv',
    orders(
      'O1,C1,2026-05-01T10:00:00+02:00,9.99,GBP,paid',
      'O2,C2,2026-05-02,1,GBP,',
      'O3,,2026-05-02,1,GBP,',
      'O4,x',
      'O5,C9,2026-05-02,1,GBP,',
    ),
  );
  await shop.file(
    'c-lines.csv',
    'line_id,order_id,sku,product,quantity,unit_price\nL1,O1,s,"tab\there, \\N ""q""\nnew",1,9.99\nL2,O8,s,lost,1,1\n',
  );
  await shop.file('d-events.csv', 'event_id,customer_id,occurred_at,type\nE1,C3,2026-05-01,Product Viewed\n');
  await shop.import(shop.dir);
  await shop.import(
    await shop.file(
      'e-orders.csv',
      orders('O1,C2,2026-05-03,9.99,GBP,paid', 'O2,C2,2026-05-02,1,GBP,', 'O6,C3,2026-05-02,4,GBP,'),
    ),
  );
  await shop.import(await shop.file('f-more.csv', 'customer_id,email,phone\nz,,+442079460000\n'), {
    source: 'desk',
  });
}

test('Postgres ends with the same rows as DuckDB', async () => {
  const url = await freshDatabase();
  const [postgres, duckdb] = [await openShop(() => openPostgres({ url })), await openShop()];
  try {
    for (const shop of [postgres, duckdb]) await fill(shop);
    expect(await everything(postgres)).toEqual(await everything(duckdb));
    expect(await postgres.query('SELECT DISTINCT profile_id FROM order_lines')).toEqual([
      { profile_id: 'desk/z' },
    ]);
  } finally {
    await postgres.close();
    await duckdb.close();
  }
});

test('Postgres takes a part of the real sample, and a second time nothing', async () => {
  const url = await freshDatabase();
  const shop = await openShop(() => openPostgres({ url }));
  const sample = fileURLToPath(new URL('../../samples/online-retail/online-retail.parquet', import.meta.url));
  const part = `${shop.dir}/december.parquet`;
  try {
    await shop.warehouse.reader.execute(
      `COPY (FROM read_parquet('${sample}') WHERE InvoiceDate < TIMESTAMP '2010-12-08') TO '${part}' (FORMAT parquet)`,
    );
    const first = (await shop.import(part)).files[0]!;
    expect(first.stored).toBeGreaterThan(5000);
    expect(first.stored + first.rejected).toBe(first.rowsIn);
    const second = (await shop.import(part)).files[0]!;
    expect(second).toMatchObject({ stored: 0, rejected: first.rejected, alreadyThere: first.stored });
  } finally {
    await shop.close();
  }
});
