import { fitShares, shrink } from '../../../forecasting/shrinkage.ts';
import { screenTerms } from '../../../governance/sensitivity.ts';
import { literal, type Warehouse } from '../../../warehouse/port.ts';
import { habitLines } from './habit-tables.ts';

export interface Favourites {
  category: (string | null)[];
  /** Share of it to be expected among the next order lines, 0..1; NaN without a favourite. */
  share: Float64Array;
}

const table = 'habit_categories';
/** As for the category mix: what fewer bought tells of persons, not of groups. */
const fewestCustomers = 10;
/** Shares of the shop's mix are cut to this, so that both stores rank categories by whole numbers. */
const parts = 1e6;

/**
 * The favourite category of each profile of the habit tables, by place: the one of which the customer bought most lines
 * beyond what the shop's mix would have them buy. By share alone nearly everybody would have the shop's largest category;
 * by share over the shop's share a single line of something rare would win. Nobody has a favourite who buys as the shop
 * does. Categories that tell of a protected trait stay out, as they do of the category mix, and lines of them count for
 * nothing. Where fewer than half of the lines name a category there is no mix, and no favourite.
 */
export async function readFavourites(tx: Warehouse, profiles: number): Promise<Favourites> {
  const category: (string | null)[] = new Array(profiles).fill(null);
  const share = new Float64Array(profiles).fill(Number.NaN);
  await tx.execute(
    `CREATE TEMP TABLE ${table} AS
SELECT place, category, count(*) AS lines FROM ${habitLines} GROUP BY place, category`,
  );
  const categories = await keptCategories(tx);
  if (categories.length > 1) {
    const { shares, weight } = await fitMix(tx, categories);
    for (const found of await farthestBeyond(tx, categories, shares)) {
      category[found.place] = categories[found.category]!;
      share[found.place] = shrink(found.lines, found.of, shares[found.category]!, weight);
    }
  }
  await tx.execute(`DROP TABLE ${table}`);
  return { category, share };
}

/** Deletes what may not count, and names the categories that are left, in byte order. */
async function keptCategories(tx: Warehouse): Promise<string[]> {
  const found = await tx.query<{ category: string | null; lines: number; customers: number }>(
    `SELECT category, CAST(sum(lines) AS BIGINT) AS lines, count(*) AS customers
FROM ${table} GROUP BY category ORDER BY category COLLATE "C"`,
  );
  const all = found.reduce((sum, { lines }) => sum + lines, 0);
  const named = found.flatMap(({ category, ...counts }) =>
    category === null ? [] : [{ category, ...counts }],
  );
  if (2 * named.reduce((sum, { lines }) => sum + lines, 0) < all) return [];
  const sensitive = new Set(screenTerms(named.map(({ category }) => category)).map(({ term }) => term));
  const kept = named
    .filter(({ category, customers }) => customers >= fewestCustomers && !sensitive.has(category))
    .map(({ category }) => category);
  if (kept.length > 0)
    await tx.execute(
      `DELETE FROM ${table} WHERE category IS NULL OR category NOT IN (${kept.map(literal).join(', ')})`,
    );
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${table}`);
  return kept;
}

async function fitMix(tx: Warehouse, categories: readonly string[]) {
  const { keys, values } = await tx.columns(`SELECT category, ${['lines', 'all_lines', 'count(*)']
    .map((value, i) => `CAST(${value} AS DOUBLE PRECISION) AS c${i}`)
    .join(', ')}
FROM (SELECT category, lines, sum(lines) OVER (PARTITION BY place) AS all_lines FROM ${table}) AS counted
GROUP BY category, lines, all_lines ORDER BY category COLLATE "C", lines, all_lines`);
  const numberOf = new Map(categories.map((category, number) => [category, number]));
  const [count, of, customers] = values as [Float64Array, Float64Array, Float64Array];
  return fitShares(
    { kind: Int32Array.from(keys, key => numberOf.get(key)!), count, of, customers },
    categories.length,
  );
}

interface Found {
  place: number;
  /** Its number. */
  category: number;
  lines: number;
  of: number;
}

async function farthestBeyond(
  tx: Warehouse,
  categories: readonly string[],
  shares: Float64Array,
): Promise<Found[]> {
  const mix = categories
    .map((category, number) => `(${literal(category)}, ${number}, ${Math.round(shares[number]! * parts)})`)
    .join(', ');
  const { values } = await tx.columns(`SELECT '' AS nothing, ${['place', 'number', 'lines', 'all_lines']
    .map((value, i) => `CAST(${value} AS DOUBLE PRECISION) AS c${i}`)
    .join(', ')}
FROM (SELECT place, number, lines, all_lines, beyond,
    row_number() OVER (PARTITION BY place ORDER BY beyond DESC, number) AS rank
  FROM (SELECT place, number, lines, all_lines, lines * ${parts} - all_lines * share AS beyond
    FROM (SELECT place, category, lines, sum(lines) OVER (PARTITION BY place) AS all_lines FROM ${table}) AS counted
    JOIN (VALUES ${mix}) AS mix (category, number, share) ON mix.category = counted.category) AS measured
  ) AS ranked
WHERE rank = 1 AND beyond > 0`);
  const [place, category, lines, of] = values as [Float64Array, Float64Array, Float64Array, Float64Array];
  return Array.from(place, (_, row) => ({
    place: place[row]!,
    category: category[row]!,
    lines: lines[row]!,
    of: of[row]!,
  }));
}
