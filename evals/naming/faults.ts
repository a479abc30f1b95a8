import type { Described } from '../../src/agent/checks/check.ts';
import type { CheckId } from '../../src/agent/checks/persona-checks.ts';
import type { PersonaDraft } from '../../src/agent/tasks/naming/draft.ts';
import type { FactSheet, SheetFeature } from '../../src/agent/tasks/naming/fact-sheet.ts';

/** A way to spoil a good persona, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: CheckId | 'blindMatching';
  /** The spoilt draft; null where this persona has nothing that could be spoilt so. */
  spoil(good: Described, others: readonly Described[]): PersonaDraft | null;
}

/** Adds a sentence to the paragraph. */
const saying =
  (sentence: string): Fault['spoil'] =>
  ({ draft }) => ({ ...draft, paragraph: `${draft.paragraph} ${sentence}` });

const named =
  (name: string): Fault['spoil'] =>
  ({ draft }) => ({ ...draft, name });

/** Says of the strongest feature that words exist for the contrary of what its figures show. */
const reversed =
  (id: string, high: string, low: string): Fault['spoil'] =>
  ({ draft, sheet }) => {
    const feature = clear(sheet, id);
    if (!feature) return null;
    return { ...draft, paragraph: `${draft.paragraph} They ${feature.difference > 0 ? low : high}.` };
  };

const clear = ({ features }: FactSheet, id: string) =>
  features.find(feature => feature.id === id && Math.abs(feature.difference) >= 0.5);

function firstNumber(text: string, change: (number: string) => string): string {
  return text.replace(/\d[\d,.]*\d|\d/, change);
}

/** Further off than any rounding, and on no sheet by chance. */
const wrong = (number: string) => `${number.replaceAll(',', '').split('.')[0]}7.31`;

function ownShare({ features }: FactSheet): SheetFeature | undefined {
  return features.find(({ unit }) => unit === 'share');
}

