import type { Amounts } from '../../experiments/amounts.ts';
import type { Rate } from '../../experiments/rates.ts';
import type { Outcome } from './outcomes.ts';

/** What an arm of a group did. */
export interface Arm {
  customers: number;
  ordered: Rate;
  /** Of those who ordered and whose returns are all in by now. */
  returned: Rate;
  /** Of those whose 90 days are over. */
  retained: Rate;
  /** Cents of each who ordered, over all customers, and over their orders. */
  perCustomer: Amounts;
  perOrder: Amounts;
}

export function armOf(outcomes: readonly Outcome[]): Arm {
  const count = (of: (outcome: Outcome) => boolean) =>
    outcomes.reduce((sum, outcome) => (of(outcome) ? sum + outcome.customers : sum), 0);
  const customers = count(() => true);
  const buying = outcomes.filter(({ orders }) => orders > 0);
  const each = (value: (outcome: Outcome) => number) =>
    Float64Array.from(buying.flatMap(outcome => new Array<number>(outcome.customers).fill(value(outcome))));
  const amounts = each(({ cents }) => cents);
  return {
    customers,
    ordered: { successes: amounts.length, of: customers },
    returned: {
      successes: count(({ orders, returnsDue, returned }) => orders > 0 && returnsDue && returned),
      of: count(({ orders, returnsDue }) => orders > 0 && returnsDue),
    },
    retained: {
      successes: count(({ retentionDue, retained }) => retentionDue && retained),
      of: count(({ retentionDue }) => retentionDue),
    },
    perCustomer: { customers, amounts, units: null },
    perOrder: { customers, amounts, units: each(({ orders }) => orders) },
  };
}
