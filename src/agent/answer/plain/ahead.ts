import { formatMoneyShort } from '../../../segmentation/wording.ts';
import type { People } from '../../../tools/results/values.ts';
import { bullets, customersText, moneyText, type Part, paragraphs, shareText } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

interface Predictions {
  asOf: string;
  currency: string | null;
  none: string | null;
  segments: {
    name: string;
    customers: People;
    lifetimeValue: number | null;
    valueAtRisk: number | null;
    churn: number | null;
  }[];
  all: { lifetimeValue: number | null; valueAtRisk: number | null; churn: number | null };
  trust: { targets: { says: string }[]; notes: string[] } | null;
}

/** What is expected of each segment, and how far to believe it. */
export async function predictionsAnswer({ look }: LookingUp): Promise<Part> {
  const { asOf, currency, none, segments, all, trust } = await look<Predictions>('show_predictions');
  if (none !== null) return { text: `Nothing is predicted: ${none}`, next: null };
  const whole = expectedText(all, currency);
  const text = paragraphs([
    whole === '' ? null : `All segments together: ${whole}.`,
    `What is expected of each, as of ${asOf}:\n${bullets(
      segments.map(segment => {
        const parts = [customersText(segment.customers), expectedText(segment, currency)];
        return `**${segment.name}**: ${parts.filter(part => part !== '').join('; ')}.`;
      }),
    )}`,
    trust === null
      ? null
      : `How far to believe it:\n${bullets([...trust.targets.map(({ says }) => says), ...trust.notes])}`,
  ]);
  return {
    text,
    next: '`kindred predictions` says the same in figures; `kindred calibrate` holds it against what happened.',
  };
}

function expectedText(
  { lifetimeValue, valueAtRisk, churn }: Predictions['all'],
  currency: string | null,
): string {
  const money = moneyText(
    [
      [lifetimeValue, 'expected over the next 12 months'],
      [valueAtRisk, 'at risk'],
    ],
    currency,
  );
  const silent = churn === null ? '' : `chance of no order in the next 90 days ${shareText(churn)}`;
  return [money, silent].filter(part => part !== '').join('; ');
}

interface Plan {
  asOf: string;
  currency: string | null;
  assumed: { budget: number; cost: number; winBack: number; margin: number };
  audiences: { name: string; contacts: People; cost: number | null; gain: number | null }[];
  total: { contacts: People; cost: number | null; gain: number | null; breakEven: number | null };
  notes: string[];
}

const MOST_AUDIENCES = 5;

/** Where no amount is said: which are needed, and what there is to win. */
export async function budgetAsked(looking: LookingUp): Promise<Part> {
  const { text } = await predictionsAnswer(looking);
  return {
    text: paragraphs([
      'Where a budget does most follows from how much there is and what one contact costs: ask again with both amounts. This is what is at risk.',
      text,
    ]),
    next: '`kindred budget --budget AMOUNT --cost AMOUNT` plans it.',
  };
}

/** Where a budget does most. `cost` is what one contact costs; null where the question does not say. */
export async function budgetAnswer(
  { look }: LookingUp,
  { budget, cost }: { budget: number; cost: number | null },
): Promise<Part> {
  const plan = await look<Plan>('plan_budget', { budget, cost: cost ?? 1 });
  const { asOf, currency, assumed, audiences, total, notes } = plan;
  const money = (value: number) => formatMoneyShort(value, currency);
  const contacted = audiences.filter(({ gain }) => gain !== null);
  const guess =
    cost === null ? ` One contact is taken to cost ${money(1)}, as the question does not say.` : '';
  const text = paragraphs([
    `Of ${money(assumed.budget)}, ${total.cost === null ? 'nothing' : money(total.cost)} is best spent on ${customersText(total.contacts)}${total.gain === null ? '' : `, for a gain of ${money(total.gain)}`}, as of ${asOf}.${guess}`,
    contacted.length === 0
      ? null
      : bullets(
          contacted.slice(0, MOST_AUDIENCES).map(
            ({ name, contacts, cost: spent, gain }) =>
              `**${name}**: ${customersText(contacts)}, ${moneyText(
                [
                  [spent, 'spent'],
                  [gain, 'gained'],
                ],
                currency,
              )}.`,
          ),
        ),
    `Assumed: a contact wins back ${shareText(assumed.winBack)} of what is at risk, and ${shareText(assumed.margin)} of revenue stays with the shop.${total.breakEven === null ? '' : ` The money comes back from ${shareText(total.breakEven)} won back.`}\n${bullets(notes)}`,
  ]);
  return {
    text,
    next: `\`kindred budget --budget ${assumed.budget} --cost ${assumed.cost}\` shows the whole plan.`,
  };
}
