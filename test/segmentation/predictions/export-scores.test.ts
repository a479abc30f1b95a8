import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportData } from '../../../src/segmentation/export.ts';
import type { Predictions } from '../../../src/segmentation/predictions/predictions.ts';
import { scores } from '../../../src/segmentation/predictions/scores.ts';
import { openState, type State } from '../../../src/state/state.ts';
import { openShop, orders } from '../../sources/shop.ts';
import { exampleRecord } from '../../state/example-change.ts';
import { exampleModel } from '../../state/example-model.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { stores } from '../../warehouse/stores.ts';

const may = '2026-05-01';

/** Says that the example model was refreshed in May. */
async function refreshed(state: State, predictions?: Predictions): Promise<void> {
  const model = exampleModel({ asOf: may, describedAsOf: may });
  const record = exampleRecord({ modelId: model.id, asOf: may, kind: 'fit', previous: null });
  await state.apply({
    model,
    actor: 'test',
    proposal: null,
    record: predictions ? { ...record, predictions } : record,
  });
}

test.each(stores)('scores in $store join back to each source, by the ids of now', async ({ open }) => {
  const shop = await openShop(open);
  const state = await openState({ dataDir: shop.dir, url: await freshDatabase() });
  try {
    await shop.import(
      await shop.file(
        'orders.csv',
        orders(...['1', '2', '3'].map(id => `O${id},${id},2026-02-01,9,GBP,paid`)),
      ),
    );
    await refreshed(state);
    const file = join(shop.dir, 'scores.csv');
    const exported = () => exportData(shop.warehouse, state, 'scores', file);
    await expect(exported()).rejects.toMatchObject({
      mender: 'asker',
      message: expect.stringContaining(may),
      next: expect.stringContaining('kindred refresh'),
    });

    const rows = [
      ['1', may, 0.5, '=cmd()'],
      ['2', may, 2.25, 'shoes'],
      ['3', may, null, 'hats, "and" caps'],
      ['3', '2026-04-24', 7, 'old'],
    ] as const;
    await shop.warehouse.append('scores', {
      owner: rows.map(() => state.owner),
      as_of: rows.map(([, at]) => `${at} 00:00:00`),
      profile_id: rows.map(([id]) => `shop/${id}`),
      expected_orders_365: rows.map(([, , expected]) => expected),
      favourite_category: rows.map(([, , , favourite]) => favourite),
    });
    await shop.warehouse.append('scores', {
      owner: ['another state'],
      as_of: [`${may} 00:00:00`],
      profile_id: ['shop/1'],
      expected_orders_365: [99],
    });
    // 1 and 2 are one person, of whom counts what was predicted of the id that the profile bears; and 3 is known to the mail list, whose name its profile then bears.
    await shop.import(
      await shop.file('more.csv', 'customer_id,email\n1,ann@x.org\n2,ann@x.org\n3,cy@x.org\n'),
    );
    await shop.import(await shop.file('mail.csv', 'customer_id,email\nm,cy@x.org\n'), { source: 'mail' });

    expect(await exported()).toBe(4);
    const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    expect(header).toBe(['customer_id', ...scores.map(({ id }) => id)].join(','));
    const place = (id: (typeof scores)[number]['id']) => 1 + scores.findIndex(score => score.id === id);
    expect(lines.map(line => line.split(',')[0])).toEqual(['m', '1', '2', '3']);
    expect(lines.map(line => line.split(',')[place('expected_orders_365')])).toEqual(['', '0.5', '0.5', '']);
    expect(lines[3]).toContain('"hats, ""and"" caps"');
    // No spreadsheet is to take a word of the data for a formula.
    expect(lines[2]).toContain(",'=cmd(),");
  } finally {
    await state.close();
    await shop.close();
  }
});

test('a shop without scores is told why it has none', async () => {
  const shop = await openShop(stores[0]!.open);
  const state = await openState({ dataDir: shop.dir, url: await freshDatabase() });
  try {
    await refreshed(state, { kind: 'none', reason: 'Orders go back only a week.' });
    await expect(
      exportData(shop.warehouse, state, 'scores', join(shop.dir, 'scores.csv')),
    ).rejects.toMatchObject({ mender: 'asker', message: 'There are no scores: Orders go back only a week.' });
  } finally {
    await state.close();
    await shop.close();
  }
});
