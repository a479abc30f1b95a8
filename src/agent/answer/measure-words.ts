import { catalogue } from '../../features/catalogue.ts';

/** What a figure is of, as far as the words around it tell. */
export interface Words {
  /** What it measures: `churn`, `discount`. */
  measures: ReadonlySet<string>;
  /** What it is counted by: "85 % of their orders". Many measures are. */
  things: ReadonlySet<string>;
}

/** Phrases that mean more than their words. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(?:no|not|never|without|stop\w*)\b[^.;:,()]{0,24}?\border(?:s|ed|ing)?\b/g, ' churn '],
  [/\border(?:s|ed|ing)?\s+nothing\b/g, ' churn '],
  [/\b(?:value )?at risk\b|\b12-month value lost\b/g, ' risk '],
  [/\bset aside\b/g, ' aside '],
  [/\b(?:came|comes?|coming|paid|pays) back\b/g, ' comeback '],
  [/\blast year\b|\bthe last 365 days\b|\blast 12 months\b/g, ' lastyear '],
  [/\bwritten to\b/g, ' reach '],
  // What they are set against is no measure.
  [/\ball (?:other )?customers\b['’]?/g, ' '],
  // "ordered last 93 days ago", "days since the last order"
  [/\b(order|visit|click|ticket|purchase|bought|buy|contact)(\w*) last\b/g, ' $1 since '],
  [/\blast (order|visit|click|ticket|purchase|contact)/g, ' since $1'],
];

/** By the beginning of a word; the longest first. What stands in the catalogue's labels needs no entry. */
const synonyms: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:revenue|sales|turnover|takings|income|brought|brings?|earn)/, ['revenue']],
  [/^(?:spen[dt]|worth|paid|pays?$)/, ['revenue', 'value']],
  [/^(?:expect|predict|foretold|forecast|project|lifetime)/, ['expected']],
  [/^(?:churn|silent|silence|lapsing)/, ['churn']],
  [/^(?:risk|lose$|losing|lost)/, ['risk']],
  [/^(?:discount|offer|coupon|voucher|promo)/, ['discount']],
  [/^(?:between|every|apart|gaps?$|interval)/, ['gap']],
  [/^(?:ago|since)$/, ['since']],
  [/^(?:reach)/, ['reach']],
  [/^(?:joined|newcomer|new$)/, ['newcomers']],
  [/^(?:grew|grown?$|grows|growing|growth|rose|rise)/, ['grown']],
  [/^(?:shrank|shrunk|shrink|fell$|fall)/, ['shrunk']],
  [/^contact/, ['contacts']],
  [/^(?:won$|win$|winning|break$|comeback)/, ['won']],
  [/^(?:cost|spent$)/, ['cost']],
  [/^(?:abandon|cart)/, ['cart']],
];

const things: readonly (readonly [RegExp, string])[] = [
  [/^(?:order|purchas|bought|buy$|buys$|buying)/, 'orders'],
  [/^(?:visit|session|brows)/, 'visits'],
  [/^(?:e?-?mails?$|email)/, 'mails'],
  [/^ticket/, 'tickets'],
  [/^product/, 'products'],
  [/^categor/, 'categories'],
  [/^page/, 'pages'],
  [/^(?:customer|buyer|people|shopper|profile)/, 'customers'],
  [/^(?:segments?|groups?)$/, 'segments'],
];

/** Too common to tell one measure from another. */
const common =
  /^(?:all|and|are|before|days?|different|each|first|full|full-price|hours?|last|lead|levels?|made|many|mean|months?|number|once|only|over|part|per|price|rate|same|second|share|shop|spread|time|times|trend|two|units?|until|usual|value|variation|weeks?|who|with|year|chance|from|that|the|for|not|one|received|usage|use|current|length|size|line|lines|against|nothing|change|changes|next|here|segments?|groups?|asof|customers?)$/;

/** Words of the catalogue's labels: what a shop is measured by. */
const labelled = new Set(
  catalogue
    .flatMap(({ label }) => label.toLowerCase().match(/[a-z]+/g) ?? [])
    .filter(word => word.length > 3 && !common.test(word))
    .map(stemOf),
);

