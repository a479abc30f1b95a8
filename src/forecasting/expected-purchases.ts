import { historyAt, type PurchaseHistories } from './purchase-history.ts';
import type { PurchaseModel } from './purchase-model.ts';

/**
 * Expected occasions of n customers within each of `times` from now: one array of n per time. What customers with the
 * same x and T share is worked out once, which makes it many times faster than asking for each of them.
 */
export function expectedPurchasesAt(
  model: PurchaseModel,
  parameters: readonly number[],
  histories: PurchaseHistories,
  times: readonly number[],
): Float64Array[] {
  const customers = histories.repeats.length;
  const expected = times.map(() => new Float64Array(customers));
  const known = new Map<number, Map<number, number[]>>();
  for (let i = 0; i < customers; i++) {
    const history = historyAt(histories, i);
    const ofAge = known.get(history.age) ?? new Map<number, number[]>();
    known.set(history.age, ofAge);
    let ifAlive = ofAge.get(history.repeats);
    if (!ifAlive) {
      ifAlive = times.map(time => model.expectedIfAlive(parameters, history, time));
      ofAge.set(history.repeats, ifAlive);
    }
    const alive = model.aliveProbability(parameters, history);
    for (let t = 0; t < times.length; t++) expected[t]![i] = alive * ifAlive[t]!;
  }
  return expected;
}
