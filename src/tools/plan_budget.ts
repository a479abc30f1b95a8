import { z } from 'zod';
import { costOf } from '../segmentation/budget/allocate.ts';
import { type AudienceSpend, type BudgetPlan, planBudget, type Spend } from '../segmentation/budget/plan.ts';
import { SMALLEST_REPORTED } from '../segmentation/wording.ts';
import { audienceName } from './results/audience-result.ts';
import { coarsePeople, coarseSum, isFew } from './results/coarse.ts';
import { roundedMoney } from './results/rounding.ts';
import { readSegments } from './results/segment-figures.ts';
import { count, day, money, people, peopleOf, share } from './results/values.ts';
import { tool } from './tool.ts';

/** null where it would tell of fewer than ten customers. */
const spendShape = {
  contacts: people,
  cost: money.nullable(),
  valueAtRisk: money.nullable(),
  gain: money.nullable(),
  /** Share to be won back for the money merely to come back. */
  breakEven: share.nullable(),
};

const audienceShape = z.object({
  id: z.string(),
  name: z.string(),
  /** Who may be written to, and what they have at risk. */
  reachable: people,
  atRisk: money.nullable(),
  ...spendShape,
});

const MOST_AUDIENCES = 12;

const amount = z.number().positive().max(1e9);

export const planBudgetTool = tool({
  name: 'plan_budget',
  title: 'Plan a budget',
  description:
    'Where money for contacts does most: whom to contact, at what cost and gain over 12 months, by value at risk. Counts in whole tens. Share won back and margin are assumptions; say so.',
  input: z.object({
    budget: amount.describe('what there is to spend'),
    cost: amount.describe('of one contact'),
    audiences: z
      .array(z.string().min(1).max(200))
      .max(30)
      .default([])
      .describe('handles, standing questions or segment keys; all segments if left out'),
    winBack: z
      .number()
      .positive()
      .max(1)
      .default(0.1)
      .describe('share of the value at risk a contact wins back'),
    margin: z.number().positive().max(1).default(0.4).describe('share of revenue that stays'),
  }),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    assumed: z.object({ budget: money, cost: money, winBack: share, margin: share }),
    /** From this value at risk on a contact pays. */
    paysFrom: money,
    audiences: z.array(audienceShape),
    more: count,
    total: z.object(spendShape),
    leftOver: money.nullable(),
    notes: z.array(z.string()),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ warehouse, state }, { audiences, budget, cost, winBack, margin }) {
    const terms = { budget: toFourDecimals(budget), cost: toFourDecimals(cost), winBack, margin };
    const plan = await planBudget({ warehouse, state }, { audiences, terms });
    const shown = plan.audiences.slice(0, MOST_AUDIENCES);
    return {
      asOf: plan.asOf,
      currency: (await readSegments(state)).currency,
      assumed: terms,
      paysFrom: roundedMoney(plan.paysFrom),
      audiences: shown.map(spend => audienceOf(spend, plan.terms)),
      more: plan.audiences.length - shown.length,
      ...totalOf(plan),
      notes: notesOf(plan),
    };
  },
});

/** Money as the warehouse keeps it. */
const toFourDecimals = (amount: number) => Math.max(1, Math.round(amount * 1e4)) / 1e4;

/** Contacts in whole tens, of which the budget has room for all, and what these cost. */
function spendOf({ contacts, valueAtRisk, gain, breakEven }: Spend, { cost }: BudgetPlan['terms']) {
  const told = contacts - (contacts % SMALLEST_REPORTED);
  const known = <Told>(value: Told) => (told > 0 ? value : null);
  return {
    contacts: peopleOf(told),
    cost: known(roundedMoney(costOf(told, cost))),
    valueAtRisk: known(coarseSum(valueAtRisk)),
    gain: known(coarseSum(gain)),
    breakEven: known(breakEven === null ? null : Number(breakEven.toPrecision(2))),
  };
}

function totalOf({ total: all, terms }: BudgetPlan) {
  const total = spendOf(all, terms);
  return { total, leftOver: total.cost === null ? null : roundedMoney(terms.budget - total.cost) };
}

/** What few have at risk who cannot be reached, or are not contacted, would follow from the sums. */
function audienceOf(spend: AudienceSpend, terms: BudgetPlan['terms']): z.input<typeof audienceShape> {
  const { id, name, customers, reachable, contacts, atRisk } = spend;
  const few = [customers - reachable, reachable - contacts].some(isFew);
  return {
    id,
    name: audienceName(name),
    reachable: coarsePeople(reachable),
    atRisk: few || reachable < SMALLEST_REPORTED ? null : coarseSum(atRisk),
    ...spendOf(spend, terms),
  };
}

function notesOf({ audiences, total, terms }: BudgetPlan): string[] {
  const nobody =
    terms.budget < terms.cost
      ? 'One contact costs more than the whole budget.'
      : audiences.every(({ reachable }) => reachable === 0)
        ? 'Nobody in these audiences may be written to.'
        : 'Nobody has enough at risk to bring back what a contact costs.';
  return [
    ...(total.contacts === 0 ? [nobody] : []),
    'Share won back and margin are assumed, not measured: leave a part out by lot to learn the true share.',
    'Only who may be written to is contacted, everybody once, those with most at risk first.',
    'A person runs kindred budget with the same terms for the full plan.',
  ];
}
