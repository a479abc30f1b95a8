import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentModel } from '../../../../src/segmentation/current.ts';
import { calibrate } from '../../../../src/segmentation/predictions/calibration/calibrate.ts';
import { segmentsAt } from '../../../../src/segmentation/predictions/calibration/segments-at.ts';
import { type LivedShop, livedShop } from '../../refresh/lived-shop.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 500, ahead: 4 });
});
afterAll(() => shop.close());

const tables = () =>
  shop.context.warehouse.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY name',
  );

test('on the day of the fit everybody is where the fit placed them, and nothing of it stays', async () => {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const before = await tables();
  const { profileIds, segment } = await segmentsAt(warehouse, model, shop.asOf(0));
  const placed = await warehouse.query<{ profile_id: string; segment_key: string }>(
    `SELECT profile_id, segment_key FROM placements WHERE owner = $1 ORDER BY profile_id COLLATE "C"`,
    [state.owner],
  );
  const keyOf = (s: number) => model.segments[s]?.key ?? 'set-aside';
  expect(profileIds.map((id, i) => ({ profile_id: id, segment_key: keyOf(segment[i]!) }))).toEqual(placed);
  expect(segment).toContain(-1);
  expect(await tables()).toEqual(before);
});

test('a part stands where it stands among all, at any date', async () => {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const date = shop.asOf(-20);
  const all = await segmentsAt(warehouse, model, date);
  const part = await segmentsAt(warehouse, model, date, 0.4);
  const of = new Map(all.profileIds.map((id, i) => [id, all.segment[i]]));
  expect(part.profileIds.length).toBeGreaterThan(0.25 * all.profileIds.length);
  expect(part.profileIds.length).toBeLessThan(0.55 * all.profileIds.length);
  expect(part.profileIds.map(id => of.get(id))).toEqual([...part.segment]);
  expect(await segmentsAt(warehouse, model, '1999-01-01')).toEqual({
    profileIds: [],
    segment: new Int32Array(0),
  });
});

test('what came after the date places nobody', async () => {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const date = shop.asOf(-6);
  const known = await segmentsAt(warehouse, model, date);
  const undone = new Error('nothing of it stays');
  const forgetful = warehouse.transaction(async tx => {
    const later = {
      orders: 'ordered_at',
      order_lines: 'ordered_at',
      events: 'occurred_at',
      tickets: 'opened_at',
    };
    for (const [table, at] of Object.entries(later))
      await tx.execute(`DELETE FROM ${table} WHERE ${at} >= TIMESTAMP '${date} 00:00:00'`);
    expect(await segmentsAt(tx, model, date)).toEqual(known);
    throw undone;
  });
  await expect(forgetful).rejects.toBe(undone);
});

test('calibration tells every customer in exactly one segment, by keys and names of the model', async () => {
  const { warehouse, state } = shop.context;
  const model = await currentModel(state);
  const outcome = await calibrate(warehouse, { model, from: shop.asOf(-12), to: shop.asOf(0), part: 1 });
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  const { targets, customers } = outcome.calibration;
  for (const { segments, deciles, accuracies } of Object.values(targets)) {
    for (const groups of [segments, deciles])
      expect(groups.reduce((sum, { customers: size }) => sum + size, 0)).toBe(customers);
    expect(accuracies.map(({ predictor }) => predictor)).toContain('segment-mean');
  }
  const names = new Map(model.segments.map(({ key, persona }) => [key, persona.name]));
  for (const { key, name } of targets.orders.segments)
    expect(name).toBe(names.get(key) ?? 'Set aside: unusual volume');
});
