import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJoined } from '../../../../src/segmentation/audiences/filter/compile/rows-per-profile.ts';
import { filterShape } from '../../../../src/segmentation/audiences/filter/filter.ts';
import { resolveFilter } from '../../../../src/segmentation/audiences/filter/resolve/resolve.ts';
import { filterInWords } from '../../../../src/segmentation/audiences/filter/words/words.ts';
import { stores } from '../../../warehouse/stores.ts';
import { bruteForce, type Known } from './brute-force.ts';
import { randomFilter, type Vocabulary } from './random-filter.ts';
import { asOf, filterRows, owner, type Rows } from './rows.ts';
import { filterShop, stockFilterShop, whoMeets } from './shop.ts';

const runs: Readonly<Record<string, { seeds: readonly number[]; filters: number }>> = {
  DuckDB: { seeds: [1, 2], filters: 90 },
  Postgres: { seeds: [3], filters: 40 },
};

test.each(stores)(
  'who meets a filter in $store is who meets it row by row, whatever is asked',
  { timeout: 60_000 },
  async ({ store, open }) => {
    const { seeds, filters } = runs[store]!;
    for (const seed of seeds) {
      const rows = filterRows(seed, seed !== 2);
      const warehouse = await open();
      try {
        await stockFilterShop(warehouse, rows);
        const shop = await filterShop(warehouse);
        expect(await readJoined(warehouse, owner, asOf)).toBe(seed !== 2);
        const values = await warehouse.query<{ profile_id: string }>(`SELECT * FROM ${shop.features.table}`);
        const features = new Map(values.map(({ profile_id, ...row }) => [profile_id, row]));
        const known = { rows, features } as unknown as Known;
        let met = 0;
        await fc.assert(
          fc.asyncProperty(randomFilter(vocabularyOf(rows)), async filter => {
            const found = bruteForce(filter, known);
            if (found.length > 0 && found.length < features.size) met++;
            expect(await whoMeets(warehouse, shop, filter)).toEqual(found);
            // What is kept of it is a filter, means itself, and can be said.
            const { filter: kept, root } = await resolveFilter(filter, shop);
            expect(filterShape.safeParse(kept).error).toBeUndefined();
            expect((await resolveFilter(kept, shop)).filter).toEqual(kept);
            expect(filterInWords(root, shop)).not.toMatch(/undefined|NaN|null|\[object/);
          }),
          { numRuns: filters, seed },
        );
        // Else the shop would say nothing about filters.
        expect(met).toBeGreaterThan(filters / 3);
      } finally {
        await warehouse.close();
      }
    }
  },
);

/** What is there before the date: only that has a name. */
function vocabularyOf({ order_lines, events, scores }: Rows): Vocabulary {
  const there = (values: readonly (string | null)[]) => [
    ...new Set(values.filter((value): value is string => value !== null && value !== '')),
  ];
  const lines = order_lines.filter(line => line.ordered_at < asOf);
  const seen = events.filter(event => event.occurred_at < asOf);
  const skus = there(seen.map(event => event.sku));
  return {
    orderCategories: there(lines.map(line => line.category)),
    eventCategories: there(seen.map(event => event.category)),
    products: there(lines.flatMap(({ sku, product }) => [sku, product])),
    eventProducts: [
      ...skus,
      ...there(lines.filter(({ sku }) => skus.includes(sku!)).map(line => line.product)),
    ],
    favourites: there(scores.map(score => score.favourite_category)),
  };
}
