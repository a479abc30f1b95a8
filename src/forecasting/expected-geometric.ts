/**
 * Expected occasions within `time` of a customer who is alive, where the rate is Gamma(shape, rate) and each occasion is
 * the last with probability p ~ Beta(a, b): the mean of (1 - (1 + p time / rate)^-shape) / p.
 *
 * Equal to (a + b - 1) / (a - 1) [1 - (rate / (rate + time))^shape 2F1(shape, b; a + b - 1; time / (rate + time))]
 * (Fader, Hardie & Lee 2005, eq. 10), without its cancellation where a is near 1 or `time` is short.
 */
export function expectedGeometric(a: number, b: number, shape: number, rate: number, time: number): number {
  if (!(time > 0)) return 0;
  const terms = (shape + 40) * (1 + time / rate);
  const few = terms <= mostTerms && shape * Math.log1p(time / rate) <= 600;
  return few ? bySeries(a, b, shape, rate, time) : byQuadrature(a, b, shape, rate, time);
}

const mostTerms = 4000;

/**
 * Occasions without dropping out are negative binomial; the n-th of them is made with the probability of surviving
 * n - 1. All terms are positive.
 */
function bySeries(a: number, b: number, shape: number, rate: number, time: number): number {
  const z = time / (rate + time);
  let chance = Math.exp(-shape * Math.log1p(time / rate));
  let surviving = 1;
  let made = 0;
  let sum = 0;
  for (let k = 0; ; k++) {
    chance *= (z * (shape + k)) / (k + 1);
    made += surviving;
    surviving *= (b + k) / (a + b + k);
    const term = chance * made;
    sum += term;
    if ((k & 7) === 7) {
      const ratio = z * Math.max(1, (shape + k + 1) / (k + 2)) * (1 + surviving / made);
      // The ratio only falls from here on: what is left is less than a geometric series.
      if (ratio < 1 && term * ratio <= 1e-16 * sum * (1 - ratio)) return sum;
    }
  }
}

/**
 * For times so long that the series has too many terms: the trapezoidal rule over p = logistic(s), s = centre + scale
 * sinh(w), whose integrand falls doubly exponentially on both sides (Takahasi & Mori 1974).
 */
function byQuadrature(a: number, b: number, shape: number, rate: number, time: number): number {
  const centre = Math.log(a / b);
  const scale = Math.min(1, Math.sqrt(1 / a + 1 / b));
  const odds = Math.log(time / rate);
  let weights = 0;
  let values = 0;
  let previous = NaN;
  for (let level = 0; level <= 12; level++) {
    // Levels after the first add the points between those of the last.
    const step = level === 0 ? 0.5 : 2 ** -level;
    for (const side of [1, -1]) {
      const first = level === 0 ? (side === 1 ? 0 : step) : step / 2;
      // sinh overflows at 710.
      for (let distance = first; distance < 700; distance += step) {
        const w = side * distance;
        const d = scale * Math.sinh(w);
        const s = centre + d;
        const weight = Math.exp(logWeight(a, b, d)) * Math.cosh(w);
        // ln p, and p time / rate without underflow of p.
        const logP = s < 0 ? s - Math.log1p(Math.exp(s)) : -Math.log1p(Math.exp(-s));
        const scaled = Math.exp(logP + odds);
        const lost = -Math.expm1(-shape * Math.log1p(scaled));
        const value = scaled < 1e-300 ? (shape * time) / rate : lost * Math.exp(-logP);
        weights += weight;
        values += weight * value;
        if (distance > 1 && weight <= 1e-18 * weights && weight * value <= 1e-18 * values) break;
      }
    }
    const mean = values / weights;
    if (level >= 3 && Math.abs(mean - previous) <= 1e-12 * mean) return mean;
    previous = mean;
  }
  return previous;
}

/** ln of p^a (1 - p)^b at logit p = ln(a / b) + d, over its peak at d = 0: the Beta density over logit p. */
function logWeight(a: number, b: number, d: number): number {
  const p = a / (a + b);
  const q = b / (a + b);
  return d < 0 ? a * d - (a + b) * logMixed(q, p, d) : -b * d - (a + b) * logMixed(p, q, -d);
}

/** ln(rest + share e^d), where the shares add up to 1 and d <= 0; to full precision beside 0 and far from it. */
function logMixed(rest: number, share: number, d: number): number {
  return d > -1 ? Math.log1p(share * Math.expm1(d)) : Math.log(rest + share * Math.exp(d));
}
