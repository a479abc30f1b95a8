import { type AsOf, startOf } from '../../../features/as-of.ts';
import { fewestGaps, type RepeatPurchases, replenishments } from '../../../forecasting/replenishment.ts';
import { keptOut } from '../../../governance/kept-out.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { habitGoods, habitLines, numbersOf } from './habit-tables.ts';

export interface DueAgain {
  product: (string | null)[];
  /** Days from the as-of date; NaN without a product. */
  dueIn: Float64Array;
}

const boughtAgain = 'habit_bought_again';
const products = 'habit_products';

/**
 * The product that each profile of the habit tables, by place, is due to buy again soonest; see forecasting/replenishment.
 * Products of which a name or a category tells of a protected trait or is blocked stay out.
 */
export async function readDueAgain(
  tx: Warehouse,
  asOf: AsOf,
  profiles: number,
  blockedTerms: readonly string[],
): Promise<DueAgain> {
  await writeBoughtAgain(tx);
  const names = await productNames(tx, blockedTerms);
  const repeats = await readRepeats(tx, asOf, names);
  await tx.execute(`DROP TABLE ${boughtAgain}`);
  await tx.execute(`DROP TABLE ${products}`);
  const { product, dueIn } = replenishments(repeats.purchases, profiles);
  return {
    product: Array.from(product, number => (number < 0 ? null : repeats.names[number]!)),
    dueIn,
  };
}

/** Who bought what on more than one day, with the gaps between; and the products of which there are gaps enough. */
async function writeBoughtAgain(tx: Warehouse): Promise<void> {
  await tx.execute(`CREATE TEMP TABLE ${boughtAgain} AS WITH again AS (
  SELECT place, product FROM ${habitLines} WHERE product IS NOT NULL
  GROUP BY place, product HAVING min(day) < max(day)
),
days AS (
  SELECT line.place, line.product, day FROM ${habitLines} AS line
  JOIN again ON again.place = line.place AND again.product = line.product
  GROUP BY line.place, line.product, day
),
steps AS (
  SELECT place, product, day, day - lag(day) OVER (PARTITION BY place, product ORDER BY day) AS gap FROM days
)
SELECT place, product, count(gap) AS gaps, sum(gap) AS total, sum(gap * gap) AS squares, max(day) AS last_day
FROM steps GROUP BY place, product`);
  await tx.execute(`CREATE TEMP TABLE ${products} AS
SELECT product FROM ${boughtAgain} GROUP BY product HAVING sum(gaps) >= ${fewestGaps}`);
  if (tx.dialect.name !== 'postgres') return;
  await tx.execute(`ANALYZE ${boughtAgain}`);
  await tx.execute(`ANALYZE ${products}`);
}

/** By number, the name that most lines give the product; nothing where it may not be told. */
async function productNames(
  tx: Warehouse,
  blockedTerms: readonly string[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.query<{ number: number; name: string; category: string | null; lines: number }>(
    `SELECT bought.product AS number, name, category, sum(line.lines) AS lines
FROM (SELECT goods, count(*) AS lines FROM ${habitLines} GROUP BY goods) AS line
JOIN ${habitGoods} AS bought ON bought.goods = line.goods
JOIN ${products} AS known ON known.product = bought.product
GROUP BY bought.product, name, category`,
  );
  const terms = new Set(rows.flatMap(({ name, category }) => [name, category ?? '']));
  const sensitive = new Set(keptOut([...terms], blockedTerms).map(({ term }) => term));
  const untold = new Set<number>();
  const linesOf = new Map<number, Map<string, number>>();
  for (const { number, name, category, lines } of rows) {
    if (sensitive.has(name) || sensitive.has(category ?? '')) untold.add(number);
    const names = linesOf.get(number) ?? new Map<string, number>();
    linesOf.set(number, names.set(name, (names.get(name) ?? 0) + lines));
  }
  const told = [...linesOf].filter(([number]) => !untold.has(number));
  return new Map(told.map(([number, names]) => [number, usualName(names)]));
}

/** Of names that as many lines give, the first. */
function usualName(lines: ReadonlyMap<string, number>): string {
  const [[name]] = [...lines].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)) as [[string, number]];
  return name;
}

async function readRepeats(
  tx: Warehouse,
  asOf: AsOf,
  names: ReadonlyMap<number, string>,
): Promise<{ purchases: RepeatPurchases; names: string[] }> {
  const today = startOf(asOf) / 86_400_000;
  const values = await numbersOf(
    tx,
    ['place', 'again.product', 'gaps', 'total', 'squares', `${today} - last_day`],
    `FROM ${boughtAgain} AS again JOIN ${products} AS known ON known.product = again.product
ORDER BY place, again.product`,
  );
  const numbers = [...names.keys()].sort((a, b) => a - b);
  const numberTold = new Map(numbers.map((number, told) => [number, told]));
  const rows = Array.from(values[1]!.keys()).filter(row => numberTold.has(values[1]![row]!));
  const told = (column: number) => Float64Array.from(rows, row => values[column]![row]!);
  return {
    purchases: {
      customer: Int32Array.from(told(0)),
      product: Int32Array.from(told(1), number => numberTold.get(number)!),
      gaps: told(2),
      total: told(3),
      squares: told(4),
      since: told(5),
    },
    names: numbers.map(number => names.get(number)!),
  };
}
