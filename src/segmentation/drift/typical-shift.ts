import { formatValue } from '../wording.ts';

/**
 * A change of distribution as a reader takes it in: the value of the customer in the middle, then and now; or, where it
 * is not the middle that moved, how many lie above the value at which the two part most.
 *
 * @param edges inner edges of the bins
 * @param expected counts of the training, B values
 * @param actual counts of now, B values
 * @param write a value of the feature with its unit
 */
export function shiftInWords(
  edges: readonly number[],
  expected: Float64Array,
  actual: Float64Array,
  write: (value: number) => string,
): string {
  const [then, now] = [cumulative(expected), cumulative(actual)];
  const gaps = edges.map((_, bin) => Math.abs(now[bin]! - then[bin]!));
  const widest = gaps.reduce((best, gap, bin) => (gap > gaps[best]! ? bin : best), 0);
  const [middleThen, middleNow] = [median(edges, then), median(edges, now)];
  if (middleThen !== null && middleNow !== null && write(middleThen) !== write(middleNow)) {
    const atMiddle = Math.max(...gaps.filter((_, bin) => then[bin]! > 0.2 && then[bin]! < 0.8), 0);
    if (atMiddle >= 0.75 * gaps[widest]!) {
      return `typically ${write(middleNow)} now, ${write(middleThen)} when the segments were made`;
    }
  }
  const above = (share: number) => formatValue(1 - share, 'share', null);
  return `${above(now[widest]!)} of customers have more than ${write(edges[widest]!)} now, ${above(then[widest]!)} had when the segments were made`;
}

/** cumulative[b]: share of the sample at or below the upper edge of bin b. */
function cumulative(counts: Float64Array): number[] {
  const size = counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  return Array.from(counts, count => {
    sum += count;
    return sum / size;
  });
}

/** By linear interpolation within a bin; null where the middle lies in an outer bin, which has no second edge. */
function median(edges: readonly number[], shares: readonly number[]): number | null {
  const bin = shares.findIndex(share => share >= 0.5);
  if (bin <= 0 || bin >= edges.length) return null;
  const [low, high] = [edges[bin - 1]!, edges[bin]!];
  const [below, upTo] = [shares[bin - 1]!, shares[bin]!];
  return low + ((high - low) * (0.5 - below)) / (upTo - below);
}
