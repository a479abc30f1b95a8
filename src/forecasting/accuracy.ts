/** Sum of the predictions against the sum of what happened, predicted / actual - 1; NaN where nothing happened. */
export function totalError(predicted: Float64Array, actual: Float64Array): number {
  const happened = sum(actual);
  return happened === 0 ? Number.NaN : sum(predicted) / happened - 1;
}

/** Root of the mean squared difference, in the unit of the values; NaN of nothing. */
export function rmse(predicted: Float64Array, actual: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < actual.length; i++) squares += (predicted[i]! - actual[i]!) ** 2;
  return Math.sqrt(squares / actual.length);
}

/**
 * Area under the ROC curve: the chance that of two, one positive and one not, the positive has the higher score, where
 * equal scores count half. Mann & Whitney (1947), by mid-ranks, so O(n log n); Hanley & McNeil (1982).
 * @param positive non-zero where what the score is for came true.
 * @returns 0..1; null where all or none are positive.
 */
export function auc(score: Float64Array, positive: ArrayLike<number>): number | null {
  const order = inOrder(score);
  const n = order.length;
  let positives = 0;
  // Twice the sum of mid-ranks is whole, so no order of addition changes it.
  let twiceRanks = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    let tiedPositives = 0;
    for (; to < n && score[order[to]!] === score[order[from]!]; to++)
      if (positive[order[to]!] !== 0) tiedPositives++;
    positives += tiedPositives;
    twiceRanks += tiedPositives * (from + 1 + to);
    from = to;
  }
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return null;
  return (twiceRanks - positives * (positives + 1)) / (2 * positives * negatives);
}

/**
 * The group of each row, 0 (lowest) .. groups - 1: rows in order of what was predicted are cut into groups whose sizes
 * differ by one at most. Equal predictions keep the order of rows, so rows have to come in an order of their own
 * (profile_id), not in that of their arrival. With fewer rows than groups, some groups stay empty.
 */
export function groupsByRank(predicted: Float64Array, groups: number): Int32Array {
  const order = inOrder(predicted);
  const group = new Int32Array(order.length);
  for (let rank = 0; rank < order.length; rank++)
    group[order[rank]!] = Math.floor((rank * groups) / order.length);
  return group;
}

/** Indices from the lowest value to the highest, ties by index. */
function inOrder(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values.keys());
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
