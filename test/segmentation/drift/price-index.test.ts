import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceIndex } from '../../../src/segmentation/drift/price-index.ts';

const matched = (products: readonly [lines: number, before: number, now: number][]) => ({
  lines: Float64Array.from(products, ([lines]) => lines),
  before: Float64Array.from(products, ([, before]) => before),
  now: Float64Array.from(products, ([, , now]) => now),
});
const price = fc.double({ min: 0.5, max: 500, noNaN: true });
const products = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), price, price), {
  minLength: 1,
  maxLength: 30,
});

describe('priceIndex', () => {
  test('is the geometric mean of the ratios, each as heavy as its lines', () => {
    const found = priceIndex(
      matched([
        [3, 10, 11],
        [1, 20, 20],
        [2, 5, 4.5],
      ]),
    )!;
    expect(found.change).toBeCloseTo((1.1 ** 3 * 0.9 ** 2) ** (1 / 6) - 1, 12);
    expect(found).toMatchObject({ products: 3, dearer: 1, cheaper: 1 });
    expect(found.agreement).toBeCloseTo(1 / 6, 12);
  });

  test('says of prices that all rose by a tenth that they rose by a tenth, without doubt', () => {
    fc.assert(
      fc.property(products, given => {
        const found = priceIndex(matched(given.map(([lines, before]) => [lines, before, before * 1.1])))!;
        expect(found.change).toBeCloseTo(0.1, 9);
        expect(found.error).toBeCloseTo(0, 9);
        expect(found.agreement).toBeCloseTo(1, 12);
        expect(found.dearer).toBe(found.products);
      }),
    );
  });

  test('turned round in time it is its inverse', () => {
    fc.assert(
      fc.property(products, given => {
        const there = priceIndex(matched(given))!;
        const back = priceIndex(matched(given.map(([lines, before, now]) => [lines, now, before])))!;
        expect((1 + there.change) * (1 + back.change)).toBeCloseTo(1, 9);
        expect([back.dearer, back.cheaper]).toEqual([there.cheaper, there.dearer]);
      }),
    );
  });

  test('one slip of the keyboard moves it no further than half as much again', () => {
    const found = priceIndex(
      matched([
        [1, 4, 400],
        [9, 4, 4],
      ]),
    )!;
    expect(found.change).toBeCloseTo(1.5 ** 0.1 - 1, 12);
  });

  test('of nothing there is none', () => {
    expect(priceIndex(matched([]))).toBeNull();
  });
});
