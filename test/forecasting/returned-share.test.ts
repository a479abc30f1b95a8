import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Returns, returnedShares } from '../../src/forecasting/returned-share.ts';

const customer = fc.tuple(
  fc.integer({ min: 1, max: 20 }),
  fc.nat({ max: 500 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const shop = fc.array(customer, { minLength: 1, maxLength: 30 });

function returnsOf(rows: readonly (readonly [number, number, number])[]): Returns {
  return {
    occasions: Float64Array.from(rows, ([times]) => times),
    paid: Float64Array.from(rows, ([, paid]) => paid),
    paidBack: Float64Array.from(rows, ([, paid, share]) => paid * share),
  };
}

describe('returnedShares', () => {
  it('lie between those of customers, in the order of their own where they bought as often', () => {
    fc.assert(
      fc.property(shop, rows => {
        const shares = returnedShares(returnsOf(rows));
        const told = rows.filter(([, paid]) => paid > 0).map(([, , share]) => share);
        for (const share of shares) {
          expect(share).toBeGreaterThanOrEqual(Math.min(...told, 1) * (told.length > 0 ? 1 : 0) - 1e-9);
          expect(share).toBeLessThanOrEqual(Math.max(0, ...told) + 1e-9);
        }
        for (const [i, [times, paid, own]] of rows.entries())
          for (const [j, [otherTimes, otherPaid, other]] of rows.entries())
            if (times === otherTimes && paid > 0 && otherPaid > 0 && own > other)
              expect(shares[i]).toBeGreaterThanOrEqual(shares[j]! - 1e-12);
      }),
    );
  });

  it('are the same to the bit whatever the order of customers', () => {
    fc.assert(
      fc.property(shop, rows => {
        const turned = returnedShares(returnsOf([...rows].reverse()));
        expect([...turned].reverse()).toEqual([...returnedShares(returnsOf(rows))]);
      }),
    );
  });

  it('are nothing where nothing ever went back, and the share of the shop for whom nothing is known of', () => {
    expect([
      ...returnedShares(
        returnsOf([
          [3, 100, 0],
          [1, 20, 0],
        ]),
      ),
    ]).toEqual([0, 0]);
    const [, , unknown] = returnedShares(
      returnsOf([
        [9, 90, 0.5],
        [9, 50, 0.5],
        [4, 0, 0],
      ]),
    );
    expect(unknown).toBeCloseTo(0.5, 9);
  });
});
