import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportData } from '../../src/segmentation/export.ts';
import { keepModel } from '../../src/segmentation/keep.ts';
import { openState } from '../../src/state/state.ts';
import { openShop, orders } from '../sources/shop.ts';
import { exampleModel } from '../state/example-model.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { stores } from '../warehouse/stores.ts';

test.each(stores)(
  'memberships in $store follow customers who turned out to be one person afterwards',
  async ({ open }) => {
    const shop = await openShop(open);
    const state = await openState({ dataDir: shop.dir, url: await freshDatabase() });
    try {
      await shop.import(
        await shop.file(
          'orders.csv',
          orders(...['1', '2', '3', '4'].map(id => `O${id},${id},2026-05-01,9,GBP,paid`)),
        ),
      );
      const profiles = ['shop/1', 'shop/2', 'shop/3', 'shop/4'];
      await keepModel(
        shop.warehouse,
        state,
        exampleModel(),
        profiles,
        Int32Array.of(0, 1, 1, -1),
        Float64Array.of(0.6, 0.9, 0.5, Number.NaN),
      );
      // 1 and 2 are one person, and 3 is known to the mail list, whose name its profile then bears.
      await shop.import(
        await shop.file('more.csv', 'customer_id,email\n1,ann@x.org\n2,ann@x.org\n3,cy@x.org\n'),
      );
      await shop.import(await shop.file('mail.csv', 'customer_id,email\nm,cy@x.org\n'), { source: 'mail' });
      const file = join(shop.dir, 'memberships.csv');
      expect(await exportData(shop.warehouse, state, 'memberships', file)).toBe(5);
      expect(
        readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map(row => row.split(',').slice(0, 2).join(' ')),
      ).toEqual(['customer_id segment_key', 'm apple', '1 apple', '2 apple', '3 apple', '4 set-aside']);
    } finally {
      await state.close();
      await shop.close();
    }
  },
);
