import { type AskedPeople, askedPeople } from './asked-people.ts';

/** What a question is about, as far as words tell. */
export type Topic = 'todo' | 'lift' | 'compare' | 'moves' | 'drift' | 'budget' | 'predictions' | 'overview';

/** How things stand: answered by what there is, what changed and who moved. */
const standingOfShop =
  /\b(?:how (?:is|are|'s) (?:the |our |my )?(?:shop|store|business|company|we|things|it|everything)\b|what(?:'s| is) (?:going on|happening|up)\b)/;

/** What to do about it: answered by what the digest has to be done. */
const doing =
  /\b(?:(?:what|where) (?:should|shall|must|can|do) (?:i|we) (?:do(?! (?:about|with|for|to)\b)|focus|begin|start|look)\b|priorit\w+|to-?do)/;

/** What a campaign did: whether it worked, or anything that is said of holdouts. */
const campaignDid =
  /\b(?:did|does|do|has|have|is|are|was|were)\b.*\b(?:campaigns?|mailings?|newsletters?|sync|e-?mails?|win ?-?back|offers?|letters?|promotions?)\b.*\b(?:work\w*|pay|paid|help\w*|effects?|effective|earn\w*|worth|success\w*|bring|brought|make a difference)\b|\b(?:up)?lift\b|\bincremental\w*|\bhold-?outs?\b|\bheld[- ]out\b|\bcontrol group\b/;

const topics: readonly (readonly [Topic, RegExp])[] = [
  [
    'compare',
    /\b(?:compar\w*|versus|vs|overlap\w*|side by side|most (?:alike|similar)|(?:difference|differ|differs) (?:between|from))\b/,
  ],
  ['moves', /\b(?:mov(?:e|es|ed|ing|ements?)|switch\w*|migrat\w*|joined|came back|come back)\b/],
  [
    'drift',
    /\b(?:drift\w*|chang(?:e|es|ed|ing)|alerts?|unusual|anything new|what'?s new|went wrong|news|why (?:did|have|has|is|are))\b/,
  ],
  [
    'predictions',
    /\b(?:predict\w*|forecast\w*|expect\w*|next (?:week|month|quarter|year|\d+ days)|uncertain\w*|unsure|trust|believe|rely|reliabl\w*|accura\w*|calibrat\w*|churn\w*|lifetime value|clv|how much\b.*\bat (?:risk|stake)|(?:revenue|money|sales|(?<!high[- ])value) (?:is |that is )?at (?:risk|stake))\b/,
  ],
  [
    'overview',
    /\b(?:(?:our|total|overall) (?:revenue|sales|turnover)|overview|summary|summari[sz]e|status|how many customers|readiness|missing|proposals?|data)\b/,
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

/** To compare with another time is to ask what changed. */
const anotherTime = /\b(?:last|previous|past|earlier) (?:week|month|quarter|year|time|refresh)\b|\bbefore\b/;

export interface Intent {
  /** Ids of standing questions that it asks. */
  standing: string[];
  topics: Topic[];
  /** Whether it speaks of segments, whatever of them. */
  asksSegments: boolean;
  /** Whether it asks which segments there are, and not for those that something holds of. */
  asksAllSegments: boolean;
  /** Handles of audiences that it names. */
  handles: string[];
  /** Customers whom it asks for by what they do. */
  people: AskedPeople | null;
  /** Money that it speaks of, and what a contact costs by it. */
  budget: { budget: number; cost: number | null } | null;
}

/** "Who are our segments, and how large is each?": nothing but a mark follows. */
const allSegments =
  /\b(?:(?:who|what|which) are|list|show(?: me)?|name) (?:all )?(?:of )?(?:our |my |the )?(?:customer )?(?:segments|groups)(?=\s*(?:$|[?.!,;:]))/;

const MOST_TOPICS = 3;

export function intentOf(question: string): Intent {
  const text = question.toLowerCase().replaceAll('’', "'");
  const found = topics.flatMap(([topic, words]) => (words.test(text) ? [topic] : []));
  const budget = budgetIn(text);
  const topicsOf = (): Topic[] => {
    if (campaignDid.test(text)) return ['lift'];
    if (spending.test(text) || (budget !== null && (budget.cost !== null || money.test(text))))
      return ['budget', ...found];
    if (found[0] === 'compare' && anotherTime.test(text)) return ['drift', 'moves'];
    if (doing.test(text)) return ['todo', ...found];
    return standingOfShop.test(text) ? [...new Set<Topic>(['overview', 'drift', 'moves', ...found])] : found;
  };
  return {
    standing: standing.flatMap(([id, words]) => (words.test(text) ? [id] : [])).slice(0, 1),
    topics: topicsOf().slice(0, MOST_TOPICS),
    people: askedPeople.find(({ asks }) => asks.test(text)) ?? null,
    asksSegments: /\b(?:segments?|groups?)\b/.test(text),
    asksAllSegments: allSegments.test(text),
    handles: [...text.matchAll(/\ba-[0-9a-f]{6,16}\b/g)].map(([handle]) => handle),
    budget,
  };
}

/** To ask where money goes; to ask who spends asks of customers. */
const spending =
  /\bbudget\b|\b(?:should|shall|can|could|would|to|do|let's) (?:(?:i|we|you|best|it) ){0,2}(?:spend|invest)\b/;
const money = /^(?:please )?(?:spend|invest)\b|\bworth (?:writing|contacting)\b/;

const amount =
  /(?:([£$€])\s?|\b(?:gbp|usd|eur|chf) )?\b(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(k\b)?/g;

const contact =
  '(?:contact|message|mail(?:ing)?|e-?mail|letter|customer|postcard|flyer|catalogue|parcel|call|text|sms|person|head|piece)';
/** "0.80 a letter", "each letter costs 0.80", "at a cost of 0.80". */
const costAfter = new RegExp(`^ ?(?:each|apiece|(?:a|an|per|for each|for every) ${contact})\\b`);
const costBefore = new RegExp(
  `(?:\\bcost(?:s|ing)?(?: (?:is|are|of|about|around|us|me))*|\\bpostage(?: (?:is|of))?|\\b(?:a|an|per|each|every) ${contact}(?: (?:is|at|for))?) ?$`,
);
const noMoney = /^[ -]?(?:days?|weeks?|months?|years?|%|customers?|people|segments?|groups?)/;

/** The largest amount is the budget; one that is said to be of each contact is the cost. */
function budgetIn(text: string): Intent['budget'] {
  const amounts = [...text.matchAll(amount)].map(match => ({
    value: Number(match[2]!.replaceAll(',', '')) * (match[3] ? 1000 : 1),
    before: text.slice(0, match.index),
    after: text.slice(match.index + match[0].length),
  }));
  const isCost = ({ before, after }: (typeof amounts)[number]) =>
    costAfter.test(after) || costBefore.test(before);
  const cost = amounts.find(isCost)?.value ?? null;
  const rest = amounts.filter(each => !isCost(each) && !noMoney.test(each.after));
  const budget = Math.max(0, ...rest.map(({ value }) => value));
  return budget > 0 ? { budget, cost: cost === 0 ? null : cost } : null;
}
