import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/demo/random.ts';
import { type RepeatPurchases, replenishments } from '../../src/forecasting/replenishment.ts';

/** Buying days of one product by one customer; the last is now. */
interface Bought {
  customer: number;
  product: number;
  days: readonly number[];
}

function repeatsOf(bought: readonly Bought[], now: number): RepeatPurchases {
  const gapsOf = ({ days }: Bought) => days.slice(1).map((day, i) => day - days[i]!);
  const sums = (of: (gap: number) => number) =>
    Float64Array.from(bought, one => gapsOf(one).reduce((sum, gap) => sum + of(gap), 0));
  return {
    customer: Int32Array.from(bought, ({ customer }) => customer),
    product: Int32Array.from(bought, ({ product }) => product),
    gaps: sums(() => 1),
    total: sums(gap => gap),
    squares: sums(gap => gap * gap),
    since: Float64Array.from(bought, ({ days }) => now - days.at(-1)!),
  };
}

/** `count` days, the last of them `end`, with gaps of `gap` days that vary. */
function rhythm(gap: number, count: number, end: number, vary = 0, seed = 1): number[] {
  const random = createRandom(seed);
  const days = [end];
  while (days.length < count)
    days.unshift(days[0]! - Math.max(1, Math.round(gap * (1 + vary * random.normal()))));
  return days;
}

/** `count` days that come by chance. */
function chance(gap: number, count: number, end: number, seed: number): number[] {
  const random = createRandom(seed);
  const days = [end];
  while (days.length < count) days.unshift(days[0]! - Math.max(1, Math.round(gap * random.gamma(1))));
  return days;
}

const now = 1000;

describe('replenishments', () => {
  it('expects a steady customer after their own gap', () => {
    const { product, dueIn } = replenishments(
      repeatsOf([{ customer: 1, product: 0, days: rhythm(30, 9, 980) }], now),
      3,
    );
    expect([...product]).toEqual([-1, 0, -1]);
    expect(dueIn[1]).toBeCloseTo(10, 9);
    expect(dueIn[0]).toBeNaN();
  });

  it('expects who bought twice at the rhythm of others, if these keep one', () => {
    const others = (days: (seed: number) => number[]) =>
      Array.from({ length: 12 }, (_, i) => ({ customer: i + 1, product: 0, days: days(i) }));
    const newcomer = { customer: 0, product: 0, days: [940, 990] };
    const among = (rest: Bought[]) => replenishments(repeatsOf([newcomer, ...rest], now), 13);
    expect(among(others(seed => rhythm(30, 6, 985, 0.1, seed))).dueIn[0]).toBeCloseTo((50 + 30) / 2 - 10, 0);
    expect(among(others(seed => chance(30, 12, 985, seed))).dueIn[0]).toBeNaN();
  });

  it('says nothing of what is bought by chance, nor from too few gaps', () => {
    const byChance = Array.from({ length: 40 }, (_, i) => ({
      customer: i,
      product: i % 4,
      days: chance(25, 15, 990, i + 7),
    }));
    const { product } = replenishments(repeatsOf(byChance, now), 40);
    expect(product.filter(found => found >= 0).length).toBeLessThanOrEqual(2);
    const few = [{ customer: 0, product: 0, days: rhythm(30, 5, 990) }];
    expect(replenishments(repeatsOf(few, now), 1).product[0]).toBe(-1);
  });

  it('gives up after two gaps', () => {
    const at = (days: number) =>
      replenishments(repeatsOf([{ customer: 0, product: 0, days: rhythm(20, 9, now - days) }], now), 1)
        .dueIn[0];
    expect(at(40)).toBeCloseTo(-20, 9);
    expect(at(41)).toBeNaN();
  });

  it('names what is due soonest, of equals the first', () => {
    const of = (...ends: number[]) =>
      replenishments(
        repeatsOf(
          ends.map((end, product) => ({ customer: 0, product, days: rhythm(30, 9, end) })),
          now,
        ),
        1,
      ).product[0];
    expect(of(990, 975, 985)).toBe(1);
    expect(of(990, 990)).toBe(0);
  });

  it('expects a gap between the own and the usual one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 90 }), fc.integer({ min: 5, max: 90 }), (own, usual) => {
        const days = rhythm(own, 7, now);
        const others = [1, 2, 3].map(customer => ({ customer, product: 0, days: rhythm(usual, 7, now) }));
        const { dueIn } = replenishments(repeatsOf([{ customer: 0, product: 0, days }, ...others], now), 4);
        expect(dueIn[0]).toBeGreaterThanOrEqual(Math.min(own, usual) - 1e-9);
        expect(dueIn[0]).toBeLessThanOrEqual(Math.max(own, usual) + 1e-9);
      }),
    );
  });

  it('has no answer without anything bought again', () => {
    expect([...replenishments(repeatsOf([], now), 2).product]).toEqual([-1, -1]);
  });
});
