import { afterAll, beforeAll, expect, test } from 'vitest';
import { mixColumn, readMix, writeMix } from '../../../src/features/category-mix.ts';
import { readFeatures, writeFeatures } from '../../../src/features/compute.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { type PlacedAll, placeAll } from '../../../src/segmentation/refresh/place.ts';
import { gone, type RefreshRecord } from '../../../src/segmentation/refresh/record.ts';
import { rewind } from '../../../src/segmentation/refresh/rewind.ts';
import { scoreAt } from '../../../src/segmentation/refresh/score-at.ts';
import { scorerOf } from '../../../src/segmentation/refresh/scorer.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { kept, type LivedShop, livedShop } from './lived-shop.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 500, ahead: 20 });
});
afterAll(() => shop.close());

class RolledBack extends Error {}

/** What `work` gives in a transaction of which nothing stays. */
async function trial<T>(warehouse: Warehouse, work: (tx: Warehouse) => Promise<T>): Promise<T> {
  const results: T[] = [];
  const done = warehouse.transaction(async tx => {
    results.push(await work(tx));
    throw new RolledBack();
  });
  await expect(done).rejects.toThrow(RolledBack);
  return results[0]!;
}

/** Places everybody as a refresh of a week would, leaving nothing. */
async function placed(
  week: number,
  rowsAtOnce: number,
  first: (tx: Warehouse) => Promise<unknown> = async () => {},
): Promise<PlacedAll & { rows: unknown }> {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const history = await state.refreshes.list();
  return trial(warehouse, async tx => {
    await first(tx);
    const features = await writeFeatures(tx, shop.asOf(week));
    await rewind(tx, state.owner, features.asOf);
    const all = await placeAll(tx, {
      owner: state.owner,
      model,
      features,
      kind: 'refresh',
      history,
      createdAt: '2026-11-22T12:00:00.000Z',
      rowsAtOnce,
    });
    return { ...all, rows: await kept(tx, state.owner) };
  });
}

test('the size of a chunk shows in nothing', async () => {
  const whole = await placed(20, 100_000);
  expect(whole.record.moves.some(({ drivers }) => drivers.length > 0)).toBe(true);
  expect(whole.population.uncertainSample.rows).toBeGreaterThan(50);
  for (const rowsAtOnce of [7, 64]) expect(await placed(20, rowsAtOnce)).toEqual(whole);
});

