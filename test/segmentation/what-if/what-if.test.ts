import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProcess, type Pool } from '../../../src/clustering/pool.ts';
import { computeFeatures } from '../../../src/features/compute.ts';
import { type Progress, silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { approve } from '../../../src/segmentation/proposals/decide.ts';
import { openPersonas, textsOf } from '../../../src/segmentation/proposals/open-personas.ts';
import type { Comparison } from '../../../src/segmentation/recluster/comparison.ts';
import { type WhatIf, type WhatIfRequest, whatIf } from '../../../src/segmentation/what-if/what-if.ts';
import { stores } from '../../warehouse/stores.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

const told: Comparison[] = [];

describe.each(stores)('a question what the segments would be, in $store', ({ open }) => {
  let shop: LivedShop;
  beforeAll(async () => {
    shop = await livedShop({ open, customers: 110, ahead: 2 });
    await shop.refresh(1);
  }, 60_000);
  afterAll(() => shop.close());

  /** Counts what is fitted, so that a test can say that nothing was. */
  const counting = () => {
    let tasks = 0;
    const pool: Pool = {
      ...inProcess,
      run: (name, input) => {
        tasks++;
        return inProcess.run(name, input);
      },
    };
    return { pool, tasks: () => tasks };
  };
  const asked = async (request: WhatIfRequest, progress: Progress = silent, pool = inProcess) => {
    const outcome = await whatIf({ ...shop.context, pool }, request, progress);
    if (outcome.kind !== 'fitted') throw new Error('no groups');
    return outcome;
  };
  const candidates = async () =>
    (await shop.context.state.models.list()).filter(({ status }) => status === 'candidate');
  /** All that stands: both stores, tables of features among them. */
  const stands = async () => ({
    ...((await shop.left()) as object),
    features: await shop.context.warehouse.query(
      'SELECT name, as_of, features, mark FROM feature_tables ORDER BY name',
    ),
    proposals: await shop.context.state.proposals.list(),
    audit: await shop.context.state.audit.list(),
  });

  test('asked for what stands, it finds what stands, and touches nothing', async () => {
    const before = await stands();
    const { seed } = (await currentModel(shop.context.state)).recipe;
    const { comparison, differences, asOf } = await asked({ seed });
    expect(asOf).toBe(shop.asOf(1));
    expect(comparison).toMatchObject({ asOf: shop.asOf(1), matchedBy: 'customers' });
    expect(differences).toMatchObject({ classes: [], k: null, overlay: null, seed: null });
    expect(differences.features.every(({ asked }) => !asked)).toBe(true);
    expect(await stands()).toEqual(before);
  });

  test('with other weights and another number it says what would change, and for how many', async () => {
    const before = await stands();
    const { comparison, differences, candidate } = await asked({
      k: 3,
      weights: { features: { order_value: 4, evening_share: 0 }, classes: { browse: 0.5 } },
    });
    told.push(comparison);
    expect(comparison.candidate).toMatchObject({ modelId: candidate.id, groups: 3 });
    expect(comparison.standing.modelId).toBe((await currentModel(shop.context.state)).id);
    expect(comparison.changing.customers).toBeGreaterThan(0);
    expect(comparison.fates).toHaveLength(4);
    expect(differences.k).toEqual({ before: 4, after: 3 });
    expect(differences.features.filter(change => change.asked).map(({ id, after }) => [id, after])).toEqual([
      ['order_value', 4],
      ['evening_share', 0],
    ]);
    expect(differences.classes).toEqual([
      { id: 'browse', label: 'all of browse', before: 1, after: 0.5, asked: true },
    ]);
    expect(candidate.asked).toEqual({
      k: 3,
      weights: { features: { order_value: 4, evening_share: 0 }, classes: { browse: 0.5 } },
    });
    expect(await stands()).toEqual(before);
  });

  test('asked again in other words it is not fitted again, and says the same', async () => {
    const request = { k: 3, weights: { features: { orders_per_month: 2, order_value: 2 }, classes: {} } };
    const first = await asked(request);
    const kept = await candidates();
    const { pool, tasks } = counting();
    const again = await asked(
      { weights: { features: { order_value: 2, orders_per_month: 2 }, classes: {} }, k: 3 },
      silent,
      pool,
    );
    expect(tasks()).toBe(0);
    expect(again).toEqual(first);
    expect(await candidates()).toEqual(kept);
  });

  test('after an import it is fitted again, and comes to the same where the rows say the same', async () => {
    const request = { k: 2 };
    const first = await asked(request);
    await shop.context.warehouse.execute('UPDATE imports SET stored = stored + 1');
    const { pool, tasks } = counting();
    const again = await asked(request, silent, pool);
    expect(tasks()).toBeGreaterThan(0);
    expect(again).toEqual(first);
  });

  test('after a segment was renamed it says the new name', async () => {
    await asked({ k: 3, seed: 4 });
    const { segments } = await currentModel(shop.context.state);
    const { key, persona } = segments[0]!;
    const texts = [{ key, after: { ...textsOf(persona), name: 'Called otherwise' } }];
    const { id } = await openPersonas(shop.context, { texts, why: 'x', actor: 'ada' });
    await approve(shop.context, { id, by: 'ada', reason: '' });
    const { comparison } = await asked({ k: 3, seed: 4 });
    expect(comparison.fates.find(fate => fate.key === key)!.name).toBe('Called otherwise');
  });

  test('given up at any step it leaves nothing behind', async () => {
    const stages: string[] = [];
    await asked({ k: 5 }, ({ stage }) => stages.push(stage));
    expect(new Set(stages).size).toBeGreaterThan(4);
    const before = { ...(await stands()), candidates: await candidates() };
    for (const at of new Set(stages)) {
      const gone = new AbortController();
      const context = { ...shop.context, pool: inProcess, signal: gone.signal };
      const leaving = whatIf(context, { k: 6 }, ({ stage }) => {
        if (stage === at) gone.abort(new Error('given up'));
      });
      await expect(leaving, at).rejects.toThrow('given up');
      expect({ ...(await stands()), candidates: await candidates() }).toEqual(before);
    }
  });

  test('what one that was killed left behind goes with the next, or with a refresh', async () => {
    const { warehouse } = shop.context;
    const left = () => warehouse.query("SELECT name FROM feature_tables WHERE name LIKE 'what_if%'");
    const killed = () => computeFeatures(warehouse, shop.asOf(1), { table: 'what_if_features' });
    await killed();
    expect(await left()).toEqual([{ name: 'what_if_features' }]);
    await asked({ k: 4, seed: 7 });
    expect(await left()).toEqual([]);
    await killed();
    await shop.refresh(1, true);
    expect(await left()).toEqual([]);
    await expect(warehouse.query('SELECT 1 FROM what_if_features')).rejects.toThrow();
  });

  test('a few answers are kept, until the segments change', async () => {
    for (const k of [2, 3, 4, 5, 6]) await asked({ k, seed: 9 });
    expect((await candidates()).length).toBe(5);
    await shop.refresh(2);
    expect(await candidates()).toEqual([]);
    expect((await asked({ k: 3 })).asOf).toBe(shop.asOf(2));
  });
});

test('both stores come to the same answer, to the last bit', () => {
  expect(told).toHaveLength(stores.length);
  for (const other of told) expect(other).toEqual(told[0]);
});

describe('another sector', () => {
  let shop: LivedShop;
  let outcome: WhatIf;
  beforeAll(async () => {
    shop = await livedShop({ customers: 120, ahead: 1 });
    const found = await whatIf(shop.context, { overlay: 'subscription', k: 3 }, silent);
    if (found.kind !== 'fitted') throw new Error('no groups');
    outcome = found;
  }, 60_000);
  afterAll(() => shop.close());

  test('is a recipe like any other, beside customers as the standing model sees them', async () => {
    const { overlay } = outcome.differences;
    expect(overlay).toEqual({ before: 'ecommerce', after: 'subscription' });
    const record = await shop.context.state.refreshes.latest();
    expect(outcome.comparison.fates.map(({ before }) => before)).toEqual(
      record!.segments.map(({ size }) => size),
    );
    expect(outcome.comparison.standing.certain).toBeGreaterThan(0);
  });

  test('without imports there is no telling whether rows changed, and it is fitted each time', async () => {
    await shop.context.warehouse.execute('DELETE FROM imports');
    let fitted = false;
    const again = await whatIf(shop.context, { overlay: 'subscription', k: 3 }, ({ stage }) => {
      fitted ||= stage === 'Finding the groups';
    });
    expect(fitted).toBe(true);
    expect(again).toEqual(outcome);
    const [kept] = (await shop.context.state.models.list()).filter(({ status }) => status === 'candidate');
    expect(kept?.id).toBe(outcome.candidate.id);
  });
});
