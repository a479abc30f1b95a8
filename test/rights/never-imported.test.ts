import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { suppressionOf } from '../../src/governance/suppression.ts';
import { silent } from '../../src/progress.ts';
import { eraseRows } from '../../src/rights/erase-rows.ts';
import { findPerson } from '../../src/rights/person.ts';
import { forgetArrived, storeEvents } from '../../src/sources/arriving-events.ts';
import { readEvents } from '../../src/sources/arriving-rows.ts';
import { importPaths } from '../../src/sources/import.ts';
import { erasedReason } from '../../src/sources/suppressed-rows.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { importedAt, openShop, type Shop } from '../sources/shop.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const suppression = suppressionOf({ key: Buffer.alloc(32, 7) })!;
const now = new Date(importedAt);

let open: Shop[] = [];
afterEach(async () => {
  for (const shop of open) await shop.close();
  open = [];
});

type Store = 'DuckDB' | 'Postgres';

async function shopIn(store: Store): Promise<Shop> {
  const url = store === 'Postgres' ? await freshDatabase() : undefined;
  const shop = await openShop(url === undefined ? undefined : () => openPostgres({ url }));
  open.push(shop);
  return shop;
}

/** What one person left: accounts at two sources that share an address, orders with lines, an order as a guest, events. */
interface Left {
  accounts: boolean;
  mailTool: boolean;
  orders: number;
  guest: boolean;
  events: number;
  broken: boolean;
}

const emailOf = (i: number) => `person${i}@example.org`;

function filesOf(people: readonly (Left | null)[]) {
  const customers = ['customer_id,email,created_at'];
  const members = ['customer_id,email,external_id'];
  const orders = ['order_id,customer_id,ordered_at,total'];
  const lines = ['line_id,order_id,sku,quantity,unit_price'];
  const guests = [
    'Name,Email,Financial Status,Created at,Total,Lineitem name,Lineitem quantity,Lineitem price',
  ];
  const events: object[] = [];
  for (const [i, left] of people.entries()) {
    if (!left) continue;
    if (left.accounts) customers.push(`C${i},${emailOf(i)},2026-01-0${(i % 9) + 1}`);
    if (left.broken) customers.push(`C9${i},${emailOf(i)},no date`);
    if (left.mailTool) members.push(`M${i},${emailOf(i)},${left.accounts ? `C${i}` : ''}`);
    for (let n = 0; n < left.orders; n++) {
      orders.push(`O${i}-${n},C${i},2026-0${n + 2}-11,${20 + n}`);
      lines.push(`L${i}-${n},O${i}-${n},MUG,1,${20 + n}`);
    }
    if (left.guest)
      guests.push(
        `#G${i},${emailOf(i)},paid,2026-05-0${(i % 9) + 1} 10:00:00 +0000,30,Mug,1,10`,
        `#G${i},,,,,Cup,2,10`,
      );
    for (let n = 0; n < left.events; n++)
      events.push({
        event_id: `E${i}-${n}`,
        customer_id: `C${i}`,
        occurred_at: `2026-11-0${n + 1}T10:00:00Z`,
        type: 'Product Viewed',
      });
  }
  return { files: { customers, members, orders, lines, guests }, events };
}

async function importAll(shop: Shop, people: readonly (Left | null)[]): Promise<void> {
  const { files, events } = filesOf(people);
  for (const [name, rows] of Object.entries(files)) {
    if (rows.length < 2) continue;
    const path = await shop.file(`${name}.csv`, `${rows.join('\n')}\n`);
    const source = { members: 'mail', guests: 'guests' }[name] ?? 'shop';
    await importPaths(
      shop.warehouse,
      { paths: [path], importedAt, tempDir: shop.tempDir, source, suppression },
      silent,
    );
  }
  await shop.warehouse.transaction(async tx => {
    const post = readEvents(
      events.map(json => ({ json })),
      now,
    );
    const { fates } = await storeEvents(tx, 'shop', [post], now, suppression);
    expect(fates[0]!.stored + fates[0]!.rejected + fates[0]!.alreadyThere).toBe(events.length);
    await forgetArrived(tx);
  });
}