test('what moved people is the exact part of each feature in the change of distances', async () => {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const { record } = await placed(20, 50);
  const explained = record.moves.filter(({ drivers }) => drivers.length > 0);
  expect(explained.length).toBeGreaterThan(1);

  const [then, now] = await trial(warehouse, async tx => [
    await positions(tx, shop.asOf(0)),
    await positions(tx, shop.asOf(20)),
  ]);
  const stood = await trial(warehouse, tx => movedBy(tx, record));
  for (const move of explained) {
    const [a, b] = [move.from, move.to].map(
      key => model.centroids[model.segments.findIndex(segment => segment.key === key)]!,
    );
    const movers = stood.filter(({ from, to }) => from === move.from && to === move.to);
    expect(movers.length).toBe(move.customers);
    const parts = model.transforms.map((_, j) =>
      movers.reduce(
        (sum, { id }) => sum + 2 * (now!.get(id)![j]! - then!.get(id)![j]!) * (b![j]! - a![j]!),
        0,
      ),
    );
    // The parts add up to the change of d2(from) - d2(to).
    const nearer = (at: readonly number[]) => squared(at, a!) - squared(at, b!);
    const change = movers.reduce((sum, { id }) => sum + nearer(now!.get(id)!) - nearer(then!.get(id)!), 0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(change, 6);
    const pushes = parts.reduce((sum, part) => sum + Math.max(0, part), 0);
    for (const { feature, share } of move.drivers) {
      const j = model.transforms.findIndex(transform => transform.feature === feature);
      expect(share).toBeCloseTo(parts[j]! / pushes, 9);
    }
  }

  /** Where everybody is in the frozen space at a date, with the mix counted as of it. */
  async function positions(tx: Warehouse, asOf: string): Promise<Map<string, number[]>> {
    const stored = await writeFeatures(tx, asOf, { table: 'positions' });
    const read = await readFeatures(tx, stored);
    const columns = new Map(stored.features.map(({ id }, j) => [id, read.values[j]!]));
    await writeMix(tx, stored, model.embedding!, { name: 'positions_mix' });
    const range = { from: 0, to: read.keys.length };
    for (const [d, values] of (await readMix(tx, 'positions_mix', range, model.embedding!)).entries())
      columns.set(mixColumn(d), values);
    await tx.execute('DROP TABLE positions_mix');
    const { matrix } = scorerOf(model).score(columns, range.to);
    return new Map(
      read.keys.map((id, i) => [id, [...matrix.data.subarray(i * matrix.cols, (i + 1) * matrix.cols)]]),
    );
  }

  async function movedBy(tx: Warehouse, { asOf }: RefreshRecord) {
    const features = await writeFeatures(tx, asOf);
    await placeAll(tx, {
      owner: state.owner,
      model,
      features,
      kind: 'refresh',
      history: await state.refreshes.list(),
      createdAt: '',
    });
    return tx.query<{ id: string; from: string; to: string }>(
      `SELECT now.profile_id AS "id", stood.segment_key AS "from", now.segment_key AS "to"
       FROM placements now JOIN placements stood ON stood.profile_id = now.profile_id AND stood.owner = now.owner
       WHERE now.owner = $1 AND now.as_of = CAST($2 AS TIMESTAMP) AND stood.as_of < now.as_of`,
      [state.owner, asOf],
    );
  }
});

test('what moved people does not depend on the name that their profile has since', async () => {
  const elsewhere = (tx: Warehouse) => writeFeatures(tx, shop.asOf(3));
  const before = await placed(20, 1000, elsewhere);
  // Every other profile is joined to an id that comes before its own.
  const after = await placed(20, 1000, async tx => {
    await tx.execute(
      `CREATE TEMP TABLE joined AS SELECT source, source_id FROM identities WHERE CAST(length(source_id) + ascii(right(source_id, 1)) AS BIGINT) % 2 = 0`,
    );
    await tx.execute("INSERT INTO identities SELECT 'a', source_id, 'a/' || source_id, 'own id' FROM joined");
    const mine = "profile_id IN (SELECT source || '/' || source_id FROM joined)";
    for (const table of ['identities', 'customers', 'orders', 'order_lines', 'events', 'tickets'])
      await tx.execute(
        `UPDATE ${table} SET profile_id = 'a' || substr(profile_id, strpos(profile_id, '/')) WHERE ${mine}`,
      );
    await tx.execute('DROP TABLE joined');
    await elsewhere(tx);
  });
  const told = ({ record }: PlacedAll) =>
    record.moves.map(({ from, to, customers, drivers }) => [
      from,
      to,
      customers,
      drivers.map(({ feature, share }) => [feature, share.toFixed(6)]),
    ]);
  expect(before.record.moves.some(({ drivers }) => drivers.length > 0)).toBe(true);
  expect(told(after)).toEqual(told(before));
});

function squared(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}

test('what moved people is not measured from features that lack some of those of now', async () => {
  const whole = await placed(20, 1000);
  const again = await placed(20, 1000, async tx => {
    // The date before, looked at as if nobody had ever visited the site.
    await tx.execute('CREATE TEMP TABLE visits AS SELECT * FROM events');
    await tx.execute('DELETE FROM events');
    await tx.execute('UPDATE imports SET stored = stored + 1');
    await writeFeatures(tx, shop.asOf(0));
    await tx.execute('INSERT INTO events SELECT * FROM visits');
    await tx.execute('DROP TABLE visits');
    await tx.execute('UPDATE imports SET stored = stored + 1');
  });
  expect(again.record.moves).toEqual(whole.record.moves);
});

test('another date can be scored without leaving a trace, and scores as a refresh without a past would', async () => {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const before = [await shop.left(), await tablesOf(warehouse)];
  const population = await scoreAt(warehouse, model, shop.asOf(0));
  expect([await shop.left(), await tablesOf(warehouse)]).toEqual(before);
  const [record] = await state.refreshes.list();
  expect(population!.segments).toEqual(record!.segments);
  expect(population!.features).toEqual(record!.features);
  expect(await scoreAt(warehouse, model, '2001-01-01')).toBeNull();
  expect([await shop.left(), await tablesOf(warehouse)]).toEqual(before);
});

async function tablesOf(warehouse: Warehouse): Promise<unknown> {
  return warehouse.query(
    `SELECT table_name FROM information_schema.tables WHERE table_type LIKE '%T%' ORDER BY table_name`,
  );
}

test('profiles that became one go on where the surer stood, and those without orders are gone', async () => {
  const { warehouse, state } = shop.context;
  type Row = { profile_id: string; segment_key: string; confidence: number };
  const stood = ((await kept(warehouse, state.owner)).placements as Row[]).filter(
    ({ segment_key }) => segment_key !== 'set-aside',
  );
  const [one] = stood;
  const other = stood.find(
    ({ segment_key, confidence }) => segment_key !== one!.segment_key && confidence > one!.confidence,
  )!;
  const cancelled = stood.find(
    ({ profile_id }) => ![one!.profile_id, other.profile_id].includes(profile_id),
  )!;
  for (const table of ['identities', 'customers', 'orders', 'order_lines', 'events', 'tickets'])
    await warehouse.execute(`UPDATE ${table} SET profile_id = $1 WHERE profile_id = $2`, [
      one!.profile_id,
      other.profile_id,
    ]);
  await warehouse.execute(`UPDATE orders SET status = 'cancelled' WHERE profile_id = $1`, [
    cancelled.profile_id,
  ]);
  const { record } = await shop.refresh(1);

  const left = record.moves.filter(({ to }) => to === gone);
  expect(left.reduce((sum, { customers }) => sum + customers, 0)).toBe(2);
  expect(left.map(({ from }) => from).sort()).toEqual(
    [...new Set([one!.segment_key, cancelled.segment_key])].sort(),
  );
  const { memberships } = await kept(warehouse, state.owner);
  const open = (memberships as (Row & { valid_to: string | null })[]).filter(
    ({ valid_to }) => valid_to === null,
  );
  const keysOf = (id: string) => open.filter(row => row.profile_id === id).map(row => row.segment_key);
  expect(keysOf(other.profile_id)).toEqual([]);
  expect(keysOf(cancelled.profile_id)).toEqual([]);
  // By the sticky rule from where the surer stood: there, or where both dates' scoring leads.
  expect(keysOf(one!.profile_id)).toEqual([
    ((await kept(warehouse, state.owner)).placements as (Row & { as_of: string })[]).find(
      row => row.profile_id === one!.profile_id && row.as_of.startsWith(shop.asOf(1)),
    )!.segment_key,
  ]);
  expect(open.length).toBe(record.customers);
});