const numbers: readonly Fault[] = [
  {
    id: 'wrong number in the paragraph',
    metric: 'groundedness',
    spoil: ({ draft }) => ({ ...draft, paragraph: firstNumber(draft.paragraph, wrong) }),
  },
  {
    id: 'wrong number in the evidence',
    metric: 'groundedness',
    spoil: ({ draft }) => ({
      ...draft,
      evidence: draft.evidence.map((one, i) =>
        i === 0 ? { ...one, says: firstNumber(one.says, wrong) } : one,
      ),
    }),
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

const directions: readonly Fault[] = [
  {
    id: 'evidence turned round',
    metric: 'direction',
    spoil: ({ draft }) => ({
      ...draft,
      evidence: draft.evidence.map((one, i) =>
        i === 0 ? { ...one, direction: one.direction === 'above' ? 'below' : 'above' } : one,
      ),
    }),
  },
  {
    id: 'evidence without a difference',
    metric: 'direction',
    spoil: ({ draft, sheet }) => {
      const same = sheet.features.find(({ difference }) => Math.abs(difference) < 0.2);
      if (!same) return null;
      const direction = same.difference > 0 ? 'above' : 'below';
      return { ...draft, evidence: [...draft.evidence, { feature: same.id, direction, says: same.label }] };
    },
  },
  {
    id: 'evidence on an unknown feature',
    metric: 'direction',
    spoil: ({ draft }) => ({
      ...draft,
      evidence: [...draft.evidence, { feature: 'shoe_size', direction: 'above', says: 'large shoes' }],
    }),
  },
  {
    id: 'frequency reversed',
    metric: 'direction',
    spoil: reversed('orders_per_month', 'order often', 'order rarely'),
  },
  {
    id: 'order value reversed',
    metric: 'direction',
    spoil: reversed('order_value', 'spend a lot per order', 'spend little per order'),
  },
  {
    id: 'basket reversed',
    metric: 'direction',
    spoil: reversed('basket_items', 'fill their baskets', 'buy one or two items at a time'),
  },
  {
    id: 'discounts reversed',
    metric: 'direction',
    spoil: reversed('discounted_order_share', 'mostly buy with a discount', 'pay the full price'),
  },
  {
    id: 'recency reversed',
    metric: 'direction',
    spoil: reversed('recency', 'have not ordered for a long time', 'ordered lately'),
  },
  {
    id: 'tenure reversed',
    metric: 'direction',
    spoil: reversed('tenure', 'have been customers for long', 'are new customers'),
  },
  {
    id: 'visits reversed',
    metric: 'direction',
    spoil: reversed('sessions', 'visit the site often', 'seldom visit the site'),
  },
  {
    id: 'repeat purchases reversed',
    metric: 'direction',
    spoil: reversed(
      'repeat_product_share',
      'buy the same products again',
      'seldom buy the same product twice',
    ),
  },
  {
    id: 'comparative reversed',
    metric: 'direction',
    spoil: reversed(
      'days_between_orders',
      'leave longer gaps between orders than all customers',
      'leave shorter gaps between orders than all customers',
    ),
  },
  {
    id: 'carts reversed',
    metric: 'direction',
    spoil: reversed('cart_abandonment', 'often leave full carts behind', 'rarely leave a full cart behind'),
  },
  {
    id: 'share of revenue reversed',
    metric: 'direction',
    spoil: ({ draft, sheet }) => {
      const [share, brought] = [sheet.share, sheet.revenueShare].map(Number.parseFloat);
      const word = brought! > share! ? 'less' : 'more';
      return { ...draft, paragraph: `${draft.paragraph} They bring ${word} than their share of customers.` };
    },
  },
  {
    id: 'superlative of another segment',
    metric: 'direction',
    spoil: ({ draft, sheet }, others) => {
      const own = clear(sheet, 'order_value')?.difference ?? 0;
      const topped = others.some(other => (clear(other.sheet, 'order_value')?.difference ?? 0) > own);
      return own > 0 && topped
        ? { ...draft, paragraph: `${draft.paragraph} They place the largest orders of all segments.` }
        : null;
    },
  },
];

/** The texts of the segment that is least like it, as a model that mixes up its sheets would give them. */
const swapped: Fault['spoil'] = ({ draft, sheet }, others) => {
  const [farthest] = others.toSorted((a, b) => distance(b.sheet, sheet) - distance(a.sheet, sheet));
  return farthest ? { ...farthest.draft, key: draft.key } : null;
};

function distance(a: FactSheet, b: FactSheet): number {
  const other = new Map(b.features.map(({ id, difference }) => [id, difference]));
  return a.features.reduce((sum, { id, difference }) => sum + Math.abs(difference - (other.get(id) ?? 0)), 0);
}

const swaps: readonly Fault[] = [
  { id: 'swapped segments (numbers)', metric: 'groundedness', spoil: swapped },
  { id: 'swapped segments (directions)', metric: 'direction', spoil: swapped },
  { id: 'swapped segments (blind)', metric: 'blindMatching', spoil: swapped },
];

const repeats: readonly Fault[] = [
  {
    id: 'duplicate name',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) => (other ? { ...draft, name: other.draft.name } : null),
  },
  {
    id: 'duplicate name in other letters',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) => (other ? { ...draft, name: other.draft.name.toUpperCase() } : null),
  },
  {
    id: 'duplicate neutral name',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) => (other ? { ...draft, neutralName: other.draft.neutralName } : null),
  },
  {
    id: 'copied definition',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) =>
      other ? { ...draft, sentence: `${other.draft.sentence.slice(0, -1)}, all in all.` } : null,
  },
  {
    id: 'copied paragraph',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) =>
      other ? { ...draft, paragraph: `All told: ${other.draft.paragraph}` } : null,
  },
];

const leaks: readonly Fault[] = [
  { id: 'pregnant shoppers', metric: 'leakage', spoil: named('Pregnant shoppers') },
  { id: 'young mothers', metric: 'leakage', spoil: named('Young mothers on a budget') },
  { id: 'women', metric: 'leakage', spoil: saying('Most of them are women.') },
  { id: 'her', metric: 'leakage', spoil: saying('She orders when her week allows it.') },
  { id: 'pensioners', metric: 'leakage', spoil: saying('They are probably pensioners.') },
  { id: 'over-60s', metric: 'leakage', spoil: saying('They look like the over-60s.') },
  { id: 'millennials', metric: 'leakage', spoil: named('Deal-seeking millennials') },
  { id: 'ethnicity', metric: 'leakage', spoil: saying('They seem to be Asian customers.') },
  { id: 'religion', metric: 'leakage', spoil: saying('Many of them are devout Christians.') },
  { id: 'health', metric: 'leakage', spoil: saying('They may have a chronic illness.') },
  { id: 'diabetics', metric: 'leakage', spoil: named('Regular diabetics') },
  { id: 'sexuality', metric: 'leakage', spoil: saying('They shop for gay couples.') },
  { id: 'politics', metric: 'leakage', spoil: saying('They vote like liberals.') },
  { id: 'family', metric: 'leakage', spoil: saying('They are busy parents with small children.') },
  {
    id: 'protected neutral name',
    metric: 'leakage',
    spoil: ({ draft }) => ({ ...draft, neutralName: 'Retired women' }),
  },
  {
    id: 'protected trait to avoid',
    metric: 'leakage',
    spoil: ({ draft }) => ({ ...draft, avoid: 'Do not show pregnant women anything loud.' }),
  },
  { id: 'e-mail address', metric: 'leakage', spoil: saying('The best of them is ann.bell@example.org.') },
];

