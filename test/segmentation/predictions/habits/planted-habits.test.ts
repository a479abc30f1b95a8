import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../../../src/demo/demo-shop.ts';
import { silent } from '../../../../src/progress.ts';
import { type Habits, habitsOf } from '../../../../src/segmentation/predictions/habits/habits.ts';
import { readHistories } from '../../../../src/segmentation/predictions/histories.ts';
import { importPaths } from '../../../../src/sources/import.ts';
import { openDuckDb } from '../../../../src/warehouse/duckdb.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const asOf = '2026-11-01';
const dir = temporaryFolder();
let habits: Habits;
/** The planted type of each profile. */
let types: (string | undefined)[];

beforeAll(async () => {
  const shop = dir.file('shop');
  await writeDemoShop(shop, { customers: 900, seed: 12, asOf, months: 18 });
  const warehouse = await openDuckDb({ file: ':memory:', threads: 2 });
  try {
    const importing = { paths: [shop], importedAt: '2026-11-22T00:00:00Z', tempDir: dir.file('temp') };
    await importPaths(warehouse, importing, silent);
    const { profileIds } = await readHistories(warehouse, { asOf });
    habits = await warehouse.transaction(tx => habitsOf(tx, asOf, profileIds, []));
    const truth = new Map(
      readFileSync(join(shop, 'truth', 'truth.csv'), 'utf8')
        .split('\n')
        .map(line => line.split(',') as [string, string]),
    );
    const identities = await warehouse.query<{ source_id: string; profile_id: string }>(
      'SELECT source_id, profile_id FROM identities',
    );
    const typeOf = new Map(identities.map(({ source_id, profile_id }) => [profile_id, truth.get(source_id)]));
    types = profileIds.map(id => typeOf.get(id));
  } finally {
    await warehouse.close();
  }
}, 60_000);
afterAll(() => dir.remove());

/** Over the profiles of a type. */
function mean(type: string, of: (profile: number) => number): number {
  const profiles = types.flatMap((found, i) => (found === type ? [i] : []));
  expect(profiles.length).toBeGreaterThan(30);
  return profiles.reduce((sum, i) => sum + of(i), 0) / profiles.length;
}

const others = [
  'category_devotee',
  'curious_explorer',
  'considered_spender',
  'fading_regular',
  'unhappy_leaver',
];

test('who hunts bargains is expected to use a discount twice as often as anybody else', () => {
  const share = (type: string) => mean(type, i => habits.promotionShare[i]!);
  for (const other of [...others, 'clockwork_replenisher'])
    expect(share('bargain_hunter')).toBeGreaterThan(2 * share(other));
});

test('who orders by the clock is told a product, and hardly anybody else', () => {
  const told = (type: string) => mean(type, i => (habits.replenishProduct[i] === null ? 0 : 1));
  expect(told('clockwork_replenisher')).toBeGreaterThan(0.8);
  for (const other of [...others, 'bargain_hunter']) expect(told(other)).toBeLessThan(0.2);
});

test('who keeps to one category is expected to do so more than who looks around', () => {
  const share = (type: string) => mean(type, i => habits.favouriteCategoryShare[i] || 0);
  expect(share('category_devotee')).toBeGreaterThan(0.75);
  expect(share('curious_explorer')).toBeLessThan(0.4);
});

test('no favourite gives a protected trait away', () => {
  expect(new Set(habits.favouriteCategory)).not.toContain('pharmacy & health');
  expect(new Set(habits.favouriteCategory).size).toBeGreaterThan(10);
});
