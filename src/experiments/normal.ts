const ROOT_TWO = Math.SQRT2;

/** Chance that a standard normal is above z, to about 1e-14 relative. */
export function upperTail(z: number): number {
  return 0.5 * erfc(z / ROOT_TWO);
}

/**
 * The z below which a standard normal lies with probability p, to about 1e-13.
 *
 * Source: P. J. Acklam's rational approximation, with one step of Halley's method.
 * @param p above 0 and below 1
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability above 0 and below 1 is needed, not ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  const z = p < 0.02425 ? tail(Math.sqrt(-2 * Math.log(p))) : middle(p - 0.5);
  const off = (upperTail(-z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
  return z - off / (1 + (z * off) / 2);
}

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const tailTop = [
  -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const tailBottom = [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const middleTop = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const middleBottom = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];

const tail = (x: number) => polynomial(tailTop, x) / polynomial(tailBottom, x);
const middle = (x: number) => (x * polynomial(middleTop, x * x)) / polynomial(middleBottom, x * x);

/** Abramowitz & Stegun 7.1.6 up to 2.5, the continued fraction 7.1.14 beyond. */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  const bell = Math.exp(-x * x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * bell * sum;
  }
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction;
  return bell / (fraction * Math.sqrt(Math.PI));
}
