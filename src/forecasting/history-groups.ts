import type { PurchaseHistories } from './purchase-history.ts';

/** Customers with the same (x, t_x, T) as one, in order of x, T, t_x: sums over them do not depend on row order. */
export interface HistoryGroups extends PurchaseHistories {
  /** Customers in each. */
  counts: Float64Array;
  /** Largest x. */
  mostRepeats: number;
}

/** Throws RangeError where a history is none: x no whole number, t_x outside 0 .. T. */
export function groupHistories(histories: PurchaseHistories): HistoryGroups {
  const { repeats, recency, age } = histories;
  const order = new Uint32Array(repeats.length);
  for (let i = 0; i < order.length; i++) {
    checkHistory(repeats[i]!, recency[i]!, age[i]!);
    order[i] = i;
  }
  order.sort((i, j) => repeats[i]! - repeats[j]! || age[i]! - age[j]! || recency[i]! - recency[j]!);
  const firsts: number[] = [];
  const counts: number[] = [];
  for (const i of order) {
    const last = firsts.at(-1);
    const same =
      last !== undefined &&
      repeats[i] === repeats[last] &&
      recency[i] === recency[last] &&
      age[i] === age[last];
    if (same) {
      counts[counts.length - 1]! += 1;
    } else {
      firsts.push(i);
      counts.push(1);
    }
  }
  return {
    repeats: Float64Array.from(firsts, i => repeats[i]!),
    recency: Float64Array.from(firsts, i => recency[i]!),
    age: Float64Array.from(firsts, i => age[i]!),
    counts: Float64Array.from(counts),
    mostRepeats: firsts.length > 0 ? repeats[firsts.at(-1)!]! : 0,
  };
}

/** A systematic sample of the groups, the last and so the largest x among them. */
export function everyNth(groups: HistoryGroups, n: number): HistoryGroups {
  const { repeats, recency, age, counts, mostRepeats } = groups;
  const offset = (counts.length - 1) % n;
  const taken = (values: Float64Array) => values.filter((_, i) => i % n === offset);
  return {
    repeats: taken(repeats),
    recency: taken(recency),
    age: taken(age),
    counts: taken(counts),
    mostRepeats,
  };
}

function checkHistory(x: number, recency: number, age: number): void {
  const sound =
    Number.isInteger(x) &&
    x >= 0 &&
    recency >= 0 &&
    recency <= age &&
    age < Infinity &&
    (x > 0 || recency === 0);
  if (!sound) throw new RangeError(`no purchase history: x ${x}, t_x ${recency}, T ${age}`);
}