/** Names of fields that are words of their own. */
const ownNames = new Set(
  [
    'aside',
    'assumed',
    'budget',
    'distance',
    'dropped',
    'difference',
    'elsewhere',
    'error',
    'further',
    'gain',
    'lapsed',
    'lastyear',
    'left',
    'margin',
    'overdue',
    'met',
    'ranking',
    'rmse',
    'score',
    'confidence',
    'precision',
    'proposals',
    'recall',
    'silhouette',
    'stability',
  ].map(stemOf),
);

/** Further words of a result's field names, where these say too little. */
const fields: Readonly<Record<string, string>> = {
  share: 'customers',
  valueAtRisk: 'at risk',
  atRisk: 'at risk',
  revenuePerCustomer: 'revenue customers',
  lifetimeValue: 'expected value worth',
  ordersNext90Days: 'orders expected',
  expectedOrders90: 'orders expected',
  overdueShare: 'overdue',
  reachable: 'reach contacts customers',
  contacts: 'contacts customers',
  buyers: 'customers',
  withoutOrders: 'without orders customers',
  newcomers: 'newcomers',
  margin: 'margin assumed',
  breakEven: 'won',
  winBack: 'won assumed',
  meets: 'met customers',
  dropped: 'dropped customers',
  elsewhere: 'elsewhere customers',
  totalError: 'error',
  gap: 'difference',
  more: 'further',
  moreProposals: 'further',
  leftOver: 'left',
  auc: 'ranking',
  grew: 'grown customers',
  shrank: 'shrunk customers',
  smallest: 'customers',
};

export function measureWords(text: string): Words {
  const measures = new Set<string>();
  const counted = new Set<string>();
  const plain = phrases.reduce((left, [phrase, by]) => left.replaceAll(phrase, by), text.toLowerCase());
  for (const word of plain.match(/e-mails?|[a-z]+/g) ?? []) {
    const thing = things.find(([pattern]) => pattern.test(word));
    if (thing) counted.add(thing[1]);
    const meant = synonyms.filter(([pattern]) => pattern.test(word)).flatMap(([, names]) => names);
    for (const name of meant) measures.add(name);
    if (thing || meant.length > 0) continue;
    const stem = stemOf(word);
    if (labelled.has(stem) || ownNames.has(stem)) measures.add(stem);
  }
  return { measures, things: counted };
}

/** Of the fields that lead to a figure. */
export function fieldWords(path: readonly string[]): Words {
  return measureWords(
    path
      .slice(-2)
      .map(field => fields[field] ?? field.replaceAll(/([a-z])([A-Z])/g, '$1 $2'))
      .join(' '),
  );
}

function stemOf(word: string): string {
  const stem = word.replace(/(?:ings?|ed|ers?|es|s)$/, '');
  return (stem.length >= 3 ? stem : word).replace(/e$/, '').slice(0, 7);
}

/**
 * Whether a figure of a result may be what a figure of an answer is told of. Where either says nothing, it may.
 *
 * @param said of the answer, of which only what results measure counts
 */
export function mayBeOf(said: Words, known: Words): boolean {
  if (saysNothing(known)) return true;
  // "18 % of customers bring 40 % of revenue"
  if (known.measures.size === 0 && meet(said.things, known.things)) return true;
  if (said.measures.size > 0 && !meet(said.measures, known.measures)) return false;
  if (said.things.size === 0) return true;
  return meet(said.things, known.things) || (known.things.size === 0 && said.measures.size > 0);
}

export const joined = (...all: readonly Words[]): Words => ({
  measures: new Set(all.flatMap(({ measures }) => [...measures])),
  things: new Set(all.flatMap(({ things }) => [...things])),
});

export const among = (said: Words, known: Words): Words => ({
  measures: new Set([...said.measures].filter(each => known.measures.has(each))),
  things: new Set([...said.things].filter(each => known.things.has(each))),
});

export const saysNothing = ({ measures, things }: Words) => measures.size + things.size === 0;

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].some(each => b.has(each));
