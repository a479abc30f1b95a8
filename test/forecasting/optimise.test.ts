import { expect, test } from 'vitest';
import { maximise, type Objective } from '../../src/forecasting/optimise.ts';

const rosenbrock: Objective = ([x, y], gradient) => {
  gradient[0] = 2 * (1 - x!) + 400 * x! * (y! - x! * x!);
  gradient[1] = -200 * (y! - x! * x!);
  return -((1 - x!) ** 2) - 100 * (y! - x! * x!) ** 2;
};

test('climbs a curved ridge to its top', () => {
  const { point, value, converged } = maximise(rosenbrock, [-1.2, 1], 1e-8);
  expect(converged).toBe(true);
  expect(point[0]).toBeCloseTo(1, 7);
  expect(point[1]).toBeCloseTo(1, 7);
  expect(value).toBeCloseTo(0, 12);
});

test('takes steps back from where the objective is not defined', () => {
  const logarithm: Objective = ([x], gradient) => {
    gradient[0] = 1 / x! - 1;
    return x! > 0 ? Math.log(x!) - x! : -Infinity;
  };
  expect(maximise(logarithm, [0.001], 1e-9).point[0]).toBeCloseTo(1, 8);
  expect(maximise(logarithm, [30], 1e-9).point[0]).toBeCloseTo(1, 8);
  expect(() => maximise(logarithm, [-1], 1e-9)).toThrow(RangeError);
});

test('gives up rather than go on for ever where there is no maximum', () => {
  const slope: Objective = ([x], gradient) => {
    gradient[0] = 1;
    return x!;
  };
  expect(maximise(slope, [0], 1e-9).converged).toBe(false);
});

test('with the curvature known it goes straight to the top of a parabola', () => {
  let calls = 0;
  const parabola: Objective = ([x, y], gradient) => {
    calls++;
    gradient.set([-4 * (x! - 3), -(y! + 1)]);
    return -2 * (x! - 3) ** 2 - (y! + 1) ** 2 / 2;
  };
  const known = [Float64Array.of(1 / 4, 0), Float64Array.of(0, 1)];
  const { point } = maximise(parabola, [2.5, -0.5], 1e-9, known);
  expect([...point]).toEqual([3, -1]);
  expect(calls).toBe(2);
});
