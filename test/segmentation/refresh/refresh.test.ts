import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { fitShop } from '../../../src/segmentation/fit-shop.ts';
import { betweenSegments } from '../../../src/segmentation/refresh/moves.ts';
import { gone, newcomer, setAsideKey } from '../../../src/segmentation/refresh/record.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { openState } from '../../../src/state/state.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { stores } from '../../warehouse/stores.ts';
import { kept, type LivedShop, livedShop } from './lived-shop.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop();
});
afterAll(() => shop.close());

test('segmenting writes the first record, and places everybody where the fit did', async () => {
  const { context } = shop;
  const { warehouse } = context;
  const fitted = await fitShop(context, { asOf: shop.asOf(0), k: 4, force: true }, silent);
  if (fitted.kind !== 'fitted') throw new Error('no groups');
  const { model, table, fit } = fitted;
  const [record, ...others] = await context.state.refreshes.list();
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    kind: 'fit',
    modelId: model.id,
    asOf: shop.asOf(0),
    previous: null,
    customers: table.profileIds.length,
    moves: [],
    flapping: { moves: 0, returns: 0 },
  });
  const { memberships, placements } = await kept(warehouse, context.state.owner);
  const keyOf = (member: number) => (member < 0 ? setAsideKey : model.segments[member]!.key);
  const expected = table.profileIds.map((profile_id, i) => ({
    profile_id,
    segment_key: keyOf(fit.memberOf[i]!),
    confidence: fit.memberOf[i]! < 0 ? null : expect.closeTo(fit.confidence[i]!, 8),
  }));
  expect(placements).toEqual(expected.map(row => expect.objectContaining(row)));
  expect(memberships).toEqual(expected.map(row => expect.objectContaining({ ...row, valid_to: null })));
  expect(placements).toContainEqual(
    expect.objectContaining({ profile_id: 'shop/bulk', segment_key: setAsideKey, confidence: null }),
  );
  expect(record!.setAside).toBe(fit.setAside.length);
  model.segments.forEach(({ key, size, revenue, confidence }, s) => {
    const stats = record!.segments[s]!;
    expect(stats).toMatchObject({ key, size });
    expect(stats.revenue).toBeCloseTo(revenue, 2);
    expect(stats.confidence).toBeCloseTo(confidence, 8);
    expect(stats.centroid).toEqual(model.centroids[s]);
    for (const [j, value] of stats.mean.entries()) expect(value).toBeCloseTo(stats.centroid[j]!, 6);
  });
});

