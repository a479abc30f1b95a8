import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import { reject } from '../../../src/segmentation/proposals/decide.ts';
import type { Comparison } from '../../../src/segmentation/recluster/comparison.ts';
import { rollback } from '../../../src/segmentation/recluster/promote.ts';
import { recluster } from '../../../src/segmentation/recluster/recluster.ts';
import { setAsideKey } from '../../../src/segmentation/refresh/record.ts';
import { stores } from '../../warehouse/stores.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';
import { approve } from './approve-candidate.ts';

async function proposed(shop: LivedShop, week: number) {
  const outcome = await recluster(shop.context, { asOf: shop.asOf(week), actor: 'ada' }, silent);
  if (!('proposal' in outcome)) throw new Error('no groups');
  return outcome;
}

const why = { by: 'ada', reason: 'they fit better' };
const dissolve = { fromWeek: 0, type: 'loyal', into: 'bargain' } as const;
const placedAs = (shop: LivedShop, week: number) =>
  shop.context.warehouse.query<{ profile_id: string; segment_key: string }>(
    `SELECT profile_id, segment_key FROM memberships
     WHERE owner = $1 AND valid_from <= CAST($2 AS TIMESTAMP)
       AND (valid_to IS NULL OR valid_to > CAST($2 AS TIMESTAMP)) ORDER BY profile_id COLLATE "C"`,
    [shop.context.state.owner, shop.asOf(week)],
  );
const keysOf = ({ segments }: Pick<Model, 'segments'>) => segments.map(({ key }) => key);

const told: Comparison[] = [];

