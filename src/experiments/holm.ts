/**
 * p-values corrected so that the chance of any false alarm among all of them is at most the level that they are held
 * against, however they depend on each other: Holm's step-down procedure, with weights where some questions come first.
 *
 * Source: S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6,
 * 65-70, section 4 with weights. No intervals belong to it: those that are told beside are each for itself.
 *
 * @param values 0..1; a question without an answer yet has 1, so that its answer later takes none of the others back
 * @param weights above 0, one each; all alike where left out
 * @returns in the order of the values, 0..1
 */
export function adjustedP(
  values: readonly number[],
  weights: readonly number[] = values.map(() => 1),
): number[] {
  const order = [...values.keys()].sort(
    (a, b) => values[a]! / weights[a]! - values[b]! / weights[b]! || a - b,
  );
  const adjusted = new Array<number>(values.length);
  let left = weights.reduce((sum, weight) => sum + weight, 0);
  let most = 0;
  for (const i of order) {
    most = Math.max(most, Math.min(1, (values[i]! / weights[i]!) * left));
    adjusted[i] = most;
    left -= weights[i]!;
  }
  return adjusted;
}
