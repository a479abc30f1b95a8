import { formatValue } from '../wording.ts';

/** Part of the greatest change that the values below and above the middle have to show for the middle to be told. */
const tellsMiddle = 0.7;
/** Part of it that those above some value have to show for them to be told rather than those between two values. */
const tellsTail = 0.6;
/** A middle that moved by less is not what changed. */
const leastMove = 0.1;

/**
 * A change of distribution as a reader takes it in: the value of the customer in the middle, then and now; or, where it
 * is not the middle that moved, how many lie above a value, or between two, where that changed most. Changes are
 * measured by the stability index of the two shares, inside and outside.
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
  const ranges = edges.flatMap((_, from) =>
    // Those up to an edge are told by the others, above it.
    edges.slice(from).map((_edge, more) => rangeOf(then, now, from + 1, from + 1 + more)),
  );
  const widest = strongest(ranges);
  const tails = ranges.filter(({ to }) => to === edges.length);
  const middleThen = median(edges, then);
  const middleNow = median(edges, now);
  if (middleThen !== null && middleNow !== null && write(middleThen) !== write(middleNow)) {
    const besideMiddle = tails.filter(({ from }) => then[from - 1]! > 0.2 && then[from - 1]! < 0.8);
    const moved = Math.abs(middleNow - middleThen) >= leastMove * Math.abs(middleThen);
    if (moved && besideMiddle.some(({ index }) => index >= tellsMiddle * widest.index))
      return `typically ${write(middleNow)} now, ${write(middleThen)} when the segments were made`;
  }
  const tail = strongest(tails);
  const told = tail.index >= tellsTail * widest.index ? tail : widest;
  const share = (value: number) => formatValue(value, 'share', null);
  return `${share(told.now)} of customers have ${within(edges, told, write)} now, ${share(told.then)} had when the segments were made`;
}

/** Bins `from` to `to`, with their shares and how much these changed. */
interface Range {
  from: number;
  to: number;
  then: number;
  now: number;
  index: number;
}

function rangeOf(before: readonly number[], after: readonly number[], from: number, to: number): Range {
  const [then, now] = [before, after].map(of => of[to]! - of[from - 1]!) as [number, number];
  const odds = (share: number) => {
    const known = Math.min(1 - 1e-4, Math.max(1e-4, share));
    return Math.log(known / (1 - known));
  };
  return { from, to, then, now, index: (now - then) * (odds(now) - odds(then)) };
}

/** The first of those that changed most; there is at least one. */
function strongest(ranges: readonly Range[]): Range {
  return ranges.reduce((best, range) => (range.index > best.index ? range : best));
}

function within(edges: readonly number[], { from, to }: Range, write: (value: number) => string): string {
  const low = write(edges[from - 1]!);
  if (to === edges.length) return `more than ${low}`;
  const high = write(edges[to]!);
  return low === high ? `about ${high}` : `more than ${low} and at most ${high}`;
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
