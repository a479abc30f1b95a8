import type { AudienceSpend, BudgetPlan, Spend } from '../../segmentation/budget/plan.ts';
import { formatCount, formatMoney, formatMoneyShort, formatValue } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

/** Whom to contact with a budget, what is expected of it, and what has to be true for that. */
export function budgetView(plan: BudgetPlan, width: number): string {
  const parts = [headline(plan), spendTable(plan, width), ...notes(plan)];
  return `${parts.map(part => (part.endsWith('\n') ? part : `${wrap(part, width)}\n`)).join('\n')}`;
}

function headline({ total, terms, currency, audiences }: BudgetPlan): string {
  const money = (value: number) => formatMoney(value, currency);
  if (total.contacts === 0) return `Nobody to contact: ${whyNobody(audiences, terms)}`;
  const [best] = audiences;
  return `${counted(total.contacts, 'contact')} for ${money(total.cost)} of ${money(terms.budget)}: ${money(total.gain)} to be gained over the next 12 months, after the cost. ${
    audiences.length > 1 ? `The money does most among “${best!.name}”.` : ''
  }`.trim();
}

function whyNobody(audiences: readonly AudienceSpend[], { budget, cost }: BudgetPlan['terms']): string {
  if (audiences.every(({ customers }) => customers === 0)) return 'nobody is in these audiences.';
  if (audiences.every(({ reachable }) => reachable === 0))
    return 'everybody in these audiences has said no to marketing.';
  return budget < cost
    ? 'one contact costs more than the whole budget.'
    : 'nobody in these audiences has enough at risk to bring back what a contact costs.';
}

const right = (head: string) => ({ head, align: 'right' as const });

function spendTable({ audiences, total, currency }: BudgetPlan, width: number): string {
  const money = (value: number) => formatMoneyShort(value, currency);
  const cells = ({ contacts, cost, valueAtRisk, gain, breakEven }: Spend, of?: AudienceSpend) => [
    `${formatCount(contacts)}${of ? ` of ${formatCount(of.reachable)}` : ''}`,
    money(cost),
    `${money(valueAtRisk)}${of ? ` of ${money(of.atRisk)}` : ''}`,
    money(gain),
    breakEven === null ? '' : formatValue(breakEven, 'share', null),
  ];
  const rows = audiences.map(spend => [spend.name, ...cells(spend, spend)]);
  return textTable(
    [
      { head: 'Audience', grows: true },
      right('Contacts'),
      right('Cost'),
      right('At risk'),
      right('Gain'),
      right('Break-even'),
    ],
    audiences.length > 1 ? [...rows, ['Together', ...cells(total)]] : rows,
    width,
  );
}

function notes({ asOf, audiences, currency, terms, paysFrom, total, leftOver }: BudgetPlan): string[] {
  const money = (value: number) => formatMoney(value, currency);
  const percent = (value: number) => formatValue(value, 'share', null);
  const least = audiences.reduce(
    (low, spend) => Math.min(low, spend.least ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  return [
    total.contacts > 0
      ? `In each audience those with most at risk are contacted, down to ${money(least)} of value at risk. ${leftOver > 0 && leftOver >= terms.cost ? `${money(leftOver)} are left: no further contact pays.` : 'The budget is spent.'}`
      : '',
    `Assumed, not measured: a contact costs ${money(terms.cost)} and wins back ${percent(terms.winBack)} of what a customer has at risk, and ${percent(terms.margin)} of revenue stays with you. At that a contact pays from ${money(paysFrom)} of value at risk on. “Break-even” is the share won back at which the money merely comes back. The share is the same for everybody here; who neither visits nor opens e-mails is harder to win back: say with --audience whom to choose from. A part that you leave out, drawn by lot, tells the true share.`,
    'Value at risk is what twelve months were worth on the day of the last order, less what is expected now; it is revenue after returns.',
    'Contacts are of those who may be written to: who unsubscribed, refused or does not accept marketing is left out. Nobody is contacted twice: who is in several audiences counts in the first named.',
    `As of ${asOf}.`,
  ].filter(note => note !== '');
}
