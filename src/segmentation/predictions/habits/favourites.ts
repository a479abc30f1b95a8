import { fitShares, type SharePrior, shrink } from '../../../forecasting/shrinkage.ts';
import { keptOut } from '../../../governance/kept-out.ts';
import { literal, type Warehouse } from '../../../warehouse/port.ts';
import { habitGoods, habitLines, numbersOf } from './habit-tables.ts';

export interface Favourites {
  category: (string | null)[];
  /** Share of it to be expected among the next order lines, 0..1; NaN without a favourite. */
  share: Float64Array;
}

const everything = 'habit_categories';
const mixes = 'habit_mixes';
/** As for the category mix: what fewer bought tells of persons, not of groups. */
const fewestCustomers = 10;
/** Shares of the shop's mix are cut to this, so that both stores rank categories by whole numbers. */
const parts = 1e6;

/**
 * The favourite category of each profile of the habit tables, by place: the one of which the customer bought most lines
 * beyond what the shop's mix would have them buy. By share alone nearly everybody would have the shop's largest category;
 * by share over the shop's share a single line of something rare would win. Nobody has a favourite who buys as the shop
 * does. Categories that tell of a protected trait or are blocked stay out, as they do of the category mix, and lines of them count for
 * nothing. Where fewer than half of the lines name a category there is no mix, and no favourite.
 */
export async function readFavourites(
  tx: Warehouse,
  profiles: number,
  blockedTerms: readonly string[],
): Promise<Favourites> {
  const category: (string | null)[] = new Array(profiles).fill(null);
  const share = new Float64Array(profiles).fill(Number.NaN);
  await tx.execute(
    `CREATE TEMP TABLE ${everything} AS
SELECT place, category, count(*) AS lines FROM ${habitLines} AS line JOIN ${habitGoods} AS bought ON bought.goods = line.goods
GROUP BY place, category`,
  );
  const categories = await categoriesToTell(tx, blockedTerms);
  if (categories.length > 1) {
    await writeMixes(tx, categories);
    const { shares, weight } = await fitMix(tx, categories.length);
    for (const found of await farthestBeyond(tx, shares)) {
      category[found.place] = categories[found.category]!;
      share[found.place] = shrink(found.lines, found.of, shares[found.category]!, weight);
    }
    await tx.execute(`DROP TABLE ${mixes}`);
  }
  await tx.execute(`DROP TABLE ${everything}`);
  return { category, share };
}

/** In byte order. */
async function categoriesToTell(tx: Warehouse, blockedTerms: readonly string[]): Promise<string[]> {
  const found = await tx.query<{ category: string | null; lines: number; customers: number }>(
    `SELECT category, CAST(sum(lines) AS BIGINT) AS lines, count(*) AS customers
FROM ${everything} GROUP BY category ORDER BY category COLLATE "C"`,
  );
  const all = found.reduce((sum, { lines }) => sum + lines, 0);
  const named = found.flatMap(({ category, ...counts }) =>
    category === null ? [] : [{ category, ...counts }],
  );
  if (2 * named.reduce((sum, { lines }) => sum + lines, 0) < all) return [];
  const names = named.map(({ category }) => category);
  const sensitive = new Set(keptOut(names, blockedTerms).map(({ term }) => term));
  return named
    .filter(({ category, customers }) => customers >= fewestCustomers && !sensitive.has(category))
    .map(({ category }) => category);
}

/** What each bought of the categories, by number, beside all that they bought of them. */
async function writeMixes(tx: Warehouse, categories: readonly string[]): Promise<void> {
  const numbers = categories.map((category, number) => `(${literal(category)}, ${number})`).join(', ');
  await tx.execute(`CREATE TEMP TABLE ${mixes} AS
SELECT place, number, lines, CAST(sum(lines) OVER (PARTITION BY place) AS BIGINT) AS all_lines
FROM ${everything} AS bought JOIN (VALUES ${numbers}) AS told (category, number) ON told.category = bought.category`);
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${mixes}`);
}

async function fitMix(tx: Warehouse, categories: number): Promise<SharePrior> {
  const [kind, count, of, customers] = await numbersOf(
    tx,
    ['number', 'lines', 'all_lines', 'count(*)'],
    `FROM ${mixes} GROUP BY number, lines, all_lines ORDER BY number, lines, all_lines`,
  );
  return fitShares({ kind: kind!, count: count!, of: of!, customers: customers! }, categories);
}

interface Found {
  place: number;
  /** Its number. */
  category: number;
  lines: number;
  of: number;
}

async function farthestBeyond(tx: Warehouse, shares: Float64Array): Promise<Found[]> {
  const mix = Array.from(shares, (share, number) => `(${number}, ${Math.round(share * parts)})`).join(', ');
  const [place, category, lines, of] = await numbersOf(
    tx,
    ['place', 'number', 'lines', 'all_lines'],
    `FROM (SELECT place, number, lines, all_lines, beyond,
    row_number() OVER (PARTITION BY place ORDER BY beyond DESC, number) AS rank
  FROM (SELECT place, bought.number, lines, all_lines, lines * ${parts} - all_lines * share AS beyond
    FROM ${mixes} AS bought JOIN (VALUES ${mix}) AS mix (number, share) ON mix.number = bought.number) AS measured
  WHERE beyond > 0) AS ranked
WHERE rank = 1`,
  );
  return Array.from(place!, (_, row) => ({
    place: place![row]!,
    category: category![row]!,
    lines: lines![row]!,
    of: of![row]!,
  }));
}
