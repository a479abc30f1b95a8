/** What a question is about, as far as words tell. */
export type Topic = 'moves' | 'drift' | 'budget' | 'predictions' | 'overview';

const topics: readonly (readonly [Topic, RegExp])[] = [
  ['budget', /\b(?:budget|spend(?:ing)?|invest|worth (?:writing|contacting))\b/],
  ['moves', /\b(?:mov(?:e|es|ed|ing|ements?)|switch\w*|migrat\w*|joined|came back|come back)\b/],
  [
    'drift',
    /\b(?:drift\w*|chang(?:e|es|ed|ing)|alerts?|unusual|anything new|what'?s new|went wrong|news|why (?:did|have|has|is|are)\b)/,
  ],
  [
    'predictions',
    /\b(?:predict\w*|forecast\w*|expect\w*|next (?:week|month|quarter|year|\d+ days)|uncertain\w*|unsure|trust|believe|rely|reliabl\w*|accura\w*|calibrat\w*|churn\w*|lifetime value|clv)\b/,
  ],
  [
    'overview',
    /\b(?:overview|summary|summari[sz]e|status|how many customers|readiness|missing|proposals?|data)\b/,
  ],
];

/** Questions that are answered with people, by the words that ask them. */
const standing: readonly (readonly [string, RegExp])[] = [
  [
    'lapsed-but-recoverable',
    /\b(?:lapsed|recover\w*|win ?-?back|winnable|won back|win (?:them )?back|re-?activat\w*|re-?engag\w*|dormant|lost customers|bring back|gone quiet)\b/,
  ],
  [
    'best-at-risk',
    /\b(?:best|top|vips?|valuable|big(?:gest)? spenders?)\b.*\b(?:slip\w*|leav\w*|risk|los\w*|churn\w*|drift\w*|declin\w*)|\b(?:slip\w*|leav\w*|los\w*|churn\w*)\b.*\b(?:best|top|vips?|valuable)\b/,
  ],
  ['overdue', /\b(?:overdue|late for|due for an order)\b/],
  [
    'likely-to-order',
    /\b(?:likely to (?:order|buy|purchase)|about to (?:order|buy)|(?:will|going to|ready to) (?:order|buy|purchase))\b/,
  ],
  ['due-to-replenish', /\b(?:replenish\w*|run(?:ning)? out|refills?|re-?stock\w*|re-?order\w*)\b/],
  [
    'discount-driven',
    /\b(?:only|wait\w*|mostly|always|driven|hunt\w*|sensitive|dependent)\b.*\b(?:discounts?|coupons?|sales?|promo\w*|vouchers?)\b|\bdiscount[- ](?:driven|hunters?|seekers?)\b/,
  ],
];

export interface Intent {
  /** Ids of standing questions that it asks. */
  standing: string[];
  topics: Topic[];
  /** Whether it speaks of segments, whatever of them. */
  asksSegments: boolean;
  /** Handles of audiences that it names. */
  handles: string[];
  /** Money that it speaks of, and what a contact costs by it. */
  budget: { budget: number; cost: number | null } | null;
}

const MOST_TOPICS = 2;

export function intentOf(question: string): Intent {
  const text = question.toLowerCase().replaceAll('’', "'");
  const found = topics.flatMap(([topic, words]) => (words.test(text) ? [topic] : []));
  const budget = budgetIn(text);
  return {
    standing: standing.flatMap(([id, words]) => (words.test(text) ? [id] : [])).slice(0, 1),
    topics: found.filter(topic => topic !== 'budget' || budget !== null).slice(0, MOST_TOPICS),
    asksSegments: /\b(?:segments?|groups?)\b/.test(text),
    handles: [...text.matchAll(/\ba-[0-9a-f]{6,16}\b/g)].map(([handle]) => handle),
    budget,
  };
}

const amount = /(?:£|\$|€|\b[a-z]{3} )?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(k\b)?/g;

/** The largest amount is the budget; one that is said to be of each contact is the cost. */
function budgetIn(text: string): Intent['budget'] {
  const amounts = [...text.matchAll(amount)].map(match => ({
    value: Number(match[1]!.replaceAll(',', '')) * (match[2] ? 1000 : 1),
    after: text.slice(match.index + match[0].length, match.index + match[0].length + 20),
  }));
  const isCost = ({ after }: { after: string }) =>
    /^ ?(?:each|apiece|(?:a|an|per) (?:contact|mail|e-?mail|letter|customer|postcard|person|head))/.test(
      after,
    );
  const cost = amounts.find(isCost)?.value ?? null;
  const rest = amounts.filter(
    each => !isCost(each) && !/^ ?(?:days?|weeks?|months?|years?|%)/.test(each.after),
  );
  const budget = Math.max(0, ...rest.map(({ value }) => value));
  return budget > 0 ? { budget, cost: cost === 0 ? null : cost } : null;
}
