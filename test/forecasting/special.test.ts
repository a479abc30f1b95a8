import { expect, test } from 'vitest';
import { logGamma, logistic, risingFactorials, softplus } from '../../src/forecasting/special.ts';

// x, ln Gamma(x) to 40 digits by mpmath, rounded.
const references = [
  [1e-8, 18.42068073818021],
  [0.001, 6.907178885383853],
  [0.3, 1.0957979948180756],
  [0.9999, 5.7729791561193866e-5],
  [1, 0],
  [1.00001, -5.7720744027504825e-6],
  [1.3, -0.10817480950786047],
  [1.5, -0.12078223763524522],
  [1.99999, -4.227811104241674e-6],
  [2, 0],
  [2.00001, 4.22787559764836e-6],
  [2.4999, 0.28461255726068263],
  [2.6, 0.35741186354897986],
  [3.7, 1.428072326665388],
  [9.99, 12.779315214350193],
  [10.5, 13.940625219403763],
  [123.4, 469.3360974421906],
  [100000, 1051287.7089736569],
  [10000000000, 220258509288.81058],
] as [number, number][];

test('ln Gamma is right to 1e-13 relative, also beside its zeros', () => {
  for (const [x, value] of references)
    if (value === 0) expect(logGamma(x)).toBe(0);
    else expect(Math.abs(logGamma(x) / value - 1), String(x)).toBeLessThan(1e-13);
  expect(logGamma(0)).toBe(Infinity);
  expect(logGamma(-1)).toBeNaN();
});

test('ln Gamma has no steps where its formulae meet', () => {
  for (const x of [0.5, 1.5, 2.5, 10])
    expect(logGamma(x * (1 + 1e-12))).toBeCloseTo(logGamma(x * (1 - 1e-12)), 10);
});

test('a rising factorial is a ratio of Gamma functions, its slope a difference quotient', () => {
  const { logs, slopes } = risingFactorials(0.243, 300);
  for (const n of [0, 1, 2, 26, 200, 300]) {
    expect(logs[n]).toBeCloseTo(logGamma(0.243 + n) - logGamma(0.243), 9);
    const step = 1e-5;
    const quotient =
      (risingFactorials(0.243 + step, n).logs[n]! - risingFactorials(0.243 - step, n).logs[n]!) / (2 * step);
    expect(slopes[n]).toBeCloseTo(quotient, 5);
  }
});

test('softplus and the logistic function neither overflow nor lose small values', () => {
  expect(softplus(1000)).toBe(1000);
  expect(softplus(-700)).toBeCloseTo(0, 300);
  expect(softplus(-700)).toBeGreaterThan(0);
  expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
  expect(softplus(-Infinity)).toBe(0);
  expect(logistic(1000)).toBe(1);
  expect(logistic(-700)).toBeGreaterThan(0);
  expect(logistic(-Infinity)).toBe(0);
  expect(logistic(0.3) + logistic(-0.3)).toBeCloseTo(1, 15);
});
