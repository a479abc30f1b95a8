/**
 * What is known of customers' shares: entry e says that `customers[e]` customers had `count[e]` of their `of[e]` in kind
 * `kind[e]` (0, 1, …). All kinds of a customer add up to `of`; kinds that a customer had none of may be left out. Counts
 * may be fractions: half a return.
 */
export interface ShareCounts {
  kind: ArrayLike<number>;
  count: ArrayLike<number>;
  of: ArrayLike<number>;
  customers: ArrayLike<number>;
}

/** What a customer of whom nothing is known is expected to do, and how many observations that is worth. */
export interface SharePrior {
  /** By kind, adding up to 1. */
  shares: Float64Array;
  /** The concentration of a Dirichlet distribution: high where customers are alike. */
  weight: number;
}

/**
 * Bounds of the correlation between two observations of a customer: with too few of them customers may seem to be all
 * alike, or each to do the same every time, which the next one belies.
 */
const [leastCorrelation, mostCorrelation] = [1e-4, 0.9];

/**
 * The spread of shares over customers, by moments: of a share of n observations the variance over customers is
 * p (1 - p) (1/n + c (1 - 1/n)), where c, the correlation within a customer, is 1 / (weight + 1). Customers count as much
 * as is known of them, n / (1 + c (n - 1)), so that one who buys a thousand times does not stand for the shop.
 * Kleinman (1973), J. American Statistical Association 68; over several kinds of a Dirichlet-multinomial summed up.
 * Where customers cannot be told apart (nobody has two observations, or all do the same) the weight is the highest.
 *
 * @param kinds how many there are
 */
export function fitShares({ kind, count, of, customers }: ShareCounts, kinds: number): SharePrior {
  let correlation = 0.5;
  let shares = new Float64Array(kinds);
  for (let round = 0; round < 200; round++) {
    const weightOf = (n: number) => n / (1 + correlation * (n - 1));
    const sums = new Float64Array(kinds);
    let total = 0;
    for (let e = 0; e < kind.length; e++) {
      const weight = (customers[e]! * weightOf(of[e]!) * count[e]!) / of[e]!;
      sums[kind[e]!]! += weight;
      total += weight;
    }
    if (total === 0) return { shares: shares.fill(1 / kinds), weight: 1 / leastCorrelation - 1 };
    shares = sums.map(sum => sum / total);

    let squares = 0;
    let byChance = 0;
    let byCustomer = 0;
    for (let e = 0; e < kind.length; e++) {
      const n = of[e]!;
      const share = count[e]! / n;
      const weight = weightOf(n);
      // Shares of a customer's kinds add up to 1, so sums over entries weighted by them are sums over customers.
      const free = customers[e]! * share * weight * (1 - weight / total);
      squares += customers[e]! * weight * share * share;
      byChance += free / n;
      byCustomer += free * (1 - 1 / n);
    }
    const meanSquare = shares.reduce((sum, share) => sum + share * share, 0);
    const spread = (squares - total * meanSquare) / (1 - meanSquare);
    const found = byCustomer > 0 && meanSquare < 1 ? (spread - byChance) / byCustomer : leastCorrelation;
    const next = Math.min(mostCorrelation, Math.max(leastCorrelation, found));
    if (Math.abs(next - correlation) <= 1e-10) break;
    correlation = next;
  }
  return { shares, weight: 1 / correlation - 1 };
}

/**
 * Everybody's expected share of a kind, shrunk to the shop's by how much customers differ; whatever their order, to the
 * bit.
 *
 * @param count of that kind, one entry per customer; may be fractions
 * @param of of all kinds; who has none is expected to do as the shop does
 */
export function shrunkShares(count: Float64Array, of: Float64Array): Float64Array {
  const { shares, weight } = fitShares(grouped(count, of), 2);
  return Float64Array.from(of, (all, i) => shrink(count[i]!, all, shares[0]!, weight));
}

/** The kind (0) and its complement (1), equal customers together, in an order of their own. */
function grouped(count: Float64Array, of: Float64Array): ShareCounts {
  const order = Array.from(of.keys())
    .filter(i => of[i]! > 0)
    .sort((a, b) => of[a]! - of[b]! || count[a]! - count[b]!);
  const groups: { count: number; of: number; customers: number }[] = [];
  for (const i of order) {
    const last = groups.at(-1);
    if (last && last.of === of[i] && last.count === count[i]) last.customers++;
    else groups.push({ count: count[i]!, of: of[i]!, customers: 1 });
  }
  const entries = groups.flatMap(group => [
    { ...group, kind: 0 },
    { ...group, kind: 1, count: group.of - group.count },
  ]);
  return {
    kind: entries.map(({ kind }) => kind),
    count: entries.map(({ count }) => count),
    of: entries.map(({ of }) => of),
    customers: entries.map(({ customers }) => customers),
  };
}

/**
 * A customer's expected share: between their own, count / of, and the shop's, nearer to their own the more is known.
 *
 * @param of 0 where nothing is known of the customer
 */
export function shrink(count: number, of: number, share: number, weight: number): number {
  return (count + weight * share) / (of + weight);
}