describe.each(stores)('a shop in $store whose loyal customers turn to bargains', ({ open }) => {
  let shop: LivedShop;
  let fitted: Model;
  let refreshed: Model;
  beforeAll(async () => {
    shop = await livedShop({ open, changes: { dissolve } });
    fitted = await currentModel(shop.context.state);
  });
  afterAll(() => shop.close());

  test('found anew on the day of its fit, its segments are those that stand, and nothing changes', async () => {
    const before = await shop.left();
    const { proposal, comparison } = await proposed(shop, 0);
    expect(comparison).toMatchObject({
      same: true,
      agreement: 1,
      matchedBy: 'customers',
      changing: { customers: 0, revenueLastYear: 0 },
    });
    expect(comparison.fates.map(({ fate, moved }) => [fate, moved! < 1e-6])).toEqual(
      fitted.segments.map(() => ['survived', true]),
    );
    expect(comparison.proposed.map(({ key }) => key)).toEqual(keysOf(fitted));
    expect(proposal).toMatchObject({ id: 'p-1', status: 'open', createdBy: 'ada', body: comparison });
    expect(proposal.subject).not.toBe(fitted.id);
    expect(await shop.left()).toEqual(before);
    const rejected = await reject(shop.context, { id: 'p-1', ...why });
    expect(rejected).toMatchObject({ status: 'rejected', decidedBy: 'ada', reason: why.reason });
    expect(await shop.left()).toEqual(before);
  });

  test('a week on, a proposal says who would change, and waits', async () => {
    await shop.refresh(1);
    await shop.refresh(6);
    refreshed = await currentModel(shop.context.state);
    const before = await shop.left();
    const { proposal, comparison } = await proposed(shop, 6);
    told.push(comparison);
    expect(comparison.changing.customers).toBeGreaterThan(0);
    expect(comparison.changing.revenueLastYear).toBeGreaterThan(0);
    expect(comparison.agreement).toBeLessThan(1);
    expect(comparison.standing.modelId).toBe(fitted.id);
    expect(comparison.candidate).toMatchObject({ modelId: proposal.subject, groups: 4 });
    // Both are of the day of the latest record, on which the standing segments are as large as it says.
    const record = await shop.context.state.refreshes.latest();
    expect(comparison.fates.map(({ before: size }) => size)).toEqual(
      record!.segments.map(({ size }) => size),
    );
    expect(comparison.fates.map(({ revenueLastYear }) => Math.round(revenueLastYear))).toEqual(
      record!.segments.map(({ revenueLastYear }) => Math.round(revenueLastYear)),
    );
    expect(await shop.left()).toEqual(before);
  });

  test('approved, it is what stands: keys and names carry over, and everybody has a place', async () => {
    const [open] = await shop.context.state.proposals.list();
    const comparison = open!.body as unknown as Comparison;
    const before = await placedAs(shop, 6);
    const { model, record } = await approve(shop.context, { id: open!.id, ...why });
    expect(record).toMatchObject({
      kind: 'promotion',
      asOf: shop.asOf(6),
      modelId: open!.subject,
      moves: [],
    });
    expect(await currentModel(shop.context.state)).toEqual(model);
    expect(model.segments.map(({ key, size }) => ({ key, size }))).toEqual(
      comparison.proposed.map(({ key, size }) => ({ key, size })),
    );
    const carried = comparison.fates.filter(({ continuedBy }) => continuedBy);
    expect(carried.length).toBeGreaterThan(1);
    for (const { key, name } of carried)
      expect(model.segments.find(segment => segment.key === key)?.persona.name).toBe(name);
    const after = await placedAs(shop, 6);
    expect(after.map(({ profile_id }) => profile_id)).toEqual(before.map(({ profile_id }) => profile_id));
    const changed = after.filter(({ segment_key }, i) => segment_key !== before[i]!.segment_key);
    expect(changed).toHaveLength(comparison.changing.customers);
    // Who stays under the key stays without a break; what was true a week before is true still.
    const intervals = await shop.context.warehouse.query<{ began: number }>(
      `SELECT count(*) AS began FROM memberships WHERE owner = $1 AND valid_from = CAST($2 AS TIMESTAMP)`,
      [shop.context.state.owner, shop.asOf(6)],
    );
    expect(intervals[0]!.began).toBeLessThan(after.length);
    expect(new Set((await placedAs(shop, 5)).map(({ segment_key }) => segment_key))).toEqual(
      new Set([...keysOf(fitted), setAsideKey]),
    );
  });

  test('it is carried out once, and what was decided tells so', async () => {
    await expect(approve(shop.context, { id: 'p-2', ...why })).rejects.toMatchObject({
      message: 'p-2 was approved by ada on 2026-11-22.',
      next: '`kindred rollback` brings back the segments of before.',
    });
    await expect(reject(shop.context, { id: 'p-2', ...why })).rejects.toThrow('p-2 was approved');
    await expect(approve(shop.context, { id: 'p-9', ...why })).rejects.toThrow('There is no proposal "p-9".');
    await expect(reject(shop.context, { id: 'p-9', ...why })).rejects.toThrow('There is no proposal "p-9".');
    const actions = (await shop.context.state.audit.list()).map(({ actor, action }) => `${actor} ${action}`);
    expect(actions.filter(action => action === 'ada model.promoted')).toHaveLength(1);
  });

  test('the next refresh goes on from it, and taking it back brings the model of before with its centroids', async () => {
    const promoted = await currentModel(shop.context.state);
    const { model, record } = await shop.refresh(7);
    expect(model.id).toBe(promoted.id);
    expect(record).toMatchObject({ kind: 'refresh', previous: shop.asOf(6) });
    expect(record.segments.map(({ key }) => key)).toEqual(keysOf(promoted));

    const back = await rollback(shop.context, { by: 'bob', reason: 'too early' });
    expect(back.record).toMatchObject({ kind: 'rollback', asOf: shop.asOf(7), modelId: fitted.id });
    expect(back.model.centroids).toEqual(refreshed.centroids);
    expect(keysOf(back.model)).toEqual(keysOf(fitted));
    expect(await currentModel(shop.context.state)).toEqual(back.model);
    expect((await shop.context.state.audit.list()).at(-1)).toMatchObject({
      actor: 'bob',
      action: 'model.rolled-back',
      subject: fitted.id,
      details: { reason: 'too early' },
    });
    await expect(rollback(shop.context, why)).rejects.toThrow('There is no promotion to take back');
    expect((await shop.refresh(8)).record).toMatchObject({ kind: 'refresh', modelId: fitted.id });
    expect((await shop.context.state.refreshes.list()).map(({ kind }) => kind)).toEqual([
      'fit',
      'refresh',
      'refresh',
      'promotion',
      'refresh',
      'rollback',
      'refresh',
    ]);
  });

  test('a key that once was is not given to another segment', async () => {
    const history = await shop.context.state.refreshes.list();
    const past = new Set(history.flatMap(({ segments }) => segments.map(({ key }) => key)));
    const { comparison } = await proposed(shop, 8);
    for (const { key, isNew } of comparison.proposed) expect(past.has(key)).toBe(!isNew);
  });
});

test('both stores come to the same comparison, to the last bit', () => {
  expect(told).toHaveLength(stores.length);
  for (const other of told) expect(other).toEqual(told[0]);
});
