import { InputError } from '../../errors.ts';
import { cents } from '../../features/expressions.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { askedTable, askingEach } from '../audiences/asked.ts';
import { joinKnown } from '../audiences/filter/known.ts';
import { currentModel } from '../current.ts';
import {
  affordable,
  allocate,
  type Contacts,
  costOf,
  gainOf,
  leftOf,
  type People,
  type Terms,
} from './allocate.ts';
import { namedAudiences } from './named-audiences.ts';

/** Money in the shop's currency. */
export interface Spend {
  contacts: number;
  cost: number;
  /** Value at risk of those contacted. */
  valueAtRisk: number;
  /** Over the next 12 months, after the cost. */
  gain: number;
  /** Share to be won back for the money to come back and no more, 0..1; null where nobody is contacted. */
  breakEven: number | null;
}

export interface AudienceSpend extends Spend {
  id: string;
  name: string;
  customers: number;
  /** Who may be written to, as far as is known, and what these have at risk. */
  reachable: number;
  atRisk: number;
  /** Value at risk of the least valuable who is contacted; null where nobody is. */
  least: number | null;
}

export interface BudgetPlan {
  asOf: string;
  currency: string | null;
  terms: Terms;
  /** From this value at risk on a contact pays. */
  paysFrom: number;
  /** Where the money does most comes first. */
  audiences: AudienceSpend[];
  total: Spend;
  leftOver: number;
}

/**
 * Where a budget for contacts does most, by expected value at risk.
 *
 * @param audiences handles, standing questions or segments, in whose order customers of several are counted; all segments
 * where none is given
 */
export async function planBudget(
  stores: { warehouse: Warehouse; state: State },
  { audiences, terms }: { audiences: readonly string[]; terms: Terms },
): Promise<BudgetPlan> {
  const { describedAsOf, population } = await currentModel(stores.state);
  const named = await namedAudiences(stores, audiences);
  const asked = await askingEach(stores, named, async (tx, _asked, named) => ({
    named,
    ...(await readPeople(tx, affordable(terms))),
  }));
  await refuseWithoutScores(stores.state, asked);
  const contacts = allocate(
    asked.map(({ people }) => people),
    terms,
  );
  const spends = asked.map(
    ({ named, totals }, i): AudienceSpend => ({
      id: named.id,
      name: named.name,
      customers: totals.customers,
      reachable: totals.reachable,
      atRisk: totals.atRisk / 100,
      least: contacts[i]!.least,
      ...spendOf(contacts[i]!, terms),
    }),
  );
  const total = spendOf(
    {
      contacts: contacts.reduce((sum, each) => sum + each.contacts, 0),
      valueAtRisk: contacts.reduce((sum, each) => sum + each.valueAtRisk, 0),
    },
    terms,
  );
  return {
    asOf: describedAsOf,
    currency: population.currency,
    terms,
    paysFrom: terms.cost / (terms.winBack * terms.margin),
    audiences: spends.toSorted((a, b) => b.gain - a.gain || b.atRisk - a.atRisk || (a.id < b.id ? -1 : 1)),
    total,
    leftOver: leftOf(terms.budget, total.contacts, terms.cost),
  };
}

function spendOf(
  { contacts, valueAtRisk: sum }: Pick<Contacts, 'contacts' | 'valueAtRisk'>,
  terms: Terms,
): Spend {
  const cost = costOf(contacts, terms.cost);
  // Whole pennies, whatever the order in which they were added up.
  const valueAtRisk = Math.round(sum * 100) / 100;
  return {
    contacts,
    cost,
    valueAtRisk,
    gain: contacts === 0 ? 0 : gainOf(valueAtRisk, { ...terms, cost }),
    breakEven: contacts === 0 ? null : cost / (valueAtRisk * terms.margin),
  };
}

interface Totals {
  customers: number;
  reachable: number;
  /** How many have the score at all. */
  scored: number;
  /** In cents. */
  atRisk: number;
}

/**
 * Members who may be contacted and have something at risk, no more of them than the budget could reach: who is not among
 * the most valuable of the own audience is not among those of all.
 */
async function readPeople(tx: Warehouse, most: number): Promise<{ totals: Totals; people: People }> {
  const rows = `FROM ${askedTable} AS a
${joinKnown}
WHERE a.member`;
  const risk = cents('k.value_at_risk');
  const [totals] =
    await tx.query<Totals>(`SELECT count(*) AS customers, count(*) FILTER (WHERE k.reachable) AS reachable,
  count(k.value_at_risk) AS scored,
  coalesce(sum(${risk}) FILTER (WHERE k.reachable), 0) AS "atRisk"
${rows}`);
  const read = await tx.columns(`SELECT '' AS nobody, a.place, ${risk} AS risk
${rows} AND k.reachable AND k.value_at_risk > 0
ORDER BY risk DESC, a.place LIMIT ${most}`);
  const [places, inCents] = read.values;
  return { totals: totals!, people: { places: places!, valueAtRisk: inCents!.map(risk => risk / 100) } };
}

async function refuseWithoutScores(state: State, asked: readonly { totals: Totals }[]): Promise<void> {
  const customers = asked.reduce((sum, { totals }) => sum + totals.customers, 0);
  if (customers === 0 || asked.some(({ totals }) => totals.scored > 0)) return;
  const predictions = (await state.refreshes.list()).at(-1)?.predictions;
  const reason = predictions?.kind === 'none' ? ` ${predictions.reason}` : '';
  throw new InputError(
    `Nothing is known of what these customers have at risk.${reason}`,
    predictions
      ? '`kindred predictions` says what is predicted here, and what is not.'
      : 'Run `kindred refresh`: it predicts what everybody will bring.',
  );
}