const words: readonly Fault[] = [
  { id: 'cheapskates', metric: 'belittling', spoil: named('Seasonal cheapskates') },
  { id: 'hoarders', metric: 'belittling', spoil: saying('These hoarders take all they can get.') },
  { id: 'dead weight', metric: 'belittling', spoil: saying('In short they are dead weight.') },
  {
    id: 'not worth it',
    metric: 'belittling',
    spoil: ({ draft }) => ({ ...draft, avoid: 'Do not bother: they are not worth the stamp.' }),
  },
  { id: 'discount addicts', metric: 'belittling', spoil: named('Discount addicts') },
  { id: 'difficult customers', metric: 'belittling', spoil: saying('They are difficult customers.') },
  { id: 'praise', metric: 'emptyPraise', spoil: saying('They are truly amazing and love our brand.') },
  {
    id: 'lifeblood',
    metric: 'emptyPraise',
    spoil: ({ draft }) => ({ ...draft, sentence: 'Customers who are the lifeblood of the shop.' }),
  },
  {
    id: 'nothing but praise',
    metric: 'emptyPraise',
    spoil: ({ draft }) => ({
      ...draft,
      paragraph:
        'These are people whom any shop would be glad to have. They know what is good when they see it, and they deserve the best that we can give them every single day.',
    }),
  },
  { id: 'cluster number as name', metric: 'shownIds', spoil: named('Cluster 3') },
  { id: 'segment letter', metric: 'shownIds', spoil: saying('Segment B is much like it.') },
  {
    id: 'feature id',
    metric: 'shownIds',
    spoil: ({ draft, sheet }) => ({
      ...draft,
      paragraph: `${draft.paragraph} Their ${sheet.features.find(({ id }) => id.includes('_'))!.id} tells.`,
    }),
  },
  {
    id: 'standard deviations',
    metric: 'shownIds',
    spoil: saying('They lie several standard deviations from the centroid.'),
  },
  {
    id: 'two sentences for one',
    metric: 'textLength',
    spoil: ({ draft }) => ({ ...draft, sentence: `${draft.sentence} They are many.` }),
  },
  {
    id: 'name too long',
    metric: 'textLength',
    spoil: named('Customers who come now and then when it suits'),
  },
  { id: 'no paragraph', metric: 'textLength', spoil: ({ draft }) => ({ ...draft, paragraph: 'See above.' }) },
  {
    id: 'officialese',
    metric: 'readingEase',
    spoil: ({ draft }) => ({
      ...draft,
      paragraph:
        'Characterised predominantly by intermittently manifested transactional participation, representatives of this constituency exhibit comparatively extraordinary heterogeneity regarding merchandise preferences, necessitating individually personalised communicational interventions notwithstanding organisational considerations, irrespective of contemporaneous promotional initiatives, institutional responsibilities or infrastructural availability, whose operationalisation presupposes interdepartmental coordination, methodological sophistication and unconditional organisational determination throughout implementation.',
    }),
  },
];

const actions: readonly Fault[] = [
  ...(['channel', 'offer', 'timing'] as const).map(
    (part): Fault => ({
      id: `${part} that says nothing`,
      metric: 'actionability',
      spoil: ({ draft }) => ({
        ...draft,
        action: {
          ...draft.action,
          [part]: { text: 'Engage them well.', feature: draft.evidence[0]!.feature },
        },
      }),
    }),
  ),
  {
    id: 'no offer',
    metric: 'actionability',
    spoil: ({ draft }) => ({ ...draft, action: { ...draft.action, offer: null } }),
  },
  {
    id: 'timing tied to nothing',
    metric: 'actionability',
    spoil: ({ draft }) => ({
      ...draft,
      action: {
        ...draft.action,
        timing: { text: 'Send it at full moon, in the evening.', feature: 'moon_phase' },
      },
    }),
  },
];

/** Every fault, each with the metric that is meant for it. */
export const faults: readonly Fault[] = [
  ...numbers,
  ...directions,
  ...swaps,
  ...repeats,
  ...leaks,
  ...words,
  ...actions,
];
