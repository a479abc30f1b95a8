import { ANY, BUY, type ClaimEntry, OFTEN, PEOPLE, SELDOM } from './entry.ts';

/** "Rarely buy the same thing twice" and "often order in the evening" do not say how often they order. */
const UNNARROWED =
  '(?! (?:the same|anything|something|more than one|more than once|at|with|without|in|from|on|for|an?|any|full|again) )';

/** How often, how much and in which rhythm they order. */
export const orderPhrases: readonly ClaimEntry[] = [
  {
    about: 'how often they order',
    features: { orders_per_month: 1, orders: 1, days_between_orders: -1, active_month_share: 1 },
    high: [
      `${BUY} ${OFTEN}`,
      `(?:often|frequently) ${BUY}${UNNARROWED}`,
      `${BUY} (?:twice|\\S+ times) (?:as|more) (?:often|frequently)`,
      `(?:very |the most |most )?(?:frequent|heavy) ${PEOPLE}`,
      'keep coming back',
      '(?:come|came|return) back (?:often|again and again|soon)',
      'order after order',
    ],
    low: [
      `${BUY} ${SELDOM}`,
      `${BUY} (?:half|a third|a quarter) as (?:often|frequently)`,
      `${SELDOM} ${BUY}${UNNARROWED}`,
      `(?:infrequent|occasional|sporadic|light) ${PEOPLE}`,
      '(?:buy|order) little',
      'seldom and then',
    ],
    nouns: { count: ['orders', 'purchases'], rate: ['order frequency', 'purchase frequency'] },
  },
  {
    about: 'the time between orders',
    features: { days_between_orders: 1, orders_per_month: -1 },
    high: ['(?:wait|leave) long between orders', 'weeks or months apart'],
    low: ['come back soon after an order', 'soon after the last one', 'in quick succession'],
    nouns: {
      time: ['gaps?', 'gaps? between orders', 'intervals?', 'time between orders', 'waits? between orders'],
    },
  },
  {
    about: 'whether they ordered once only',
    features: { single_order: 1, orders: -1 },
    high: [
      '(?:ordered|bought|came|purchased|shopped) (?:only |just )?once(?: only)?',
      '(?:one time|one off|single order) (?:buyers?|shoppers?|customers?|orders?|purchases?)',
      '(?:only|just) one order',
      'a single (?:order|purchase)',
      'never (?:came|come|returned|ordered|bought) (?:back|again)',
    ],
    low: [
      `(?:repeat|returning) ${PEOPLE}`,
      'repeat orders',
      '(?:ordered|bought|came back) more than once',
      'ordered (?:again and again|several times|many times)',
    ],
  },
  {
    about: 'what they spend on an order',
    features: { order_value: 1 },
    high: [
      `(?:spends?|pays?|paid) (?:a lot|much|heavily|more|the most|freely)(?: more)? (?:per|an?|each|on each|on every|on an|every) (?:order|purchase|time)`,
      '(?:buy|buys|order|orders) big',
      `high value (?:orders|${PEOPLE})`,
      'expensive orders',
    ],
    low: [
      '(?:spends?|pays?|paid) (?:only |very )?(?:little|less|the least) (?:per|an?|each|on each|on every|on an|every) (?:order|purchase|time)',
      `small order ${PEOPLE}`,
    ],
    nouns: {
      size: ['orders', 'order values?', 'sums', 'purchases'],
      rate: ['order values?', 'spend(?:ing)? (?:per|an) order'],
    },
  },
  {
    about: 'what they spend in all',
    features: { revenue: 1, order_value: 1, revenue_last_year: 1 },
    high: [
      '(?:top|biggest|highest|largest|big|heavy) spenders',
      '(?:spends?|spent) (?:a lot|much|heavily|far more|much more|more|the most|freely)',
      'brings? in (?:a lot of|much|the most|far more) (?:revenue|money)',
      `(?:valuable|most valuable|best) ${PEOPLE}`,
    ],
    low: [
      '(?:low|light|small) spenders',
      '(?:spends?|spent) (?:only |very )?(?:little|less|the least)',
      'brings? in (?:little|less|the least) (?:revenue|money)?',
    ],
    nouns: {
      size: ['total spend', 'revenue'],
      rate: ['total spend', 'revenue', 'revenue after returns', 'spend', 'spending'],
    },
  },
  {
    about: 'how much lies in a basket',
    features: { basket_items: 1, basket_products: 1 },
    high: [
      'fills? (?:the|their) baskets?',
      'stock up',
      '(?:buy|order)s? in bulk',
      `large basket ${PEOPLE}`,
      '(?:buy|order)s? many (?:items|things|products|pieces) at (?:a time|once)',
    ],
    low: [
      '(?:one|two|one or two|a few|few) (?:items|products|things|pieces) at (?:a time|once)',
      'come for one product',
      `small basket ${PEOPLE}`,
    ],
    nouns: {
      size: ['baskets?'],
      count: ['items (?:per|an|in an|each) order', '(?:different )?products (?:per|an|in an|each) order'],
    },
  },
  {
    about: 'whether their order values change',
    features: { value_trend: 1 },
    high: [
      'spends? more per order than before',
      '(?:rising|growing) (?:order values|orders|baskets)',
      'order values? (?:rise|rises|grow|grows)',
      'rising spenders',
    ],
    low: [
      'spends? less per order than before',
      '(?:falling|shrinking) (?:order values|orders|baskets)',
      'order values? (?:fall|falls|shrink|shrinks)',
      'falling spenders',
    ],
  },
  {
    about: 'how regular their orders are',
    features: { gap_variation: -1, orders_per_month: 1, overdue_ratio: -1 },
    high: [
      `(?:${BUY} )?(?:regularly|steadily|like clockwork)`,
      '(?:at|in) (?:regular|even|steady) (?:intervals|rhythm)',
      'a (?:steady|regular) rhythm',
      `(?:regular|steady) ${PEOPLE}`,
      'regulars',
    ],
    low: [
      '(?:at|in) irregular (?:times|intervals)',
      'irregularly',
      `irregular ${PEOPLE}`,
      'no (?:steady|regular|fixed) rhythm',
    ],
  },
  {
    about: 'how much they use discounts',
    features: { discounted_order_share: 1, discount_depth: 1, coupon_share: 1 },
    high: [
      `(?:mostly |mainly |usually |often |only |nearly always |almost always )?${BUY}(?: mostly| mainly| usually| often| only| chiefly| nearly always| almost always| when it is| nearly everything)? (?:with|at|on|for|in) (?:a |an |the )?(?:discounts?|coupons?|sales?|offers?|reduced prices?)`,
      `(?:discount|coupon|sale|deal|offer|bargain|price) (?:led |driven |minded )?(?:${PEOPLE}|hunters|users|seekers|lovers)`,
      '(?:price|discount|deal|offer) (?:driven|led|minded|sensitive)',
      'bargain hunters',
      'wait for (?:the |a )?(?:sales?|discounts?|offers?)',
    ],
    low: [
      '(?:at|pay|pays|paying|close to|near|mostly at|nearly) (?:the )?full price',
      `full price ${PEOPLE}`,
      'without (?:a |any )?discounts?',
      `${SELDOM} (?:use|uses|need|needs|with) ${ANY}(?:discounts?|coupons?)`,
      'need no discounts?',
    ],
    nouns: {
      count: ['discounts', 'coupons', 'orders with a discount', 'discounted orders'],
      size: ['discounts'],
    },
  },
  {
    about: 'how much they send back',
    features: { return_rate: 1 },
    high: [
      '(?:often |mostly )?(?:sends?|sending) (?:things|goods|much|a lot|many things|items|more|orders)? ?back(?: often| a lot)?',
      'returns? (?:a lot|much|many|often|goods often|items often)',
      'frequent returners',
    ],
    low: [
      `${SELDOM} (?:sends?|returns?)(?: anything| things| goods| items)?(?: back)?`,
      'keeps? what they (?:buy|order)',
    ],
    nouns: {
      count: ['returns', 'orders with a return', 'returned items'],
      rate: ['return rates?', 'share of returns'],
    },
  },
];
