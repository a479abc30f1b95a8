import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { reject } from '../../../src/segmentation/proposals/decide.ts';
import { rollback } from '../../../src/segmentation/recluster/promote.ts';
import { recluster } from '../../../src/segmentation/recluster/recluster.ts';
import { segmentShop } from '../../../src/segmentation/segment-shop.ts';
import type { State } from '../../../src/state/state.ts';
import { kept, type LivedShop, livedShop } from '../refresh/lived-shop.ts';
import { approve } from './approve-candidate.ts';

const why = { by: 'ada', reason: 'they fit better' };

async function propose({ context, asOf }: LivedShop, week: number): Promise<string> {
  const outcome = await recluster(context, { asOf: asOf(week), actor: 'ada' }, silent);
  if (!('proposal' in outcome)) throw new Error('no groups');
  return outcome.proposal.id;
}

describe('decisions on what is proposed', () => {
  let shop: LivedShop;
  beforeAll(async () => {
    shop = await livedShop();
  });
  afterAll(() => shop.close());
  const actions = async () => (await shop.context.state.audit.list()).map(({ action }) => action);

  test('without a promotion there is nothing to take back, and nothing is touched', async () => {
    const before = await shop.left();
    await expect(rollback(shop.context, why)).rejects.toMatchObject({ mender: 'asker' });
    expect(await shop.left()).toEqual(before);
  });

  test('a day before that of the segments is refused', async () => {
    await expect(
      recluster(shop.context, { asOf: shop.asOf(-1), actor: 'ada' }, silent),
    ).rejects.toMatchObject({
      mender: 'asker',
      next: `Choose ${shop.asOf(0)} or a later day.`,
    });
  });

  test('killed between the two stores, an approval is carried out once by whoever comes next', async () => {
    const { context } = shop;
    const { warehouse } = context;
    const before = await currentModel(context.state);
    const id = await propose(shop, 2);
    const killed: State = {
      ...context.state,
      apply: () => Promise.reject(new Error('killed')),
    };
    await expect(approve({ ...context, state: killed }, { id, ...why })).rejects.toThrow('killed');
    expect((await currentModel(context.state)).id).toBe(before.id);
    expect(await context.state.proposals.byId(id)).toMatchObject({ status: 'open' });
    expect((await kept(warehouse, context.state.owner)).outbox).toHaveLength(1);

    // Pressed again, it says that it is done.
    await expect(approve(context, { id, ...why })).rejects.toThrow(`${id} was approved by ada`);
    expect((await currentModel(context.state)).id).not.toBe(before.id);
    expect((await kept(warehouse, context.state.owner)).outbox).toEqual([]);
    expect((await actions()).filter(action => /promoted|approved/.test(action))).toEqual([
      'proposal.approved',
      'model.promoted',
    ]);
    const records = await context.state.refreshes.list();
    expect(records.map(({ kind, asOf }) => [kind, asOf])).toEqual([
      ['fit', shop.asOf(0)],
      ['promotion', shop.asOf(2)],
    ]);
  });

  test('two who approve at once carry it out once', async () => {
    const id = await propose(shop, 3);
    const results = await Promise.allSettled([
      approve(shop.context, { id, ...why }),
      approve(shop.context, { id, ...why }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await actions()).filter(action => action === 'model.promoted')).toHaveLength(2);
  });

  test('what is found again on the day of its approval may be approved too, and is taken back step by step', async () => {
    const first = await currentModel(shop.context.state);
    const id = await propose(shop, 3);
    const { model } = await approve(shop.context, { id, ...why });
    expect(model.id).not.toBe(first.id);
    const back = await rollback(shop.context, why);
    expect(back.model.id).toBe(first.id);
  });

  test('a newer proposal takes the place of an older one', async () => {
    const older = await propose(shop, 4);
    const newer = await propose(shop, 4);
    const superseded = `${older} was superseded`;
    await expect(approve(shop.context, { id: older, ...why })).rejects.toThrow(superseded);
    await expect(reject(shop.context, { id: older, ...why })).rejects.toThrow(superseded);
    await reject(shop.context, { id: newer, ...why });
    await expect(approve(shop.context, { id: newer, ...why })).rejects.toMatchObject({
      message: `${newer} was rejected by ada on 2026-11-22.`,
    });
  });

  test('a refresh in between moves the day of the promotion; other segments in between rule it out', async () => {
    const id = await propose(shop, 4);
    await shop.refresh(5);
    const { record } = await approve(shop.context, { id, ...why });
    expect(record).toMatchObject({ kind: 'promotion', asOf: shop.asOf(5) });

    const stale = await propose(shop, 5);
    await segmentShop(shop.context, { asOf: shop.asOf(5), k: 3, force: true }, silent);
    await expect(approve(shop.context, { id: stale, ...why })).rejects.toThrow(`${stale} was superseded`);
    await expect(rollback(shop.context, why)).rejects.toThrow('There is no promotion to take back');
  });

  test('where no groups are found it says so, and proposes nothing', async () => {
    const before = await shop.context.state.proposals.list();
    const { warehouse } = shop.context;
    for (const table of ['order_lines', 'events', 'tickets', 'customers'])
      await warehouse.execute(`DELETE FROM ${table}`);
    await warehouse.execute(
      `UPDATE orders SET total = 20, discount = 0, refunded = 0, channel = 'web', coupon_code = NULL, status = 'paid',
         ordered_at = TIMESTAMP '2026-05-04 10:00:00'`,
    );
    await warehouse.execute(
      `DELETE FROM orders WHERE order_id NOT IN (SELECT min(order_id) FROM orders GROUP BY profile_id)`,
    );
    const outcome = await recluster(shop.context, { asOf: shop.asOf(6), actor: 'ada' }, silent);
    expect(outcome).toMatchObject({ kind: 'no-stable-groups', choice: { k: null } });
    expect(await shop.context.state.proposals.list()).toEqual(before);
  });
});

test('classical RFM cells stay the cells that they are, whoever is in them', async () => {
  const shop = await livedShop({ rfm: true });
  try {
    const { segments } = await currentModel(shop.context.state);
    const outcome = await recluster(shop.context, { asOf: shop.asOf(8), actor: 'ada' }, silent);
    if (!('proposal' in outcome)) throw new Error('no groups');
    const { comparison, proposal } = outcome;
    const names = new Map(segments.map(({ key, persona }) => [key, persona.name]));
    for (const { key, name, isNew } of comparison.proposed)
      expect(names.get(key)).toBe(isNew ? undefined : name);
    expect(comparison.proposed.some(({ isNew }) => !isNew)).toBe(true);
    expect(comparison.fates.every(({ moved }) => moved === null)).toBe(true);
    expect(comparison.standing).toMatchObject({ kind: 'rfm', certain: null, fitted: null });
    const { record } = await approve(shop.context, { id: proposal.id, ...why });
    expect(record.segments.reduce((sum, { size }) => sum + size, 0)).toBe(record.customers);
  } finally {
    await shop.close();
  }
});
