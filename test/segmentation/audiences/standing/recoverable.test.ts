import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../../../../src/clustering/pool.ts';
import { writeDemoShop } from '../../../../src/demo/demo-shop.ts';
import { silent } from '../../../../src/progress.ts';
import { askedTable, asking } from '../../../../src/segmentation/audiences/asked.ts';
import { filterShape } from '../../../../src/segmentation/audiences/filter/filter.ts';
import { standingFilter } from '../../../../src/segmentation/audiences/standing/questions.ts';
import {
  recoverableFilter,
  recoverableMeaning,
} from '../../../../src/segmentation/audiences/standing/recoverable.ts';
import type { ShopFacts } from '../../../../src/segmentation/audiences/standing/shop-facts.ts';
import { segmentShop } from '../../../../src/segmentation/segment-shop.ts';
import { importPaths } from '../../../../src/sources/import.ts';
import { openState } from '../../../../src/state/state.ts';
import { openDuckDb } from '../../../../src/warehouse/duckdb.ts';
import { freshDatabase } from '../../../support/fresh-database.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const everything = [
  'orders',
  'days_between_orders',
  'overdue_ratio',
  'alive_probability',
  'promotion_share',
  'days_since_visit',
  'sessions',
  'cart_abandonment',
  'days_since_click',
  'open_rate',
];

function shopWith(fields: readonly string[], facts: Partial<ShopFacts> = {}): ShopFacts {
  return {
    has: field => fields.includes(field),
    usualCartShare: fields.includes('cart_abandonment') ? 0.08 : null,
    usualPromotionShare: fields.includes('promotion_share') ? 0.2 : null,
    topFifthRevenue: null,
    ...facts,
  };
}

const without = (...fields: string[]) => everything.filter(field => !fields.includes(field));
const asked = (shop: ShopFacts) => JSON.stringify(recoverableFilter(shop));

describe('the question of the lapsed but recoverable', () => {
  test('is a filter like any other, of the best signs that the shop has', () => {
    const shops = [
      without(),
      without('cart_abandonment'),
      without('days_since_visit', 'sessions', 'cart_abandonment'),
      without('days_since_visit', 'sessions', 'cart_abandonment', 'days_since_click'),
      without('alive_probability'),
    ];
    for (const fields of shops)
      expect(filterShape.safeParse(recoverableFilter(shopWith(fields))).success).toBe(true);
    const [all, noCarts, noVisits, onlyOpens, noScores] = shops.map(fields => asked(shopWith(fields)));
    expect(all).toContain('{"field":"cart_abandonment","atLeast":0.08}');
    expect(all).not.toContain('click');
    expect(noCarts).toContain('{"field":"days_since_visit","atMost":60}');
    expect(noCarts).not.toContain('cart');
    expect(noVisits).toContain('{"field":"days_since_click","atMost":60}');
    expect(onlyOpens).toContain('"type":"Email Opened"');
    expect(noScores).not.toMatch(/alive|any/);
  });

  test('says of whom it asks no more than what the shop has', () => {
    expect(recoverableMeaning(shopWith(everything))).toBe(
      'They came back at least twice, have let three of their own gaps pass without an order and do not merely wait for a discount; and they still visit and fill carts, or the purchase model is fairly sure that they are customers still.',
    );
    const ordersAlone = ['orders', 'days_between_orders', 'overdue_ratio', 'alive_probability'];
    expect(recoverableMeaning(shopWith(ordersAlone))).toBe(
      'They came back at least twice, and have let three of their own gaps pass without an order; and the purchase model is fairly sure that they are customers still.',
    );
    expect(recoverableMeaning(shopWith([...ordersAlone, 'open_rate']))).toContain(
      'and they still open e-mails, or the purchase model',
    );
  });

  test('is not answered where nothing tells who would come back', () => {
    expect(recoverableFilter(shopWith(['orders', 'days_between_orders', 'overdue_ratio']))).toBeNull();
  });

  test('leaves out who waits for discounts, unless that tells nobody apart', () => {
    const bound = (usualPromotionShare: number | null) =>
      /"promotion_share","above":([\d.]+)/.exec(asked(shopWith(everything, { usualPromotionShare })))?.[1];
    expect(bound(0.1)).toBe('0.5');
    expect(bound(0.31)).toBe('0.62');
    expect(bound(0.5)).toBeUndefined();
    expect(bound(0.9)).toBeUndefined();
    expect(bound(0)).toBeUndefined();
    expect(bound(null)).toBeUndefined();
  });
});

/**
 * Who was planted as somebody who used to order steadily, still looks and fills carts, and does not buy. A type that begins
 * with `noise_` was not planted: a mixture of two types may well have lapsed.
 */
test.each([3, 4, 5])(
  'finds those who were planted in a made shop, seed %i, with precision and recall of at least 0.8',
  { timeout: 120_000 },
  async seed => {
    const folder = temporaryFolder();
    const warehouse = await openDuckDb({ file: ':memory:', threads: 2 });
    const state = await openState({ dataDir: folder.path, url: await freshDatabase() });
    try {
      const dir = folder.file('shop');
      const now = () => new Date('2026-11-22T12:00:00Z');
      await writeDemoShop(dir, { customers: 1800, seed, asOf: '2026-11-01', months: 18 });
      await importPaths(
        warehouse,
        { paths: [dir], importedAt: now().toISOString(), tempDir: folder.file('temp') },
        silent,
      );
      await segmentShop({ warehouse, state, pool: inProcess, now }, { force: true, k: 7 }, silent);

      const { filter } = await standingFilter({ warehouse, state }, 'lapsed-but-recoverable');
      const found = await asking({ warehouse, state }, { filter }, tx =>
        tx.query<{ id: string }>(
          `SELECT min(i.source_id) AS id FROM ${askedTable} AS a JOIN features AS f ON f.place = a.place
           JOIN identities AS i ON i.profile_id = f.profile_id WHERE a.member GROUP BY f.profile_id`,
        ),
      );
      const rows = (await readFile(folder.file('shop/truth/truth.csv'), 'utf8')).trim().split('\n').slice(1);
      const types = new Map(rows.map(row => row.split(',') as [string, string]));
      const planted = found.filter(({ id }) => !types.get(id)!.startsWith('noise_'));
      const right = planted.filter(({ id }) => types.get(id) === 'fading_regular').length;
      // Two accounts of one person are two rows of the truth and one of the found, which makes recall no better.
      const all = [...types.values()].filter(type => type === 'fading_regular').length;
      expect(right / planted.length).toBeGreaterThanOrEqual(0.8);
      expect(right / all).toBeGreaterThanOrEqual(0.8);
    } finally {
      await state.close();
      await warehouse.close();
      folder.remove();
    }
  },
);
