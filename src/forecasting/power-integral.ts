/** What an integral is of: (a + u)^-p (b + u)^-q. */
export interface Powers {
  a: number;
  p: number;
  b: number;
  q: number;
}

/** Means under the integrand taken as a density; slopes of the integral's logarithm follow from them. */
export interface PowerMeans {
  /** Of ln((a + u) / (a + from)) and of 1 / (a + u). */
  logA: number;
  inverseA: number;
  /** The same of b. */
  logB: number;
  inverseB: number;
}

// Gauss-Legendre, 12 nodes on [-1, 1].
const nodes = [
  -0.9815606342467192, -0.9041172563704748, -0.7699026741943047, -0.5873179542866175, -0.3678314989981802,
  -0.1252334085114689, 0.1252334085114689, 0.3678314989981802, 0.5873179542866175, 0.7699026741943047,
  0.9041172563704748, 0.9815606342467192,
];
const weights = [
  0.04717533638651141, 0.10693932599531907, 0.16007832854334642, 0.20316742672306573, 0.2334925365383546,
  0.2491470458134027, 0.2491470458134027, 0.2334925365383546, 0.20316742672306573, 0.16007832854334642,
  0.10693932599531907, 0.04717533638651141,
];

/**
 * Integral of ((a + from) / (a + u))^p ((b + from) / (b + u))^q over u from `from` to `to`, to about 1e-11 relative;
 * a, b > 0, p, q >= 0. `to` may be Infinity where p + q > 1; what lies beyond the largest double is then left out. Writes means into `means`.
 *
 * Gauss-Legendre on panels of v = ln(min(a, b) + u). Over v the integrand is log-concave, and its only singularities are
 * pi away from the real axis beside ln max(a, b): panels are as wide as that and its steepness allow, and once it falls,
 * all that is left is less than a geometric series. So the work is bounded whatever the arguments.
 */
export function integratePowers(
  { a, p, b, q }: Powers,
  from: number,
  to: number,
  means?: PowerMeans,
): number {
  const near = Math.min(a, b);
  const far = Math.max(a, b) - near;
  const powerNear = a <= b ? p : q;
  const powerFar = a <= b ? q : p;
  const first = near + from;
  // Everything is relative to the start: v = 0 there, u - from = first (e^v - 1).
  const ratio = first / (first + far);
  const end = Math.log1p((to - from) / first);
  const side = -Math.log(ratio);
  let start = 0;
  let total = 0;
  let logNear = 0;
  let logFar = 0;
  let inverseNear = 0;
  let inverseFar = 0;
  while (start < end) {
    // Share of the far term that moves with v, and the slope of the integrand's logarithm.
    const moving = ratio / (ratio + (1 - ratio) * Math.exp(-start));
    const slope = 1 - powerNear - powerFar * moving;
    const room = start > side ? 1.3 * (start - side) : 0.65 * (side - start);
    const width = Math.min(end - start, Math.max(2.5, room), 10 / Math.max(Math.abs(slope), 1e-9));
    let panel = 0;
    for (let i = 0; i < nodes.length; i++) {
      const v = start + (width * (1 + nodes[i]!)) / 2;
      const grown = Math.exp(v);
      const farGrown = 1 + ratio * (grown - 1);
      const logFarGrown = Math.log(farGrown);
      const value = weights[i]! * width * Math.exp((1 - powerNear) * v - powerFar * logFarGrown);
      panel += value;
      if (means) {
        logNear += value * v;
        logFar += value * logFarGrown;
        inverseNear += value / grown;
        inverseFar += value / farGrown;
      }
    }
    total += panel;
    start += width;
    if (slope < 0 && panel <= 1e-13 * total) break;
  }
  if (means) {
    const byA = a <= b;
    const scaleNear = 1 / (total * first);
    const scaleFar = 1 / (total * (first + far));
    means.logA = (byA ? logNear : logFar) / total;
    means.logB = (byA ? logFar : logNear) / total;
    means.inverseA = byA ? inverseNear * scaleNear : inverseFar * scaleFar;
    means.inverseB = byA ? inverseFar * scaleFar : inverseNear * scaleNear;
  }
  return (total * first) / 2;
}
