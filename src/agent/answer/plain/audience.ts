import { formatValue } from '../../../segmentation/wording.ts';
import type { People } from '../../../tools/results/values.ts';
import type { AskedPeople } from './asked-people.ts';
import { bullets, customersText, moneyText, type Part, paragraphs, shareText, sizeText } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

/** Of the results of build_audience and explain_audience. */
interface Audience {
  handle: string;
  name: string;
  asOf: string;
  currency: string | null;
  customers: People;
  share: number | null;
  revenue: number | null;
  revenueLastYear: number | null;
  expectedOrders90: number | null;
  lifetimeValue: number | null;
  valueAtRisk: number | null;
  standsOut: { label: string; here: string; all: string }[];
  segments: { name: string; customers: People }[];
  withheld: string | null;
  meaning?: string | null;
}

/** A standing question, answered with people: how many, who they are, and how to get the list. */
export async function standingAnswer({ look }: LookingUp, question: string): Promise<Part> {
  return audiencePart(await look<Audience>('build_audience', { question }));
}

/** Customers of whom a question asks by what they do. */
export async function askedAnswer({ look }: LookingUp, { name, filter, taken }: AskedPeople): Promise<Part> {
  const audience = await look<Audience>('build_audience', { name, filter });
  return audiencePart({ ...audience, meaning: taken });
}

export async function savedAnswer({ look }: LookingUp, handle: string): Promise<Part> {
  return audiencePart(await look<Audience>('explain_audience', { handle }));
}

const MOST_TRAITS = 5;
const MOST_SEGMENTS = 4;

function audiencePart(audience: Audience): Part {
  const { handle, name, customers, standsOut, segments, withheld, meaning } = audience;
  const text = paragraphs([
    `**${name}**: ${headline(audience)} As of ${audience.asOf}.`,
    meaning ?? null,
    withheld,
    standsOut.length === 0
      ? null
      : `What sets them apart:\n${bullets(
          standsOut
            .slice(0, MOST_TRAITS)
            .map(({ label, here, all }) => `${label}: ${here} (all customers: ${all})`),
        )}`,
    segments.length === 0
      ? null
      : `The segments that they stand in:\n${bullets(
          segments
            .slice(0, MOST_SEGMENTS)
            .map(({ name, customers }) => `${sizeText(customers)} of them in **${name}**`),
        )}`,
  ]);
  return {
    text,
    next:
      typeof customers === 'number'
        ? `\`kindred audience export ${handle} --to ${handle}.csv\` writes the list to a file, for a person.`
        : null,
  };
}

function headline({ customers, share, expectedOrders90, currency, ...money }: Audience): string {
  const size = `${customersText(customers)}${share === null ? '' : ` (${shareText(share)} of all)`}`;
  const past = moneyText(
    [
      [money.revenue, 'of revenue so far'],
      [money.revenueLastYear, 'of it in the last year'],
    ],
    currency,
  );
  const ahead = moneyText(
    [
      [money.lifetimeValue, 'expected over the next 12 months'],
      [money.valueAtRisk, 'at risk'],
    ],
    currency,
  );
  const orders =
    expectedOrders90 === null
      ? null
      : `${formatValue(expectedOrders90, 'count', null)} orders expected in the next 90 days`;
  return `${[size, past, ahead, orders].filter(part => part !== null && part !== '').join('; ')}.`;
}
