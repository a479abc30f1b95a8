import type { KnownBlock } from '@slack/types';
import { counted, dayText, shareText } from '../../markdown/figures.ts';
import { context, fields } from '../blocks/layout.ts';
import {
  countCell,
  facts,
  filledTable,
  moneyCell,
  moneyShort,
  peopleCell,
  sentence,
  shareCell,
} from './figures.ts';
import type { AllPredictions, ShownBudget, ShownWhatIf } from './results.ts';

/** Where a budget does most. */
export function budgetBlocks(plan: ShownBudget): KnownBlock[] {
  const { asOf, currency, assumed, audiences, total, notes } = plan;
  const money = (amount: number | null) => moneyShort(amount, currency);
  return [
    ...fields(
      facts([
        ['Contacts', counted(total.contacts, 'customer')],
        ['Cost', `${money(total.cost)}${total.cost === null ? '' : ` of ${money(assumed.budget)}`}`],
        ['Gain over 12 months', money(total.gain)],
        ['Comes back from', total.breakEven === null ? '' : `${shareText(total.breakEven)} won back`],
      ]),
    ),
    ...filledTable({
      caption: `Where ${money(assumed.budget)} does most, as of ${dayText(asOf)}`,
      columns: ['Whom', 'Contacts', 'Cost', 'Gain', 'Break-even'],
      rows: audiences.map(({ name, contacts, cost, gain, breakEven }) => [
        name,
        peopleCell(contacts),
        moneyCell(cost, currency),
        moneyCell(gain, currency),
        shareCell(breakEven),
      ]),
    }),
    context(
      `Assumed: a contact wins back ${shareText(assumed.winBack)} of what is at risk, and ${shareText(assumed.margin)} of revenue stays.`,
      ...notes.slice(0, 4).map(sentence),
    ),
  ];
}

/** What is expected of each segment. */
export function predictionsTable({ asOf, currency, segments }: AllPredictions): KnownBlock[] {
  return filledTable({
    caption: `Expected of each segment, as of ${dayText(asOf)}`,
    columns: [
      'Segment',
      'Customers',
      'Orders in 90 days',
      'Revenue in 12 months',
      'Value at risk',
      'Chance of no order',
    ],
    rows: segments.map(each => [
      each.name,
      peopleCell(each.customers),
      countCell(each.ordersNext90Days),
      moneyCell(each.lifetimeValue, currency),
      moneyCell(each.valueAtRisk, currency),
      shareCell(each.churn),
    ]),
  });
}

/** What another recipe would make of the segments. */
export function whatIfTable({ asOf, found }: ShownWhatIf): KnownBlock[] {
  if (found === null) return [];
  return filledTable({
    caption: `What would become of the segments, as of ${dayText(asOf)}`,
    columns: ['Segment', 'What becomes of it', 'Customers now', 'As tried'],
    rows: [
      ...found.segments.map(({ name, becomes, customersNow, customersProposed }) => [
        name,
        becomes,
        peopleCell(customersNow),
        peopleCell(customersProposed),
      ]),
      ...found.fresh.map(({ name, origin, customers }) => [name, origin, '', peopleCell(customers)]),
    ],
  });
}