describe('week after week', () => {
  beforeAll(async () => {
    for (const week of [1, 2, 3]) await shop.refresh(week);
  });

  test('the records follow one another, each with what came and went', async () => {
    const records = await shop.context.state.refreshes.list();
    expect(records.map(({ kind }) => kind)).toEqual(['fit', 'refresh', 'refresh', 'refresh']);
    expect(new Set(records.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    records.slice(1).forEach((record, i) => {
      const before = records[i]!;
      expect(record.previous).toBe(before.asOf);
      for (const { key, size } of record.segments) {
        const moved = (side: 'from' | 'to') =>
          record.moves.filter(move => move[side] === key).reduce((sum, { customers }) => sum + customers, 0);
        const was = before.segments.find(segment => segment.key === key)!.size;
        expect(size).toBe(was - moved('from') + moved('to'));
      }
      expect(record.moves.every(({ from, to }) => from !== to && to !== newcomer && from !== gone)).toBe(
        true,
      );
      expect(record.flapping.moves).toBe(betweenSegments(record.moves));
      expect(record.flapping.returns).toBeLessThanOrEqual(record.flapping.moves);
    });
    expect(records.slice(1).some(({ moves }) => betweenSegments(moves) > 0)).toBe(true);
    expect(records.at(-1)!.moves.some(({ from }) => from === newcomer)).toBe(true);
  });

  test('the standing model speaks of now, and its centroids went a little of the way', async () => {
    const model = await currentModel(shop.context.state);
    const [first, last] = [
      (await shop.context.state.refreshes.list())[0]!,
      (await shop.context.state.refreshes.latest())!,
    ];
    expect(model).toMatchObject({ asOf: shop.asOf(0), describedAsOf: shop.asOf(3) });
    expect(model.segments.map(({ size }) => size)).toEqual(last.segments.map(({ size }) => size));
    expect(model.population.customers).toBe(last.customers);
    expect(model.centroids).toEqual(last.segments.map(({ centroid }) => centroid));
    expect(model.centroids).not.toEqual(first.segments.map(({ centroid }) => centroid));
  });

  test('intervals say who was in which segment on any day, and a stay is one row', async () => {
    const { memberships, placements } = await kept(shop.context.warehouse, shop.context.state.owner);
    const rows = memberships as {
      profile_id: string;
      segment_key: string;
      valid_from: string;
      valid_to: string | null;
    }[];
    for (const week of [2, 3]) {
      const day = `${shop.asOf(week)}T00:00:00Z`;
      const then = rows.filter(
        ({ valid_from, valid_to }) => valid_from <= day && (valid_to === null || valid_to > day),
      );
      const placed = (placements as { as_of: string; profile_id: string; segment_key: string }[]).filter(
        ({ as_of }) => as_of.slice(0, 10) === day.slice(0, 10),
      );
      expect(then.map(row => [row.profile_id, row.segment_key])).toEqual(
        placed.map(row => [row.profile_id, row.segment_key]),
      );
    }
    const records = await shop.context.state.refreshes.list();
    const entered = records
      .flatMap(({ moves }) => moves)
      .filter(({ to }) => to !== gone)
      .reduce((sum, { customers }) => sum + customers, 0);
    expect(rows.length).toBe(records[0]!.customers + entered);
  });

  test('placements of the last two dates are kept', async () => {
    const { placements } = await kept(shop.context.warehouse, shop.context.state.owner);
    const dates = new Set((placements as { as_of: string }[]).map(({ as_of }) => as_of.slice(0, 10)));
    expect([...dates]).toEqual([shop.asOf(2), shop.asOf(3)]);
  });

  test('the same date twice is once, and again is the same again', async () => {
    const before = await shop.left();
    expect(await shop.refresh(3)).toMatchObject({
      kind: 'already',
      record: { asOf: shop.asOf(3) },
      warnings: [],
    });
    expect(await shop.left()).toEqual(before);
    expect((await shop.refresh(3, true)).kind).toBe('refreshed');
    expect(await shop.left()).toEqual(before);
  });

  test('what was imported since is told of, and looked at when it is done again', async () => {
    const { warehouse } = shop.context;
    const [order] = await warehouse.query<{ order_id: string }>(
      `SELECT order_id FROM orders WHERE ordered_at < CAST($1 AS TIMESTAMP) ORDER BY order_id LIMIT 1`,
      [shop.asOf(3)],
    );
    const total = 'UPDATE orders SET total = total + $2 WHERE order_id = $1';
    const imported = 'UPDATE imports SET stored = stored + 1';
    const before = await shop.left();
    await warehouse.execute(total, [order!.order_id, 50]);
    await warehouse.execute(imported);
    const { kind, warnings } = await shop.refresh(3);
    expect([kind, warnings]).toEqual(['already', [expect.stringContaining('--again')]]);
    const { record } = await shop.refresh(3, true);
    const revenue = (of: typeof record) => of.segments.reduce((sum, segment) => sum + segment.revenue, 0);
    const was = (before as { records: (typeof record)[] }).records.at(-1)!;
    expect(revenue(record)).toBeCloseTo(revenue(was) + 50, 2);
    await warehouse.execute(total, [order!.order_id, -50]);
    await warehouse.execute(imported);
    await shop.refresh(3, true);
    expect(await shop.left()).toEqual(before);
  });

  test('again means the latest, though there are newer orders', async () => {
    const before = await shop.left();
    const { kind, record } = await refresh(shop.context, { again: true, actor: 'test' }, silent);
    expect([kind, record.asOf]).toEqual(['refreshed', shop.asOf(3)]);
    expect(await shop.left()).toEqual(before);
  });

  test('a date before the latest is refused, with what to do', async () => {
    const before = await shop.left();
    await expect(shop.refresh(1)).rejects.toMatchObject({
      mender: 'asker',
      message: expect.stringContaining(shop.asOf(3)),
      next: expect.stringContaining('kindred segment'),
    });
    expect(await shop.left()).toEqual(before);
  });

  test('a failure midway leaves nothing half', async () => {
    const before = await shop.left();
    const { warehouse } = shop.context;
    await warehouse.execute('ALTER TABLE outbox RENAME COLUMN body TO elsewhere');
    await expect(shop.refresh(4)).rejects.toThrow();
    await warehouse.execute('ALTER TABLE outbox RENAME COLUMN elsewhere TO body');
    expect(await shop.left()).toEqual(before);
    const next = await shop.refresh(4);
    expect(next.record.previous).toBe(shop.asOf(3));
  });

  test('what a kill left between the stores is handed over by the next', async () => {
    const { context } = shop;
    const apply = async () => {
      throw new Error('killed');
    };
    const killed = { ...context, state: { ...context.state, apply } };
    await expect(
      refresh(killed, { asOf: shop.asOf(5), again: false, actor: 'test' }, silent),
    ).rejects.toThrow('killed');
    expect((await context.state.refreshes.latest())!.asOf).toBe(shop.asOf(4));
    const next = await shop.refresh(5);
    expect(next).toMatchObject({ kind: 'already', record: { asOf: shop.asOf(5), kind: 'refresh' } });
    expect((await kept(shop.context.warehouse, context.state.owner)).outbox).toEqual([]);
  });
});

test('two servers that refresh at once make one record', async () => {
  const [url, database] = [await freshDatabase(), await freshDatabase()];
  const one = await livedShop({ open: () => openPostgres({ url }), database });
  const warehouse = await openPostgres({ url });
  const state = await openState({ dataDir: '', url: database });
  try {
    const request = { asOf: one.asOf(1), again: false, actor: 'test' };
    const outcomes = await Promise.all(
      [one.context, { ...one.context, warehouse, state }].map(context => refresh(context, request, silent)),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'refreshed']);
    expect(outcomes[0]!.record).toEqual(outcomes[1]!.record);
    expect((await state.refreshes.list()).map(({ kind }) => kind)).toEqual(['fit', 'refresh']);
  } finally {
    await state.close();
    await warehouse.close();
    await one.close();
  }
});

test('both stores come to the same, to the last bit', async () => {
  const results: unknown[] = [];
  for (const { open } of stores) {
    const other = await livedShop({ open, past: 78 });
    try {
      for (const week of [1, 2, 3]) await other.refresh(week);
      results.push(await other.left());
    } finally {
      await other.close();
    }
  }
  expect(results[0]).toHaveProperty('scores.0');
  expect(results[1]).toEqual(results[0]);
});

test('classical RFM cells are refreshed by their frozen cuts', async () => {
  const other = await livedShop({ rfm: true });
  try {
    const model = await currentModel(other.context.state);
    expect(model.kind).toBe('rfm');
    const cells = new Set(model.segments.map(({ key }) => key));
    for (const week of [1, 2, 3]) {
      const { record } = await other.refresh(week);
      expect(record.segments.reduce((sum, { size }) => sum + size, 0)).toBe(record.customers);
      expect(record.segments.map(({ key }) => key)).toEqual([...cells]);
      expect(
        record.segments.every(({ centroid, mean, spread }) => centroid.length + mean.length + spread === 0),
      ).toBe(true);
    }
    const { moves } = (await other.context.state.refreshes.latest())!;
    expect(betweenSegments(moves)).toBeGreaterThan(0);
  } finally {
    await other.close();
  }
});
