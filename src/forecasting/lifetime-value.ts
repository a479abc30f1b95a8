/** Ends of the twelve months ahead, in days; a year has 365. */
export const monthEnds: readonly number[] = Array.from({ length: 12 }, (_, i) => (365 * (i + 1)) / 12);

/** What a year makes of money that comes a year later: 0.1 where 1.10 then is worth 1.00 now. */
const annualRate = 0.1;

/** What comes in a month comes in its middle, on average. */
const discounts: readonly number[] = monthEnds.map((_, i) => (1 + annualRate) ** (-(i + 0.5) / 12));

/**
 * Expected occasions of the next twelve months, those of later months worth less (10 % a year). Times the expected value
 * of an order it is the lifetime value of 12 months.
 *
 * Fader, Hardie & Lee (2005), "RFM and CLV", J. Marketing Research 42: value = orders expected, discounted, x spend.
 *
 * @param expectedUntil occasions expected from now until `monthEnds[month]`
 */
export function discountedOccasions(expectedUntil: (month: number) => number): number {
  let sum = 0;
  let before = 0;
  for (let month = 0; month < monthEnds.length; month++) {
    const until = expectedUntil(month);
    sum += (until - before) * discounts[month]!;
    before = until;
  }
  return sum;
}
