import type { FactSheet, SheetFeature } from '../../../src/agent/tasks/naming/fact-sheet.ts';
import { numbersIn } from '../../../src/segmentation/written-numbers.ts';
import { type Fault, saying } from './fault.ts';

/** Figures that the sheet does not bear out. */
export const numberFaults: readonly Fault[] = [
  {
    id: 'wrong number in the paragraph',
    metric: 'groundedness',
    spoil: ({ draft }) => ({ ...draft, paragraph: firstNumber(draft.paragraph, wrong) }),
  },
  {
    id: 'wrong number in the evidence',
    metric: 'groundedness',
    spoil: ({ draft }) => {
      const first = draft.evidence.find(({ says }) => numbersIn(says).length > 0);
      const says = (one: typeof first & object) => ({ ...one, says: firstNumber(one.says, wrong) });
      return first
        ? { ...draft, evidence: draft.evidence.map(one => (one === first ? says(one) : one)) }
        : null;
    },
  },
  {
    id: 'number of another feature in the evidence',
    metric: 'groundedness',
    spoil: ({ draft }) => {
      const [first, second] = draft.evidence;
      return first && second ? { ...draft, evidence: [{ ...first, says: second.says }] } : null;
    },
  },
  {
    id: 'wrong number of customers',
    metric: 'groundedness',
    spoil: ({ draft, sheet }) => ({
      ...draft,
      paragraph: `${draft.paragraph} They are ${sheet.features.some(({ value }) => value === '45') ? 46 : 45} customers.`,
    }),
  },
  {
    id: 'percentage where money stands',
    metric: 'groundedness',
    spoil: ({ draft, sheet }) => ({
      ...draft,
      paragraph: `${draft.paragraph} Each brought ${sheet.perCustomer.replace(/^\D+/, '')} %.`,
    }),
  },
  {
    id: 'money where a percentage stands',
    metric: 'groundedness',
    spoil: ({ draft, sheet }) => {
      const share = ownShare(sheet);
      return share
        ? { ...draft, paragraph: `${draft.paragraph} They spend £${share.value.replace(' %', '')}.13.` }
        : null;
    },
  },
  {
    id: 'invented decimals',
    metric: 'groundedness',
    spoil: ({ draft, sheet }) => ({
      ...draft,
      sentence: `${draft.sentence.slice(0, -1)}, ${sheet.size}.37 in all.`,
    }),
  },
  {
    id: 'invented discount',
    metric: 'groundedness',
    spoil: ({ draft }) => ({
      ...draft,
      action: {
        ...draft.action,
        offer: { text: 'Offer a voucher of 83.5 % for the next order.', feature: draft.evidence[0]!.feature },
      },
    }),
  },
  {
    id: 'half of a share that is none',
    metric: 'groundedness',
    spoil: ({ draft, sheet }) => {
      const feature = sheet.features.find(({ id }) => id === 'holiday_share');
      if (!feature || Number.parseFloat(feature.value) > 40) return null;
      return {
        ...draft,
        paragraph: `${draft.paragraph} Half of their orders fall in November and December.`,
      };
    },
  },
  { id: 'half in words', metric: 'groundedness', spoil: worded('half of all customers', 0.4, 0.6) },
  { id: 'a third in words', metric: 'groundedness', spoil: worded('a third of all customers', 0.29, 0.38) },
  {
    id: 'nine in ten in words',
    metric: 'groundedness',
    spoil: worded('nine in ten of those who buy', 0.8, 1),
  },
  {
    id: 'nine times in words',
    metric: 'groundedness',
    spoil: ({ draft }) => ({
      ...draft,
      paragraph: `${draft.paragraph} They bring nine times as much as anybody.`,
    }),
  },
  {
    id: 'twice as often',
    metric: 'groundedness',
    spoil: ({ draft, sheet }) => {
      const feature = sheet.features.find(({ id }) => id === 'orders_per_month');
      const gap = sheet.features.find(({ id }) => id === 'days_between_orders');
      if (!feature || ratioOf(feature) > 1.6 || !gap || ratioOf(gap) < 0.65) return null;
      return { ...draft, paragraph: `${draft.paragraph} They order often, twice as often as all customers.` };
    },
  },
  { id: 'years of waiting', metric: 'groundedness', spoil: saying('They have been away for eleven years.') },
];

function firstNumber(text: string, change: (number: string) => string): string {
  return text.replace(/\d[\d,.]*\d|\d/, change);
}

/** Further off than any rounding, and on no sheet by chance. */
const wrong = (number: string) => `${number.replaceAll(',', '').split('.')[0]}7.31`;

function ownShare({ features }: FactSheet): SheetFeature | undefined {
  return features.find(({ unit }) => unit === 'share');
}

/** Where neither the share of customers nor that of revenue is what the words say. */
function worded(words: string, least: number, most: number): Fault['spoil'] {
  return ({ draft, sheet }) => {
    const shares = [sheet.share, sheet.revenueShare].map(text => Number.parseFloat(text) / 100);
    const borneOut = shares.some(share => share > least && share < most);
    return borneOut ? null : { ...draft, paragraph: `${draft.paragraph} They are ${words}.` };
  };
}

function ratioOf({ value, overall }: SheetFeature): number {
  const [own, all] = [value, overall].map(text => Number.parseFloat(text.replaceAll(/[^\d.]/g, '')));
  return own! / all!;
}
