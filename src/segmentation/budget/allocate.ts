/** What is assumed, and what there is to spend; money in any one unit. */
export interface Terms {
  budget: number;
  /** Of one contact; greater than 0. */
  cost: number;
  /** Share of the value at risk that a contact wins back, on average over those contacted, 0..1. */
  winBack: number;
  /** Share of revenue that stays with the shop, 0..1. */
  margin: number;
}

/** Customers of one audience; entry i belongs to one customer. */
export interface People {
  /** Place in the order of profile_id, the same in every audience. */
  places: ArrayLike<number>;
  valueAtRisk: ArrayLike<number>;
}

/** Those of an audience who are contacted. */
export interface Contacts {
  contacts: number;
  /** Places of those contacted, most valuable first. */
  places: number[];
  valueAtRisk: number;
  /** Value at risk of the least valuable who is contacted; null where nobody is. */
  least: number | null;
}

/** What a contact is expected to bring: value at risk x share won back x margin - cost. */
export function gainOf(valueAtRisk: number, { cost, winBack, margin }: Terms): number {
  return valueAtRisk * winBack * margin - cost;
}

/** Money is kept to four decimals; counted in these, three contacts at 0.1 cost no more than 0.3. */
const units = (money: number) => Math.round(money * 10_000);

/** How many contacts the budget buys. */
export function affordable({ budget, cost }: Pick<Terms, 'budget' | 'cost'>): number {
  return Math.floor(units(budget) / units(cost));
}

export function costOf(contacts: number, cost: number): number {
  return (contacts * units(cost)) / 10_000;
}

export function leftOf(budget: number, contacts: number, cost: number): number {
  return (units(budget) - contacts * units(cost)) / 10_000;
}

/**
 * Spends a budget on the customers of several audiences. As what a contact brings follows from the customer alone and all
 * cost the same, the contacts that bring most are those of the customers with most at risk, whichever audience they stand
 * in; nobody is contacted who is expected to bring less than the contact costs, and money may be left. A customer of several
 * audiences counts in the first. Ties go to the lower place, so that the order of rows does not matter.
 */
export function allocate(audiences: readonly People[], terms: Terms): Contacts[] {
  const seen = new Set<number>();
  const worth: { audience: number; place: number; valueAtRisk: number }[] = [];
  audiences.forEach(({ places, valueAtRisk }, audience) => {
    for (let i = 0; i < places.length; i++) {
      const one = { audience, place: places[i]!, valueAtRisk: valueAtRisk[i]! };
      if (seen.has(one.place)) continue;
      seen.add(one.place);
      if (gainOf(one.valueAtRisk, terms) > 0) worth.push(one);
    }
  });
  worth.sort((a, b) => b.valueAtRisk - a.valueAtRisk || a.place - b.place);
  const spent: Contacts[] = audiences.map(() => ({ contacts: 0, places: [], valueAtRisk: 0, least: null }));
  for (const { audience, place, valueAtRisk } of worth.slice(0, affordable(terms))) {
    const own = spent[audience]!;
    own.contacts++;
    own.places.push(place);
    own.valueAtRisk += valueAtRisk;
    own.least = valueAtRisk;
  }
  return spent;
}
