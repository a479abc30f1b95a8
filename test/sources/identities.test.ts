import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mergeReport, reconcile } from '../../src/sources/identities.ts';
import { joinIdentities, type SharedKey } from '../../src/sources/identity-groups.ts';
import { openShop, orders, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const customers = (...rows: string[]) => `customer_id,email,phone,external_id\n${rows.join('\n')}\n`;
const addCustomers = async (source: string, ...rows: string[]) =>
  shop.import(await shop.file(`${source}.csv`, customers(...rows)), { source });
const profiles = () =>
  shop.query<{ id: string; profile_id: string; reason: string }>(
    "SELECT source || '/' || source_id AS id, profile_id, reason FROM identities ORDER BY 1",
  );

test('ids of several sources are one profile where they share an e-mail, a phone or an id', async () => {
  await addCustomers('shop', '1,ann@x.org,,', '2,,+44 20 7946 0000,', '3,cy@x.org,,', '4,,,');
  await addCustomers('mail', 'a, ANN@x.org ,,', 'b,,0044 20 7946 0000,', 'c,,,3', 'd,dan@x.org,,');
  expect(await profiles()).toEqual([
    { id: 'mail/a', profile_id: 'mail/a', reason: 'own id' },
    { id: 'mail/b', profile_id: 'mail/b', reason: 'own id' },
    { id: 'mail/c', profile_id: 'mail/c', reason: 'own id' },
    { id: 'mail/d', profile_id: 'mail/d', reason: 'own id' },
    { id: 'shop/1', profile_id: 'mail/a', reason: 'same e-mail as mail/a' },
    { id: 'shop/2', profile_id: 'mail/b', reason: 'same phone as mail/b' },
    { id: 'shop/3', profile_id: 'mail/c', reason: 'same id as mail/c' },
    { id: 'shop/4', profile_id: 'shop/4', reason: 'own id' },
  ]);
});

test('a chain of joins is one profile, and its rows follow when a join comes later', async () => {
  await shop.import(await shop.file('orders.csv', orders('O1,1,2026-05-01,9,GBP,paid')));
  await shop.import(
    await shop.file('lines.csv', 'line_id,order_id,sku,quantity,unit_price\nL1,O1,mug,1,9\n'),
  );
  await shop.import(
    await shop.file('events.csv', 'event_id,customer_id,occurred_at,type\nE1,1,2026-05-01,Product Viewed\n'),
  );
  await addCustomers('shop', '1,ann@x.org,,');
  await addCustomers('mail', 'z,ann@x.org,+442079460000,');
  const report = await addCustomers('a-desk', '9,,+442079460000,');
  expect(report.merges).toMatchObject({ identities: 3, profiles: 1, byEmail: 1, byPhone: 1, byId: 0 });
  for (const table of ['customers', 'orders', 'order_lines', 'events'])
    expect(await shop.query(`SELECT DISTINCT profile_id FROM ${table}`)).toEqual([
      { profile_id: 'a-desk/9' },
    ]);
});

test('an address on many customers of one source joins nobody', async () => {
  const crowd = Array.from({ length: 50 }, (_, i) => `${i},office@x.org,+441111111111,`);
  const report = await addCustomers('shop', ...crowd, '90,two@x.org,,', '91,two@x.org,,');
  expect(report.merges).toMatchObject({ identities: 52, profiles: 51, byEmail: 1, sharedAddresses: 2 });
  const second = await addCustomers('mail', 'm,office@x.org,,');
  expect(second.merges).toMatchObject({ identities: 53, profiles: 52 });
});

test('an address that becomes crowded lets go of those it had joined', async () => {
  await addCustomers('shop', '1,a@x.org,,', '2,a@x.org,,');
  expect(new Set((await profiles()).map(row => row.profile_id)).size).toBe(1);
  await addCustomers('shop', '3,a@x.org,,', '4,a@x.org,,');
  expect(new Set((await profiles()).map(row => row.profile_id)).size).toBe(4);
});

test('national phone numbers join within a source only, and short or blank ones never', async () => {
  await addCustomers(
    'north',
    '1,,020 7946 0000,',
    '2,,(020) 7946-0000,',
    '3,,123,',
    '4,,0000000000,',
    '5,,0000000000,',
  );
  await addCustomers('south', '1,,020 7946 0000,', '3,,123,');
  const byId = new Map((await profiles()).map(row => [row.id, row.profile_id]));
  expect(byId.get('north/2')).toBe('north/1');
  expect(byId.get('south/1')).toBe('south/1');
  expect(byId.get('south/3')).toBe('south/3');
  expect(byId.get('north/5')).toBe('north/5');
});

test('an id that two other sources use for their own customers does not tell which is meant', async () => {
  await addCustomers('shop', '1,,,');
  await addCustomers('desk', '1,,,');
  await addCustomers('mail', 'm,,,1');
  expect(new Set((await profiles()).map(row => row.profile_id)).size).toBe(3);
});

test('the profiles do not depend on the order of the imports', async () => {
  const files: [string, string[]][] = [
    ['shop', ['1,ann@x.org,,', '2,bo@x.org,+442079460000,', '3,bo@x.org,,']],
    ['mail', ['a,ann@x.org,,2', 'b,bo@x.org,,']],
    ['desk', ['7,,+442079460000,', '8,cy@x.org,,1']],
  ];
  const outcomes: unknown[] = [];
  for (const order of [files, files.toReversed(), [files[1]!, files[0]!, files[2]!]]) {
    for (const [source, rows] of order) await addCustomers(source, ...rows);
    outcomes.push([
      await profiles(),
      await shop.query('SELECT source, customer_id, profile_id FROM customers ORDER BY 1, 2'),
    ]);
    await shop.close();
    shop = await openShop();
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
});

test('reconciling again changes nothing', async () => {
  await addCustomers('shop', '1,ann@x.org,,', '2,ann@x.org,,');
  const before = await shop.dump();
  await shop.warehouse.transaction(reconcile);
  expect(await mergeReport(shop.warehouse)).toMatchObject({ identities: 2, profiles: 1, byEmail: 1 });
  expect(await shop.dump()).toEqual(before);
});

const rows = fc.array(
  fc.record({
    kind: fc.constantFrom('email', 'phone', 'id', 'own id') as fc.Arbitrary<SharedKey['kind']>,
    key: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
    source: fc.constantFrom('a', 'b', 'c'),
    id: fc.constantFrom('1', '2', '3', '10'),
  }),
  { maxLength: 20 },
);

test('joining is a partition: the same for any order of rows, named after its least id', () => {
  fc.assert(
    fc.property(rows, fc.infiniteStream(fc.nat()), (shared, shuffle) => {
      const distinct = [...new Map(shared.map(row => [JSON.stringify(row), row])).values()];
      const joined = joinIdentities(distinct, 3);
      const shuffled = distinct
        .map(row => ({ row, place: shuffle.next().value }))
        .sort((x, y) => x.place - y.place)
        .map(({ row }) => row);
      expect(joinIdentities(shuffled, 3)).toEqual(joined);

      const names = joined.map(row => `${row.source}/${row.id}`);
      expect(new Set(names).size).toBe(names.length);
      for (const row of joined) {
        const own = joined.find(other => `${other.source}/${other.id}` === row.profile)!;
        expect(own.profile).toBe(row.profile);
        expect(own.reason).toBe('own id');
        expect(own.source < row.source || (own.source === row.source && own.id <= row.id)).toBe(true);
      }
      const profileOf = new Map(joined.map(row => [`${row.source}/${row.id}`, row.profile]));
      for (const kind of ['email', 'phone'] as const) {
        for (const key of new Set(distinct.map(row => row.key))) {
          const carriers = distinct.filter(row => row.kind === kind && row.key === key);
          const most = Math.max(
            0,
            ...carriers.map(row => carriers.filter(other => other.source === row.source).length),
          );
          if (carriers.length < 2 || most > 3) continue;
          expect(new Set(carriers.map(row => profileOf.get(`${row.source}/${row.id}`))).size).toBe(1);
        }
      }
    }),
  );
});
