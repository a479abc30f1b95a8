import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart } from '../../src/charts/apart.ts';

const bounds = { least: 0, most: 1000 };

test('two that coincide part evenly, those far apart stay', () => {
  expect(apart([500, 500, 100], 20, bounds)).toEqual([490, 510, 100]);
});

test('at the bounds they make room inwards', () => {
  expect(apart([0, 0, 1000], 30, bounds)).toEqual([0, 30, 1000]);
  expect(apart([990, 1000], 30, bounds)).toEqual([970, 1000]);
});

test('any number keeps its order, its distance and its bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { maxLength: 30 }), values => {
      const placed = apart(values, 30, bounds);
      const sorted = placed.toSorted((a, b) => a - b);
      sorted.forEach((place, i) => {
        expect(place).toBeGreaterThan(-1e-9);
        expect(place).toBeLessThan(1000 + 1e-9);
        if (i > 0) expect(place - sorted[i - 1]!).toBeGreaterThan(30 - 1e-9);
      });
      values.forEach((value, i) => {
        values.forEach((other, j) => {
          if (value < other) expect(placed[i]).toBeLessThan(placed[j]!);
        });
      });
      // Nobody moves where there is room already.
      expect(apart(placed, 30, bounds).map(place => place.toFixed(6))).toEqual(
        placed.map(place => place.toFixed(6)),
      );
    }),
  );
});
