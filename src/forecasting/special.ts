/** zeta(k) - 1 for k = 2, 3, ... */
const zetaLessOne = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853,
  0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5,
  3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6,
  9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7, 1.1921992596531106e-7,
  5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8, 7.45071178983543e-9,
];
const oneLessEuler = 0.4227843350984671;
const halfLogTwoPi = 0.9189385332046728;

/**
 * ln Gamma(x) for x > 0, to about 1e-14 relative also beside its zeros at 1 and 2.
 * Abramowitz & Stegun 6.1.33 around 2, 6.1.41 (Stirling) from 10 on, the recurrence between.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  if (x < 0.5) return logGamma(x + 2) - Math.log(x) - Math.log1p(x);
  if (x < 1.5) return nearTwo(x + 1) - Math.log(x);
  if (x <= 2.5) return nearTwo(x);
  let shift = 1;
  let y = x;
  while (y < 10) shift *= y++;
  const i = 1 / y;
  const i2 = i * i;
  const series =
    i * (1 / 12 - i2 * (1 / 360 - i2 * (1 / 1260 - i2 * (1 / 1680 - i2 * (1 / 1188 - (i2 * 691) / 360360)))));
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + series - Math.log(shift);
}

function nearTwo(x: number): number {
  const z = x - 2;
  let sum = 0;
  for (let k = zetaLessOne.length - 1; k >= 0; k--) sum = zetaLessOne[k]! / (k + 2) - z * sum;
  return z * (oneLessEuler + z * sum);
}

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** 1 / (1 + e^-x) without overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** ln of q (q + 1) ... (q + n - 1) for n = 0 .. `most`, and its derivative by q: what ratios of Gamma come to. */
export function risingFactorials(q: number, most: number): { logs: Float64Array; slopes: Float64Array } {
  const logs = new Float64Array(most + 1);
  const slopes = new Float64Array(most + 1);
  for (let n = 0; n < most; n++) {
    logs[n + 1] = logs[n]! + Math.log(q + n);
    slopes[n + 1] = slopes[n]! + 1 / (q + n);
  }
  return { logs, slopes };
}
