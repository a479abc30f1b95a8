import { afterEach, describe, expect, test } from 'vitest';
import { heldEvidence } from '../../src/features/availability.ts';
import { factOfRows, keptFact, type RowsFact } from '../../src/features/kept-facts.ts';
import { namesOfKind, type ShopName } from '../../src/segmentation/governance/shop-names.ts';
import { forgetArrived, storeEvents } from '../../src/sources/arriving-events.ts';
import { readEvents } from '../../src/sources/arriving-rows.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { importedAt, openShop, orders, type Shop } from '../sources/shop.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const date = '2026-06-01';
const facts: readonly RowsFact<unknown>[] = [
  heldEvidence([]),
  namesOfKind('category'),
  namesOfKind('event type'),
];

let open: Shop[] = [];
afterEach(async () => {
  for (const shop of open) await shop.close();
  open = [];
});

async function shopIn(store: 'DuckDB' | 'Postgres'): Promise<Shop> {
  const url = store === 'Postgres' ? await freshDatabase() : undefined;
  const shop = await openShop(url === undefined ? undefined : () => openPostgres({ url }));
  open.push(shop);
  return shop;
}

/** The facts as they are told, each of which has to be what the rows say now. */
async function told({ warehouse }: Shop, asOf = date): Promise<string[]> {
  const all: string[] = [];
  for (const fact of facts) {
    const value = await factOfRows(warehouse, fact, asOf);
    expect(value).toEqual(await fact.read(warehouse, asOf));
    expect(await warehouse.transaction(tx => keptFact(tx, fact, asOf))).toEqual(value);
    all.push(JSON.stringify(value));
  }
  return all;
}

const categories = ({ warehouse }: Shop): Promise<ShopName[]> =>
  factOfRows(warehouse, namesOfKind('category'), date);
const kept = (shop: Shop) =>
  shop.query<{ name: string; as_of: string }>('SELECT name, as_of FROM kept_facts ORDER BY name, as_of');

async function arrive(shop: Shop, id: string, at: string, minute: number): Promise<void> {
  const now = new Date(Date.parse(importedAt) + 60_000 * minute);
  const json = { event_id: id, customer_id: 'C2', occurred_at: at, type: 'Email Opened', category: 'garden' };
  await shop.warehouse.transaction(async tx => {
    await storeEvents(tx, 'shop', [readEvents([{ json }], now)], now);
    await forgetArrived(tx);
  });
}

async function begin(shop: Shop): Promise<void> {
  await shop.file('a.csv', orders('O1,C1,2026-05-01,9,GBP,paid', 'O2,C2,2026-05-02,9,GBP,paid'));
  await shop.file(
    'b.csv',
    'line_id,order_id,sku,product,category,quantity,unit_price\nL1,O1,m,Mug,kitchen,1,9\nL2,O2,p,Pan,kitchen,1,9\n',
  );
  await shop.import(shop.dir);
}

describe.each(['DuckDB', 'Postgres'] as const)('in %s', store => {
  test('what is kept is what the rows say, after an import, an event that arrived, and customers who became one', async () => {
    const shop = await shopIn(store);
    await begin(shop);
    const first = await told(shop);
    expect(await categories(shop)).toEqual([{ name: 'kitchen', customers: 2 }]);

    await shop.import(
      await shop.file(
        'c.csv',
        'event_id,customer_id,occurred_at,type,category\nE1,C1,2026-05-03T09:00:00Z,Product Viewed,garden\n',
      ),
    );
    const imported = await told(shop);
    expect(imported.filter((fact, i) => fact === first[i])).toEqual([]);
    expect(await categories(shop)).toContainEqual({ name: 'garden', customers: 1 });

    await arrive(shop, 'E2', '2026-05-04T09:00:00Z', 1);
    const arrived = await told(shop);
    expect(arrived.filter((fact, i) => fact === imported[i])).toEqual([]);
    expect(await categories(shop)).toContainEqual({ name: 'garden', customers: 2 });

    await shop.import(
      await shop.file('d.csv', 'customer_id,email\nC1,one@example.com\nC2,one@example.com\n'),
    );
    await told(shop);
    expect(await categories(shop)).toEqual([
      { name: 'garden', customers: 1 },
      { name: 'kitchen', customers: 1 },
    ]);
  });

  test('it is kept, and read again only where something came', async () => {
    const shop = await shopIn(store);
    await begin(shop);
    await told(shop);
    // No import: nothing tells of the change, which a look at the rows would see.
    await shop.warehouse.execute("UPDATE order_lines SET category = 'bath'");
    expect(await categories(shop)).toEqual([{ name: 'kitchen', customers: 2 }]);
    await arrive(shop, 'E1', '2026-07-01T09:00:00Z', 1);
    expect(await categories(shop)).toEqual([{ name: 'bath', customers: 2 }]);
  });

  test('a few dates are kept at a time, of the rows as they are, and no id of a customer', async () => {
    const shop = await shopIn(store);
    await begin(shop);
    for (const day of [1, 2, 3, 4, 5, 6]) await told(shop, `2026-06-0${day}`);
    expect(await kept(shop)).toHaveLength(4 * facts.length);
    const bodies = await shop.query<{ body: string }>('SELECT body FROM kept_facts');
    for (const { body } of bodies) expect(body).not.toMatch(/C[12]|shop\//);
    await arrive(shop, 'E1', '2026-05-04T09:00:00Z', 1);
    await told(shop);
    expect(await kept(shop)).toHaveLength(facts.length);
  });

  test('rows that leave no trace of a change are read each time', async () => {
    const shop = await shopIn(store);
    await begin(shop);
    await shop.warehouse.execute('DELETE FROM imports');
    await told(shop);
    await shop.warehouse.execute("UPDATE order_lines SET category = 'bath'");
    expect(await categories(shop)).toEqual([{ name: 'bath', customers: 2 }]);
    expect(await kept(shop)).toEqual([]);
  });
});

test('another way to read a fact does not take what was kept by this one', async () => {
  const shop = await shopIn('DuckDB');
  await begin(shop);
  const fact = (readBy: string): RowsFact<string> => ({ name: 'a fact', readBy, read: async () => readBy });
  expect(await factOfRows(shop.warehouse, fact('one'), date)).toBe('one');
  expect(await factOfRows(shop.warehouse, fact('two'), date)).toBe('two');
});
