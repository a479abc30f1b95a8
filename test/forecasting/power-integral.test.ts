import { expect, test } from 'vitest';
import { integratePowers, type PowerMeans } from '../../src/forecasting/power-integral.ts';

// a, p, b, q, from, to, and the integral to 25 digits by mpmath.
const references = [
  [1000000, 1500, 0.001, 30, 0, 365, 3.448275677339912e-5],
  [1000000, 0.01, 143, 1.01, 0, 365, 180.1277082232199],
  [0.001, 200.6, 1000000, 1.6, 300, 301, 0.7294522091772732],
  [0.001, 1, 0.001, 2000, 0, 1, 5e-7],
  [0.001, 200.6, 0.001, 1.6, 0, 1, 4.970178926441352e-6],
  [62, 200.6, 1000000, 1.6, 0, 365, 0.31062108733088073],
  [5, 200.6, 11.7, 1.6, 0, 365, 0.02496433631817899],
  [0.001, 0.6, 0.001, 1.7, 300, 301, 0.996180684718353],
  [62, 1, 1000000, 2000, 0, 1, 0.9910324464555201],
  [62, 0.6, 0.001, 1.7, 0, 365, 0.001427447210481483],
  [1000000, 3.5, 0.001, 0.4, 10, 5000, 672.6557098549525],
  [0.001, 1500, 0.001, 30, 0, 1, 6.540222367560497e-7],
  [0.001, 1500, 11.7, 30, 300, 301, 0.19513594590888736],
  [5, 3.5, 1000000, 0.4, 300, 301, 0.9942901882108396],
] as [number, number, number, number, number, number, number][];

test('is right to 1e-11 whatever the arguments', () => {
  for (const [a, p, b, q, from, to, value] of references)
    expect(
      Math.abs(integratePowers({ a, p, b, q }, from, to) / value - 1),
      [a, p, b, q, from, to].join(' '),
    ).toBeLessThan(1e-11);
});

test('has a closed form where the bases are one, also to infinity', () => {
  for (const power of [1.1, 1.5, 3, 40, 5000]) {
    const powers = { a: 7, p: power / 2, b: 7, q: power / 2 };
    const whole = (7 + 2) / (power - 1);
    expect(integratePowers(powers, 2, Infinity) / whole).toBeCloseTo(1, 10);
    const part = -Math.expm1((1 - power) * Math.log((7 + 90) / (7 + 2))) * whole;
    expect(integratePowers(powers, 2, 90) / part).toBeCloseTo(1, 10);
  }
});

test('adds up over intervals, and is nothing over none', () => {
  const powers = { a: 62, p: 2.6, b: 143, q: 0.7 };
  const sum = integratePowers(powers, 0, 90);
  // Each is relative to the integrand at its own start.
  const from30 = (62 / 92) ** 2.6 * (143 / 173) ** 0.7;
  expect(integratePowers(powers, 0, 30) + from30 * integratePowers(powers, 30, 90)).toBeCloseTo(sum, 9);
  expect(integratePowers(powers, 30, 30)).toBe(0);
});

test('its means are the slopes of its logarithm', () => {
  for (const [a, p, b, q] of [
    [62, 2.6, 143, 0.7],
    [143, 0.4, 11, 1.7],
    [5, 200.6, 5, 1.6],
  ] as const) {
    const means: PowerMeans = { logA: 0, inverseA: 0, logB: 0, inverseB: 0 };
    integratePowers({ a, p, b, q }, 3, 200, means);
    const log = (a: number, p: number, b: number, q: number) =>
      Math.log(integratePowers({ a, p, b, q }, 3, 200)) - p * Math.log(a + 3) - q * Math.log(b + 3);
    const h = 1e-5;
    expect(-means.logA - Math.log(a + 3)).toBeCloseTo(
      (log(a, p + h, b, q) - log(a, p - h, b, q)) / (2 * h),
      5,
    );
    expect(-means.logB - Math.log(b + 3)).toBeCloseTo(
      (log(a, p, b, q + h) - log(a, p, b, q - h)) / (2 * h),
      5,
    );
    expect(-p * means.inverseA).toBeCloseTo((log(a + h, p, b, q) - log(a - h, p, b, q)) / (2 * h), 4);
    expect(-q * means.inverseB).toBeCloseTo((log(a, p, b + h, q) - log(a, p, b - h, q)) / (2 * h), 4);
  }
});
