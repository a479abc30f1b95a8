import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affordable,
  allocate,
  type Contacts,
  costOf,
  gainOf,
  leftOf,
  type People,
  type Terms,
} from '../../../src/segmentation/budget/allocate.ts';

const someTerms: fc.Arbitrary<Terms> = fc.record({
  budget: fc.integer({ min: 1, max: 40_000 }).map(pence => pence / 100),
  cost: fc.integer({ min: 1, max: 5_000 }).map(pence => pence / 100),
  winBack: fc.constantFrom(0.05, 0.1, 0.5, 1),
  margin: fc.constantFrom(0.2, 0.4, 1),
});

/** Audiences out of the same few customers, so that they overlap; what a customer has at risk is the same in each. */
function someAudiences(customers: number): fc.Arbitrary<People[]> {
  const atRisk = fc.array(
    fc.integer({ min: 0, max: 60_000 }).map(pence => pence / 100),
    {
      minLength: customers,
      maxLength: customers,
    },
  );
  const members = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: customers - 1 })), {
    minLength: 1,
    maxLength: 3,
  });
  return fc
    .tuple(atRisk, members)
    .map(([risks, audiences]) =>
      audiences.map(places => ({ places, valueAtRisk: places.map(place => risks[place]!) })),
    );
}

const all = (contacts: readonly Contacts[]) => contacts.flatMap(({ places }) => places);
const costIn = (contacts: readonly Contacts[], { cost }: Terms) => costOf(all(contacts).length, cost);
const gainIn = (contacts: readonly Contacts[], terms: Terms) =>
  contacts.reduce(
    (sum, { contacts: n, valueAtRisk }) => sum + valueAtRisk * terms.winBack * terms.margin - n * terms.cost,
    0,
  );

/** The best that any choice of customers brings, by trying them all. */
function bestGain(audiences: readonly People[], terms: Terms): number {
  const risks = new Map<number, number>();
  for (const { places, valueAtRisk } of audiences)
    for (let i = 0; i < places.length; i++) risks.set(places[i]!, valueAtRisk[i]!);
  const gains = [...risks.values()].map(risk => gainOf(risk, terms));
  let best = 0;
  for (let choice = 0; choice < 2 ** gains.length; choice++) {
    const chosen = gains.filter((_, i) => (choice >> i) & 1);
    if (chosen.length <= affordable(terms))
      best = Math.max(
        best,
        chosen.reduce((sum, gain) => sum + gain, 0),
      );
  }
  return best;
}

describe('spending a budget on contacts', () => {
  it('spends no more than there is, and says what is left to the penny', () => {
    fc.assert(
      fc.property(someAudiences(12), someTerms, (audiences, terms) => {
        const contacts = allocate(audiences, terms);
        const left = leftOf(terms.budget, all(contacts).length, terms.cost);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(costIn(contacts, terms) + left).toBeCloseTo(terms.budget, 9);
      }),
    );
  });

  it('brings as much as the best of all choices', () => {
    fc.assert(
      fc.property(someAudiences(9), someTerms, (audiences, terms) => {
        expect(gainIn(allocate(audiences, terms), terms)).toBeCloseTo(bestGain(audiences, terms), 6);
      }),
    );
  });

  it('contacts nobody twice, and nobody at a loss', () => {
    fc.assert(
      fc.property(someAudiences(12), someTerms, (audiences, terms) => {
        const contacts = allocate(audiences, terms);
        expect(new Set(all(contacts)).size).toBe(all(contacts).length);
        for (const { least } of contacts) if (least !== null) expect(gainOf(least, terms)).toBeGreaterThan(0);
      }),
    );
  });

  it('brings no less where there is more to spend, and keeps whom it had', () => {
    fc.assert(
      fc.property(
        someAudiences(12),
        someTerms,
        fc.integer({ min: 0, max: 9_999 }),
        (audiences, terms, more) => {
          const small = allocate(audiences, terms);
          const large = allocate(audiences, { ...terms, budget: terms.budget + more / 100 });
          expect(gainIn(large, terms)).toBeGreaterThanOrEqual(gainIn(small, terms) - 1e-9);
          expect(all(large)).toEqual(expect.arrayContaining(all(small)));
        },
      ),
    );
  });

  it('does not depend on the order of customers within an audience', () => {
    fc.assert(
      fc.property(someAudiences(12), someTerms, (audiences, terms) => {
        const turned = audiences.map(({ places, valueAtRisk }) => ({
          places: Array.from(places).reverse(),
          valueAtRisk: Array.from(valueAtRisk).reverse(),
        }));
        expect(allocate(turned, terms)).toEqual(allocate(audiences, terms));
      }),
    );
  });

  it('counts a customer of two audiences in the first, the most valuable first', () => {
    const people = (...entries: [number, number][]) => ({
      places: entries.map(([place]) => place),
      valueAtRisk: entries.map(([, risk]) => risk),
    });
    const [first, second] = allocate([people([1, 80], [2, 90]), people([2, 90], [3, 85], [4, 10])], {
      budget: 100,
      cost: 4,
      winBack: 0.1,
      margin: 0.5,
    });
    expect(first).toEqual({ contacts: 1, places: [2], valueAtRisk: 90, least: 90 });
    expect(second).toEqual({ contacts: 1, places: [3], valueAtRisk: 85, least: 85 });
  });

  it('buys as many contacts as the decimals say', () => {
    expect(affordable({ budget: 0.3, cost: 0.1 })).toBe(3);
    expect(affordable({ budget: 500, cost: 0.35 })).toBe(1428);
    expect(affordable({ budget: 0.34, cost: 0.35 })).toBe(0);
    expect(costOf(1428, 0.35)).toBe(499.8);
    expect(leftOf(500, 1428, 0.35)).toBe(0.2);
  });
});
