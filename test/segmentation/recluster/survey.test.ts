import { expect, test } from 'vitest';
import { writeFeatures } from '../../../src/features/compute.ts';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { fitShop } from '../../../src/segmentation/fit-shop.ts';
import { survey } from '../../../src/segmentation/recluster/survey.ts';
import { livedShop } from '../refresh/lived-shop.ts';

test('what another server looks at in between shows in nothing, and who came in between is not mistaken', async () => {
  const shop = await livedShop({ customers: 150 });
  const { warehouse, state } = shop.context;
  try {
    const model = await currentModel(state);
    const fitted = await fitShop(shop.context, { asOf: shop.asOf(2), k: 3, force: true }, silent);
    if (fitted.kind !== 'fitted') throw new Error('no groups');
    const { table, fit } = fitted;
    const look = () => survey(warehouse, state.owner, { model, asOf: shop.asOf(0) }, { table }, fit);
    const undisturbed = await look();
    await warehouse.transaction(tx => writeFeatures(tx, shop.asOf(8)));
    expect(await look()).toEqual(undisturbed);

    await warehouse.append('orders', {
      source: ['shop'],
      order_id: ['late'],
      customer_id: ['A0'],
      profile_id: ['shop/A0'],
      ordered_at: [`${shop.asOf(1)} 10:00:00`],
      total: [20],
    });
    await warehouse.execute('UPDATE imports SET stored = stored + 1');
    await expect(look()).rejects.toMatchObject({
      mender: 'asker',
      next: 'Run it again.',
    });
  } finally {
    await shop.close();
  }
});
