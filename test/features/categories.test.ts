import { describe, expect, test } from 'vitest';
import { type CategoryEmbedding, fitEmbedding } from '../../src/features/categories.ts';
import { readMix, writeMix } from '../../src/features/category-mix.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { asOf } from './cases.ts';
import { randomShop, shuffled } from './random-shop.ts';
import { type Row, type Shop, stock, withShop } from './shop.ts';

/** A row per line: who bought what. */
function bought(lines: readonly [string, string, number?][], column = 'category', more: Row = {}): Row[] {
  return lines.flatMap(([profile_id, term, times = 1]) =>
    Array.from({ length: times }, () => ({
      source: 'shop',
      order_id: `of ${profile_id}`,
      profile_id,
      ordered_at: '2024-06-01 10:00:00',
      [column]: term,
      ...more,
    })),
  );
}

const options = { dimensions: 2, minCustomers: 1 };
const people = ['a', 'b', 'c', 'd'];
const mixes: [string, string, number?][] = [
  ['a', 'tea', 3],
  ['a', 'coffee'],
  ['b', 'tea'],
  ['b', 'coffee', 2],
  ['c', 'toys', 4],
  ['c', 'tea'],
  ['d', 'toys'],
];
const learn = (shop: Shop, ids = people, more = {}) =>
  withShop(shop, warehouse => fitEmbedding(warehouse, ids, asOf, { ...options, ...more }));

describe('fitting', () => {
  test('weighs terms by how few buy them and rows to unit length', async () => {
    const found = (await learn({ order_lines: bought(mixes) }, people, { dimensions: 3 }))!;
    expect(found.embedding.of).toBe('category');
    // Three customers buy tea, two coffee, two toys; ties go by name.
    expect(found.embedding.terms).toEqual(['tea', 'coffee', 'toys']);
    expect(found.embedding.idf).toEqual([Math.log(5 / 4) + 1, Math.log(5 / 3) + 1, Math.log(5 / 3) + 1]);
    // With as many dimensions as terms, nothing is lost: each customer keeps the unit length.
    for (let i = 0; i < people.length; i++)
      expect(Math.hypot(...found.values.map(values => values[i]!))).toBeCloseTo(1, 7);
    // Whoever buys only toys lies on the toys axis, weighed by the components.
    expect(found.values.map(values => values[3])).toEqual(
      found.embedding.components.map(component => expect.closeTo(component[2]!, 8)),
    );
  });

  test('places likes together, and fixes signs', async () => {
    const { embedding, values } = (await learn({ order_lines: bought(mixes) }))!;
    const [x, y] = [values[0]!, values[1]!];
    const apart = (i: number, j: number) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
    expect(apart(0, 1)).toBeLessThan(apart(0, 3));
    expect(apart(2, 3)).toBeLessThan(apart(1, 2));
    for (const component of embedding.components) {
      expect(
        component.reduce((most, weight) => (Math.abs(weight) > Math.abs(most) ? weight : most), 0),
      ).toBeGreaterThan(0);
    }
  });

  test('goes by products where most lines name no category', async () => {
    const lines = [...bought(mixes, 'product'), ...bought([['a', 'tea']])];
    const { embedding } = (await learn({ order_lines: lines }))!;
    expect([embedding.of, embedding.terms]).toEqual(['product', ['tea', 'coffee', 'toys']]);
  });

  test('keeps out terms that tell of a protected trait, and says which', async () => {
    const lines = bought([
      ...mixes,
      ['a', 'Pregnancy tests'],
      ['b', 'Pregnancy tests'],
      ['c', 'Pregnancy tests'],
      ['d', 'Prayer rugs'],
    ]);
    const found = (await learn({ order_lines: lines }))!;
    expect(found.embedding.terms).toEqual(['tea', 'coffee', 'toys']);
    expect(found.screenedOut.map(({ term, category }) => [term, category])).toEqual([
      ['Pregnancy tests', 'health'],
      ['Prayer rugs', 'belief'],
    ]);
  });

  test('keeps out what is blocked, however it is written, as if nobody had bought it', async () => {
    const lines = bought([...mixes, ['a', 'Baby shower'], ['b', 'baby-shower']]);
    const blocked = { blockedTerms: ['Baby Shower'], dimensions: 3 };
    const found = (await learn({ order_lines: lines }, people, blocked))!;
    expect(found.screenedOut.map(({ term, category }) => [term, category])).toEqual([
      ['Baby shower', 'blocked'],
      ['baby-shower', 'blocked'],
    ]);
    const without = (await learn({ order_lines: bought(mixes) }, people, { dimensions: 3 }))!;
    expect({ ...found, screenedOut: [] }).toEqual(without);
  });

  test('keeps to widespread terms, so that none points at a person', async () => {
    const crowd = Array.from({ length: 12 }, (_, i) => `p${i}`);
    const lines = bought([
      ...crowd.flatMap(who => ['tea', 'coffee', 'toys'].map(term => [who, term] as [string, string])),
      ['p0', 'rare find'],
    ]);
    const found = await withShop({ order_lines: lines }, warehouse => fitEmbedding(warehouse, crowd, asOf));
    expect(found!.embedding.terms).toEqual(['coffee', 'tea', 'toys']);
    expect(
      (await learn({ order_lines: bought([...mixes, ['d', 'bath']]) }, people, { maxTerms: 3 }))!.embedding
        .terms,
    ).toEqual(['tea', 'coffee', 'toys']);
  });

  test('takes names as they are, whatever is in them', async () => {
    const names = ['mug {blue}', "cup {as_of} '); --", '$1 \\ tea'];
    const lines = bought(people.flatMap(who => names.map(name => [who, name] as [string, string])));
    const { embedding, values } = (await learn({ order_lines: lines }))!;
    expect(embedding.terms.toSorted()).toEqual(names.toSorted());
    expect(values[0]!.every(value => value > 0)).toBe(true);
  });

  test('has nothing to say of fewer than three terms, or no lines', async () => {
    expect(
      await learn({
        order_lines: bought([
          ['a', 'tea'],
          ['b', 'toys'],
        ]),
      }),
    ).toBeNull();
    expect(await learn({})).toBeNull();
  });

  test('does not see cancelled orders, nor later ones', async () => {
    const lines = [
      ...bought(mixes),
      ...bought([['d', 'bath', 9]], 'category', { order_id: 'cancelled' }),
      ...bought([['d', 'garden', 9]], 'category', { ordered_at: '2024-07-01 00:00:00' }),
    ];
    const orders = [
      {
        source: 'shop',
        order_id: 'cancelled',
        profile_id: 'd',
        ordered_at: '2024-06-01 10:00:00',
        status: 'cancelled',
      },
    ];
    expect(await learn({ order_lines: lines, orders })).toEqual(await learn({ order_lines: bought(mixes) }));
  });
});

