/**
 * Products that customers bought again: one entry per customer and product with at least two buying days, in the order of
 * customers, and of products within a customer.
 */
export interface RepeatPurchases {
  /** Numbers from 0; of products each has an entry. */
  customer: Int32Array;
  product: Int32Array;
  /** Gaps between buying days of the product; their sum and the sum of their squares, in days. */
  gaps: Float64Array;
  total: Float64Array;
  squares: Float64Array;
  /** Days from the last purchase to now. */
  since: Float64Array;
}

/** What is due to be bought again, one entry per customer. */
export interface Replenishments {
  /** -1 where nothing is. */
  product: Int32Array;
  /** Days from now, negative where overdue; NaN where nothing is due. */
  dueIn: Float64Array;
}

/** Of purchases that come by chance alone, standard deviation and mean of the gaps are the same: their ratio is 1. */
const mostVariation = 0.6;
/** A product needs as many gaps before anything is said of it, or made of it. */
export const fewestGaps = 5;
/** The shop's regularity counts as much as so many customers of a product, and the product's as so many gaps of a customer. */
const [shopCustomers, productGaps] = [5, 2];
/** The product's usual gap counts as much as one of the customer's own. */
const usualGaps = 1;
/** After as many gaps without the product it is no longer expected: at a regular rhythm hardly any gap is as long. */
const longestAway = 2;

/**
 * The product that each customer is due to buy again soonest, or has been due to for longest.
 *
 * The gap to expect is the mean of the customer's own gaps and, as one more, of the product's usual gap (the median of its
 * customers' means). A product is due only where it is bought at a regular rhythm: there are five gaps of it at least, and
 * the coefficient of variation of a customer's gaps is 0.6 at most, the square of which is shrunk to that of the product's
 * customers, and theirs to the shop's. So a product that few buy again needs a customer who shows a rhythm, and a customer
 * who bought it twice needs a product that others buy regularly. Nothing is due that the customer has gone without for
 * two gaps.
 *
 * @param customers how many there are
 */
export function replenishments(repeats: RepeatPurchases, customers: number): Replenishments {
  const products = rhythms(repeats);
  const product = new Int32Array(customers).fill(-1);
  const dueIn = new Float64Array(customers).fill(Number.NaN);
  for (let i = 0; i < repeats.customer.length; i++) {
    const rhythm = products[repeats.product[i]!]!;
    if (rhythm.gaps < fewestGaps) continue;
    const gaps = repeats.gaps[i]!;
    const { variation, freedom } = ownVariation(repeats, i);
    const shrunk = (variation + productGaps * rhythm.variation) / (freedom + productGaps);
    if (shrunk > mostVariation ** 2) continue;
    const expected = (repeats.total[i]! + usualGaps * rhythm.usual) / (gaps + usualGaps);
    if (repeats.since[i]! > longestAway * expected) continue;
    const due = expected - repeats.since[i]!;
    const customer = repeats.customer[i]!;
    if (product[customer]! >= 0 && due >= dueIn[customer]!) continue;
    product[customer] = repeats.product[i]!;
    dueIn[customer] = due;
  }
  return { product, dueIn };
}

interface Rhythm {
  gaps: number;
  /** The median over customers of their mean gaps, in days. */
  usual: number;
  /** Of the gaps within customers: the square of the coefficient of variation. */
  variation: number;
}

/** By product number. */
function rhythms(repeats: RepeatPurchases): Rhythm[] {
  const of: number[][] = [];
  for (let i = 0; i < repeats.product.length; i++) {
    const product = repeats.product[i]!;
    of[product] ??= [];
    of[product].push(i);
  }
  const sums = of.map(entries => {
    let [variation, weight, gaps] = [0, 0, 0];
    for (const i of entries) {
      const own = ownVariation(repeats, i);
      // Who buys most often counts little more than who shows a rhythm at all: regular customers have the most gaps.
      const share = 1 / (own.freedom + productGaps);
      variation += share * own.variation;
      weight += share * own.freedom;
      gaps += repeats.gaps[i]!;
    }
    return { entries, variation, weight, gaps };
  });
  const told = sums.filter(({ gaps }) => gaps >= fewestGaps);
  const weight = told.reduce((sum, product) => sum + product.weight, 0);
  const shop = weight > 0 ? told.reduce((sum, product) => sum + product.variation, 0) / weight : 1;
  return sums.map(product => ({
    gaps: product.gaps,
    usual: median(product.entries.map(i => repeats.total[i]! / repeats.gaps[i]!)),
    variation: (product.variation + shopCustomers * shop) / (product.weight + shopCustomers),
  }));
}

/**
 * Degrees of freedom of a customer's gaps, and so many times the square of their coefficient of variation. Of gaps that
 * come by chance (an exponential distribution) n show n / (n + 1) of it, for which it makes up.
 */
function ownVariation(
  { gaps, total, squares }: RepeatPurchases,
  i: number,
): { variation: number; freedom: number } {
  const n = gaps[i]!;
  const mean = total[i]! / n;
  return { variation: (Math.max(0, squares[i]! / (mean * mean) - n) * (n + 1)) / n, freedom: n - 1 };
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
