import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/clustering/random.ts';
import { adjustedP } from '../../src/experiments/holm.ts';
import { lookAt, nextLook } from '../../src/experiments/looks.ts';
import { detectableLift, neededPerArm } from '../../src/experiments/power.ts';
import { exactRateP } from '../../src/experiments/rates.ts';

test("Holm's correction agrees with p.adjust of R", () => {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  expect(adjustedP([0.01, 0.04, 0.03, 0.005]).map(p => p.toFixed(4))).toEqual([
    '0.0300',
    '0.0600',
    '0.0600',
    '0.0200',
  ]);
});

test('corrected p-values are no smaller, keep the order, and weigh what comes first', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, values => {
      const adjusted = adjustedP(values);
      for (const [i, p] of adjusted.entries()) {
        expect(p).toBeGreaterThanOrEqual(values[i]! - 1e-12);
        for (const [j, other] of adjusted.entries())
          if (values[i]! < values[j]!) expect(p).toBeLessThanOrEqual(other);
      }
    }),
  );
  expect(adjustedP([0.02, 0.02, 0.02], [2, 1, 1])[0]).toBeCloseTo(0.04, 12);
});

test('what is needed agrees with power.prop.test of R', () => {
  // power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7 in each group.
  const design = { rate: 0.5, control: 0.5, level: 0.05, power: 0.9 };
  expect(neededPerArm(0.25, design)).toEqual({ treated: 77, control: 77 });
  expect(detectableLift(154, design)!).toBeCloseTo(0.25, 3);
  expect(detectableLift(3, design)).toBeNull();
});

test('a smaller holdout needs more customers in all, and a smaller lift too', () => {
  const all = (lift: number, control: number) => {
    const { treated, control: heldOut } = neededPerArm(lift, { rate: 0.1, control, level: 0.05, power: 0.8 });
    return treated + heldOut;
  };
  expect(all(0.02, 0.05)).toBeGreaterThan(all(0.02, 0.1));
  expect(all(0.01, 0.1)).toBeGreaterThan(3 * all(0.02, 0.1));
});

test('looks come at doublings, and together use no more than the level', () => {
  expect(lookAt(29, 30)).toBeNull();
  const days = [30, 59, 60, 119, 120, 400];
  expect(days.map(day => lookAt(day, 30)!.day)).toEqual([30, 30, 60, 60, 120, 240]);
  expect(nextLook(null, 14).day).toBe(14);
  expect(nextLook(lookAt(30, 14), 14).day).toBe(56);
  let spent = 0;
  for (let doubling = 0; doubling < 20; doubling++) spent += lookAt(7 * 2 ** doubling, 7)!.level;
  expect(spent).toBeLessThanOrEqual(0.05);
  expect(spent).toBeGreaterThan(0.049);
});

test('who looks every week and stops at the first good one is wrong far more often than one time in twenty', () => {
  const random = createRandom(3);
  const weeks = 32;
  let [naive, planned] = [0, 0];
  const experiments = 300;
  for (let i = 0; i < experiments; i++) {
    const [treated, control] = [
      { successes: 0, of: 0 },
      { successes: 0, of: 0 },
    ];
    let [stopped, alarmed] = [false, false];
    for (let week = 1; week <= weeks; week++) {
      for (let j = 0; j < 60; j++) {
        const arm = random.uniform() < 0.3 ? control : treated;
        arm.of++;
        if (random.uniform() < 0.2) arm.successes++;
      }
      const p = exactRateP(treated, control);
      if (p <= 0.05) stopped = true;
      const look = lookAt(week, 1)!;
      if (look.day === week && p <= look.level) alarmed = true;
    }
    if (stopped) naive++;
    if (alarmed) planned++;
  }
  expect(naive / experiments).toBeGreaterThan(0.15);
  expect(planned / experiments).toBeLessThanOrEqual(0.05);
});