/** Places profiles by a fitted embedding, as many at a time. */
async function applied(
  warehouse: Warehouse,
  profiles: readonly string[],
  embedding: CategoryEmbedding,
  rowsAtOnce = profiles.length,
): Promise<number[][]> {
  const rows = profiles.map((id, place) => `(${place}, '${id}')`).join(', ');
  await warehouse.execute(`CREATE TABLE known AS SELECT * FROM (VALUES ${rows}) AS v (place, profile_id)`);
  await writeMix(warehouse, { table: 'known', asOf }, embedding, { name: 'mix' });
  const values: number[][] = embedding.components.map(() => []);
  for (let from = 0; from < profiles.length; from += rowsAtOnce) {
    const range = { from, to: Math.min(profiles.length, from + rowsAtOnce) };
    const placed = await readMix(warehouse, 'mix', range, embedding);
    for (const [d, dimension] of placed.entries()) values[d]!.push(...dimension);
  }
  return values;
}

describe('applying', () => {
  test('places those it was fitted on where the fit did', async () => {
    await withShop({ order_lines: bought(mixes) }, async warehouse => {
      const { embedding, values } = (await fitEmbedding(warehouse, people, asOf, options))!;
      for (const rowsAtOnce of [people.length, 2, 1]) {
        const placed = await applied(warehouse, people, embedding, rowsAtOnce);
        expect(placed).toEqual(values.map(dimension => [...dimension]));
        await warehouse.execute('DROP TABLE known');
        await warehouse.execute('DROP TABLE mix');
      }
    });
  });

  test('places newcomers by the same terms, and at zero who bought none of them', async () => {
    const { embedding, values } = (await learn({ order_lines: bought(mixes) }))!;
    const placed = await withShop(
      {
        order_lines: bought([
          ['x', 'toys'],
          ['x', 'never seen'],
          ['y', 'never seen'],
        ]),
      },
      warehouse => applied(warehouse, ['x', 'y'], embedding),
    );
    expect(placed.map(([x]) => x)).toEqual(values.map(dimension => dimension[3]));
    expect(placed.map(([, y]) => y)).toEqual([0, 0]);
  });
});

test('both stores and every order of rows place customers alike', async () => {
  const { order_lines } = randomShop(9, 150);
  const ids = [...new Set(order_lines.map(row => String(row.profile_id)))].sort();
  const run = (warehouse: Warehouse) => fitEmbedding(warehouse, ids, asOf, { dimensions: 4 });
  const here = await withShop({ order_lines }, run);
  const postgres = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(postgres, { order_lines: shuffled(order_lines, 3) });
    expect(await run(postgres)).toEqual(here);
  } finally {
    await postgres.close();
  }
  expect(here!.values.length).toBe(4);
});
