import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFew, type Met, tellable, toldParts } from '../../../src/tools/results/disclosure.ts';

/** Customers by which clauses they meet, bit i for clause i, and all conjunctions of those clauses. */
const counted = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 400 })), {
    minLength: 8,
    maxLength: 8,
  })
  .map(cells =>
    Array.from({ length: 8 }, (_, mask): Met => {
      const clauses = [0, 1, 2].filter(i => mask & (1 << i));
      const customers = cells.reduce((sum, cell, who) => ((who & mask) === mask ? sum + cell : sum), 0);
      return { clauses, customers };
    }),
  )
  .chain(counts => fc.shuffledSubarray(counts, { minLength: counts.length }));

test('no count below ten is told, and no two of which one group holds the other but for a few', () => {
  fc.assert(
    fc.property(counted, counts => {
      const told = counts.filter((_, i) => tellable(counts)[i]);
      for (const { customers } of told) expect(customers).toBeGreaterThanOrEqual(10);
      for (const one of told)
        for (const other of told)
          if (one.clauses.every(clause => other.clauses.includes(clause)))
            expect(isFew(one.customers - other.customers)).toBe(false);
    }),
  );
});

test('what is held back has a reason: it is small, or a few away from what was told before it', () => {
  expect(
    tellable([
      { clauses: [], customers: 500 },
      { clauses: [0], customers: 495 },
      { clauses: [1], customers: 300 },
      { clauses: [0, 1], customers: 290 },
      { clauses: [0, 1, 2], customers: 4 },
      // Neither holds the other, so that their difference is nobody's number.
      { clauses: [2], customers: 305 },
    ]),
  ).toEqual([true, false, true, true, false, true]);
});

test('parts of a told group leave a rest of none, or of ten at least', () => {
  const part = fc.record({
    customers: fc.integer({ min: 1, max: 60 }),
    extra: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 8 }),
      (given, nowhere, most) => {
        const parts = given
          .map(({ customers, extra }) => ({ customers, of: customers + extra }))
          .sort((a, b) => b.customers - a.customers);
        const whole = parts.reduce((sum, { customers }) => sum + customers, nowhere);
        fc.pre(whole >= 10);
        const { told, rest } = toldParts(whole, parts, most);
        expect(isFew(rest)).toBe(false);
        expect(told.length).toBeLessThanOrEqual(most);
        expect(told.reduce((sum, { customers }) => sum + customers, rest)).toBe(whole);
        for (const { customers, of } of told) {
          expect(customers).toBeGreaterThanOrEqual(10);
          expect(isFew(of - customers)).toBe(false);
        }
      },
    ),
  );
});
