/**
 * Amounts of an arm of an experiment, heavy-tailed and mostly nothing. What is looked at is a ratio of sums: with as many
 * `units` as customers the mean per customer, with the orders of each as their units the mean per order.
 */
export interface Amounts {
  /** All of the arm, those without an amount included. */
  customers: number;
  /** Of those who have one; its order is of no consequence. */
  amounts: Float64Array;
  /** Of those who have an amount, by what it is divided; null: everybody of the arm is one unit. */
  units: Float64Array | null;
}

/** What the ratio and its standard error are computed from: a sum over all who have an amount. */
export interface Sums {
  customers: number;
  x: number;
  xx: number;
  u: number;
  xu: number;
  uu: number;
}

export interface Estimate {
  ratio: number;
  /** Of the ratio, squared; by linearisation (Cochran, Sampling Techniques, 6.4). */
  variance: number;
}

export function estimateOf({ customers, x, xx, u, xu, uu }: Sums): Estimate {
  const ratio = x / u;
  const squares = Math.max(0, xx - 2 * ratio * xu + ratio * ratio * uu);
  return { ratio, variance: ((squares / (u * u)) * customers) / (customers - 1) };
}

/** The same amounts in ascending order, so that what is drawn from them does not depend on how they came. */
export function ascending({ customers, amounts, units }: Amounts): Amounts {
  const order = Array.from(amounts.keys()).sort(
    (a, b) => amounts[a]! - amounts[b]! || (units ? units[a]! - units[b]! : 0),
  );
  return {
    customers: units ? amounts.length : customers,
    amounts: Float64Array.from(order, i => amounts[i]!),
    units: units && Float64Array.from(order, i => units[i]!),
  };
}

/** Sums over who is at these places; `customers` as they are in all. */
export function sumsOf(
  { amounts, units }: Pick<Amounts, 'amounts' | 'units'>,
  customers: number,
  places: ArrayLike<number> | null,
  count: number,
): Sums {
  let [x, xx, u, xu, uu] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const place = places === null ? i : places[i]!;
    const amount = amounts[place]!;
    x += amount;
    xx += amount * amount;
    if (units !== null) {
      const unit = units[place]!;
      u += unit;
      xu += amount * unit;
      uu += unit * unit;
    }
  }
  return units === null
    ? { customers, x, xx, u: customers, xu: x, uu: customers }
    : { customers: count, x, xx, u, xu, uu };
}
