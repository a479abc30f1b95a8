import { expect, test } from 'vitest';
import { orderValuesOf } from '../../../src/segmentation/predictions/order-values.ts';

/** So many who came back once; their orders are worth 20, 40 or 60 at the mean, and some pay with returns. */
function shop(
  repeaters: number,
  {
    worth = i => 20 * (1 + (i % 3)),
    back = () => 0,
  }: { worth?: (i: number) => number; back?: (i: number) => number } = {},
) {
  const customers = repeaters + 20;
  const of = (value: (i: number) => number) => Float64Array.from({ length: customers }, (_, i) => value(i));
  const occasions = of(i => (i < repeaters ? 2 : 1));
  const value = of(worth);
  const paid = value.map((mean, i) => mean * occasions[i]!);
  return {
    repeats: occasions.map(x => x - 1),
    occasions,
    value,
    paid,
    paidBack: paid.map((sum, i) => sum * back(i)),
  };
}

test('an order is worth between what the customer and what all spend', () => {
  const histories = shop(90);
  const { spend, orderValue } = orderValuesOf(histories);
  expect(spend!.q).toBeGreaterThan(1);
  const [low, middle, high] = orderValue as unknown as [number, number, number];
  expect(low).toBeGreaterThan(20);
  expect(low).toBeLessThan(middle);
  expect(middle).toBeLessThan(high);
  expect(high).toBeLessThan(60);
  // Who came once tells less of what they spend than who came twice for as much.
  expect(orderValue[90]!).toBeGreaterThan(low);
});

test('what is expected to be paid back is taken off, most for those who got most back', () => {
  const kept = orderValuesOf(shop(90)).orderValue;
  const some = orderValuesOf(shop(90, { back: i => (i < 45 ? 0.5 : 0) })).orderValue;
  const share = (i: number) => some[i]! / kept[i]!;
  expect(share(0)).toBeLessThan(share(60));
  expect(share(0)).toBeGreaterThan(0.5);
  expect(share(60)).toBeLessThan(1);
});

test('of too few who came back, or without money, no value is told', () => {
  for (const histories of [shop(49), shop(90, { worth: () => 0 })]) {
    const { spend, orderValue } = orderValuesOf(histories);
    expect(spend).toBeNull();
    expect(orderValue.every(Number.isNaN)).toBe(true);
  }
});
