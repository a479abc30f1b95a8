import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHistories, readOutcomes } from '../../../src/segmentation/predictions/histories.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { randomShop } from '../../features/random-shop.ts';
import { type Row, stock, withShop } from '../../features/shop.ts';
import { freshDatabase } from '../../support/fresh-database.ts';

const asOf = '2024-04-01';
const period = { from: '2024-01-02', to: asOf };
const dayOf = (time: string) => Math.floor(Date.parse(`${time.slice(0, 10)}T00:00:00Z`) / 86_400_000);

/** What readHistories is to say, by the plainest of means. */
function histories(orders: readonly Row[], until: string, since = '0000') {
  const days = new Map<string, Map<number, number>>();
  const back = new Map<string, number>();
  for (const { profile_id, ordered_at, total, status, refunded, refunded_at } of orders) {
    const at = String(ordered_at);
    if (at >= until || at < since || status === 'cancelled') continue;
    const id = String(profile_id);
    const own = days.get(id) ?? new Map<number, number>();
    const paid = Math.round(Number(total ?? 0) * 100);
    const refund =
      refunded_at == null || String(refunded_at) < until ? Math.round(Number(refunded ?? 0) * 100) : 0;
    own.set(dayOf(at), (own.get(dayOf(at)) ?? 0) + paid);
    days.set(id, own);
    back.set(id, (back.get(id) ?? 0) + Math.min(paid, refund));
  }
  return [...days]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([profileId, own]) => {
      const [first, last] = [Math.min(...own.keys()), Math.max(...own.keys())];
      const cents = [...own.values()].reduce((sum, value) => sum + value, 0);
      return {
        profileId,
        repeats: own.size - 1,
        recency: last - first,
        age: dayOf(until) - first,
        occasions: own.size,
        value: cents / 100 / own.size,
        paid: cents / 100,
        paidBack: back.get(profileId)! / 100,
      };
    });
}

/** What readOutcomes is to say of everybody. */
function outcomes(orders: readonly Row[], { from, to }: typeof period) {
  const found = new Map<string, { days: Set<number>; cents: number }>();
  for (const { profile_id, ordered_at, total, status, refunded, refunded_at } of orders) {
    const at = String(ordered_at);
    if (at < from || at >= to || status === 'cancelled') continue;
    const own = found.get(String(profile_id)) ?? { days: new Set(), cents: 0 };
    const back = refunded_at == null || String(refunded_at) < to ? Number(refunded ?? 0) : 0;
    own.days.add(dayOf(at));
    own.cents += Math.max(0, Math.round(Number(total ?? 0) * 100) - Math.round(back * 100));
    found.set(String(profile_id), own);
  }
  return found;
}

async function read(options: Parameters<typeof readHistories>[1], shop: ReturnType<typeof randomShop>) {
  return withShop(shop, async warehouse => {
    const { profileIds, ...columns } = await readHistories(warehouse, options);
    return profileIds.map((profileId, i) => ({
      profileId,
      ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]])),
    }));
  });
}

test('histories and outcomes are what adding up by hand gives, whatever the rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async seed => {
      const shop = randomShop(seed, 25);
      expect(await read({ asOf }, shop)).toEqual(histories(shop.orders, asOf));
      expect(await read({ asOf, since: '2023-06-01' }, shop)).toEqual(
        histories(shop.orders, asOf, '2023-06-01'),
      );
      const known = outcomes(shop.orders, period);
      await withShop(shop, async warehouse => {
        const profileIds = ['shop/nobody', ...histories(shop.orders, period.from).map(one => one.profileId)];
        const { orders, revenue } = await readOutcomes(warehouse, { ...period, profileIds });
        expect([...orders]).toEqual(profileIds.map(id => known.get(id)?.days.size ?? 0));
        expect([...revenue]).toEqual(profileIds.map(id => (known.get(id)?.cents ?? 0) / 100));
        // The last days of a history are the period before its date.
        const read = await readHistories(warehouse, { asOf, last: [90, 10] });
        const same = await readOutcomes(warehouse, { ...period, profileIds: read.profileIds });
        expect(read.last[0]).toEqual({ days: 90, ...same });
        expect(read.last[1]!.days).toBe(10);
        expect(read.last[1]!.orders.every((orders, i) => orders <= same.orders[i]!)).toBe(true);
      });
    }),
    { numRuns: 8 },
  );
});

test('a part of the shop is some of its customers, with the histories that they have among all', async () => {
  const shop = randomShop(11, 200);
  const all = new Map((await read({ asOf }, shop)).map(one => [one.profileId, one]));
  const part = await read({ asOf, part: 0.3 }, shop);
  expect(part.length).toBeGreaterThan(0.15 * all.size);
  expect(part.length).toBeLessThan(0.45 * all.size);
  for (const one of part) expect(one).toEqual(all.get(one.profileId));
});

test('nobody has ordered, nobody has a history', async () => {
  expect(await read({ asOf: '2022-01-01' }, randomShop(3, 20))).toEqual([]);
});

test('Postgres says the same to the bit', async () => {
  const shop = randomShop(42, 300);
  const both = async (warehouse: Parameters<typeof readHistories>[0]) => {
    const read = await readHistories(warehouse, { asOf, part: 0.8 });
    const { profileIds } = read;
    return [read, await readOutcomes(warehouse, { ...period, profileIds, part: 0.8 })];
  };
  const warehouse = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(warehouse, shop);
    expect(await both(warehouse)).toEqual(await withShop(shop, both));
  } finally {
    await warehouse.close();
  }
});
