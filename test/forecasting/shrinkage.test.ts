import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/demo/random.ts';
import { fitShares, type ShareCounts, shrink } from '../../src/forecasting/shrinkage.ts';

/** `rows[i][kind]`: what customer i had of each kind. */
function counted(rows: readonly (readonly number[])[]): ShareCounts {
  const entries = rows.flatMap(row => {
    const of = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, kind) => (count > 0 ? [{ kind, count, of }] : []));
  });
  return {
    kind: entries.map(({ kind }) => kind),
    count: entries.map(({ count }) => count),
    of: entries.map(({ of }) => of),
    customers: entries.map(() => 1),
  };
}

/** Customers whose own shares come from a Dirichlet distribution. */
function drawn(random: Random, alphas: readonly number[], customers: number, atMost: number): number[][] {
  return Array.from({ length: customers }, () => {
    const gammas = alphas.map(alpha => alpha * random.gamma(1 / Math.sqrt(alpha)));
    const row = alphas.map(() => 0);
    for (let n = 1 + random.below(atMost); n > 0; n--) row[random.weighted(gammas)]!++;
    return row;
  });
}

const mixes = fc.array(
  fc.array(fc.nat({ max: 6 }), { minLength: 3, maxLength: 3 }).filter(row => row.some(count => count > 0)),
  { minLength: 1, maxLength: 25 },
);

describe('fitShares', () => {
  it('finds the distribution that shares were drawn from', () => {
    const random = createRandom(3);
    const two = fitShares(counted(drawn(random, [0.6, 2.4], 20_000, 8)), 2);
    expect(two.shares[0]).toBeCloseTo(0.2, 2);
    expect(two.weight / 3).toBeCloseTo(1, 1);
    const five = fitShares(counted(drawn(random, [4, 3, 2, 0.8, 0.2], 20_000, 8)), 5);
    expect(five.shares[4]).toBeCloseTo(0.02, 2);
    expect(five.weight / 10).toBeCloseTo(1, 1);
  });

  it('lets nobody who buys a thousand times stand for the shop', () => {
    const rows = drawn(createRandom(5), [1, 3], 2000, 6);
    const without = fitShares(counted(rows), 2);
    const withWholesaler = fitShares(counted([...rows, [5000, 0]]), 2);
    expect(withWholesaler.shares[0]! - without.shares[0]!).toBeLessThan(0.01);
    expect(withWholesaler.weight / without.weight).toBeCloseTo(1, 1);
  });

  it('takes customers for alike where it cannot tell them apart', () => {
    const once = fitShares(
      counted([
        [1, 0],
        [0, 1],
        [0, 1],
        [0, 1],
      ]),
      2,
    );
    expect([...once.shares]).toEqual([0.25, 0.75]);
    expect(once.weight).toBeCloseTo(9999, 6);
    expect(shrink(1, 1, once.shares[0]!, once.weight)).toBeCloseTo(0.25, 3);
    expect(
      fitShares(
        counted([
          [4, 0],
          [7, 0],
        ]),
        2,
      ).weight,
    ).toBeCloseTo(9999, 6);
    expect(fitShares(counted(drawn(createRandom(1), [3e5, 7e5], 5000, 9)), 2).weight).toBeGreaterThan(100);
    expect([...fitShares(counted([]), 2).shares]).toEqual([0.5, 0.5]);
  });

  it('does not take it for certain that who always did the same always will', () => {
    const { shares, weight } = fitShares(
      counted([
        [3, 0],
        [0, 5],
        [4, 0],
        [0, 2],
      ]),
      2,
    );
    expect(weight).toBeCloseTo(1 / 9, 9);
    expect(shrink(3, 3, shares[0]!, weight)).toBeLessThan(0.99);
  });

  it('says the same whatever the order of customers, and however they are counted together', () => {
    fc.assert(
      fc.property(mixes, rows => {
        const one = fitShares(counted(rows), 3);
        const turned = fitShares(counted([...rows].reverse()), 3);
        const twice = fitShares(counted([...rows, ...rows]), 3);
        const counts = counted(rows);
        const together = fitShares({ ...counts, customers: Array.from(counts.kind, () => 2) }, 3);
        expect(turned.weight / one.weight).toBeCloseTo(1, 6);
        expect(together.weight / twice.weight).toBeCloseTo(1, 6);
        for (let kind = 0; kind < 3; kind++) {
          expect(turned.shares[kind]).toBeCloseTo(one.shares[kind]!, 9);
          expect(together.shares[kind]).toBeCloseTo(twice.shares[kind]!, 9);
        }
      }),
    );
  });

  it('gives shares that add up to 1 and lie between those of customers', () => {
    fc.assert(
      fc.property(mixes, rows => {
        const { shares, weight } = fitShares(counted(rows), 3);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(weight).toBeGreaterThan(0);
        for (let kind = 0; kind < 3; kind++) {
          const own = rows.map(row => row[kind]! / row.reduce((sum, count) => sum + count, 0));
          expect(shares[kind]).toBeGreaterThanOrEqual(Math.min(...own) - 1e-9);
          expect(shares[kind]).toBeLessThanOrEqual(Math.max(...own) + 1e-9);
        }
      }),
    );
  });
});

describe('shrink', () => {
  it('lies between the own share and that of the shop', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.nat({ max: 50 }),
        fc.nat({ max: 50 }),
        share,
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        (a, b, shop, weight) => {
          const of = a + b;
          const expected = shrink(a, of, shop, weight);
          const own = of === 0 ? shop : a / of;
          expect(expected).toBeGreaterThanOrEqual(Math.min(own, shop) - 1e-12);
          expect(expected).toBeLessThanOrEqual(Math.max(own, shop) + 1e-12);
        },
      ),
    );
  });
});