/** All that is stored but what was left out, which files came, and in which row of them what was rejected stood. */
async function stored(shop: Shop): Promise<string[]> {
  return (await shop.dump())
    .filter(row => !row.startsWith('imports ') && !row.includes(erasedReason))
    .map(row =>
      row.startsWith('rejects ')
        ? row
            .replace(/"import_id":"[^"]*",/, '')
            .replace(/"row_number":\d+,/, '')
            .replace(/"file":"[^"]*",/, '')
        : row,
    )
    .sort();
}

const leftBy = fc.record({
  accounts: fc.boolean(),
  mailTool: fc.boolean(),
  orders: fc.nat(2),
  guest: fc.boolean(),
  events: fc.nat(2),
  broken: fc.boolean(),
});

describe.each(['DuckDB', 'Postgres'] as const)('in %s', store => {
  test('whoever is erased is as if they had never come, and stays so whatever is imported again', {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(leftBy, { minLength: 2, maxLength: 4 }), fc.nat(3), async (people, pick) => {
        const one = pick % people.length;
        const without = people.map((left, i) => (i === one ? null : left));
        const [shop, never] = [await shopIn(store), await shopIn(store)];
        await importAll(never, without);
        await importAll(shop, people);
        const left = people[one]!;
        // Orders and events without an account have an id and no address.
        const known = left.accounts || left.mailTool || left.guest || left.broken;
        const bare = !left.accounts && (left.orders > 0 || left.events > 0);
        if (known)
          await shop.warehouse.transaction(async tx =>
            eraseRows(tx, suppression, await findPerson(tx, { email: emailOf(one) }), now),
          );
        if (bare || !known)
          await shop.warehouse.transaction(async tx =>
            eraseRows(tx, suppression, await findPerson(tx, { ids: [`shop/C${one}`] }), now),
          );
        expect(await stored(shop)).toEqual(await stored(never));
        await importAll(shop, people);
        expect(await stored(shop)).toEqual(await stored(never));
        const text = (await shop.dump()).join('\n');
        expect(text.includes(emailOf(one))).toBe(false);
      }),
      { numRuns: store === 'DuckDB' ? 5 : 2, seed: 8 },
    );
  });

  test('without the key of then nothing is stored', async () => {
    const shop = await shopIn(store);
    const file = await shop.file('customers.csv', 'customer_id,email\nC1,anna@example.org\n');
    await shop.import(file);
    await shop.warehouse.transaction(async tx =>
      eraseRows(tx, suppression, await findPerson(tx, { email: 'Anna@Example.org ' }), now),
    );
    await expect(shop.import(file)).rejects.toThrow(/KINDRED_KEY, which is not set/);
    const other = suppressionOf({ key: Buffer.alloc(32, 8) });
    await expect(
      importPaths(
        shop.warehouse,
        { paths: [file], importedAt, tempDir: shop.tempDir, suppression: other },
        silent,
      ),
    ).rejects.toThrow(/another KINDRED_KEY/);
    expect(await shop.query('SELECT * FROM customers')).toEqual([]);
  });
});

test('an address that several people share names nobody, and is on no list', async () => {
  const shop = await shopIn('DuckDB');
  const rows = ['C1', 'C2', 'C3', 'C4'].map(id => `${id},office@example.org\n`).join('');
  const file = await shop.file('customers.csv', `customer_id,email\n${rows}`);
  await shop.import(file);
  await expect(findPerson(shop.warehouse, { email: 'office@example.org' })).rejects.toThrow(/4 customers/);
  await shop.warehouse.transaction(async tx =>
    eraseRows(tx, suppression, await findPerson(tx, { ids: ['shop/C2'] }), now),
  );
  await importPaths(
    shop.warehouse,
    { paths: [file], importedAt, tempDir: shop.tempDir, suppression },
    silent,
  );
  const left = await shop.query<{ id: string }>('SELECT customer_id AS id FROM customers ORDER BY 1');
  expect(left.map(({ id }) => id)).toEqual(['C1', 'C3', 'C4']);
});
