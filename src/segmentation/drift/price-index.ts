import type { MatchedPrices } from '../../features/activity/prices.ts';

/** How the prices of the same products changed between two windows. */
export interface PriceIndex {
  products: number;
  /** Products that cost more, or less, by at least a hundredth. */
  dearer: number;
  cheaper: number;
  /** Relative change of the geometric mean of price ratios, each weighted by the lines of the later window. */
  change: number;
  /** Standard error of the logarithm of the geometric mean. */
  error: number;
  /** Share of the lines whose product moved in the direction of the whole, less those that moved against it. */
  agreement: number;
}

/** A ratio beyond this is a slip (pence for pounds, a carton for a piece) and counts no more. */
const mostChange = Math.log(1.5);
const noticeable = Math.log(1.01);

/** A matched-model index of prices (Jevons within, lines as weights between products); null without a product. */
export function priceIndex({ lines, before, now }: MatchedPrices): PriceIndex | null {
  let weights = 0;
  let sum = 0;
  const logs = lines.map((weight, i) => {
    const log = Math.max(-mostChange, Math.min(mostChange, Math.log(now[i]! / before[i]!)));
    weights += weight;
    sum += weight * log;
    return log;
  });
  if (weights === 0) return null;
  const mean = sum / weights;
  let squares = 0;
  let up = 0;
  let down = 0;
  let dearer = 0;
  let cheaper = 0;
  for (let i = 0; i < logs.length; i++) {
    squares += (lines[i]! * (logs[i]! - mean)) ** 2;
    if (logs[i]! >= noticeable) {
      dearer++;
      up += lines[i]!;
    } else if (logs[i]! <= -noticeable) {
      cheaper++;
      down += lines[i]!;
    }
  }
  return {
    products: lines.length,
    dearer,
    cheaper,
    change: Math.exp(mean) - 1,
    error: Math.sqrt(squares) / weights,
    agreement: (Math.sign(mean) * (up - down)) / weights,
  };
}
