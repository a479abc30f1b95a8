import { BUY, type ClaimEntry, PEOPLE, SELDOM } from './entry.ts';

const WHEN = '(?: mostly| mainly| chiefly| largely| often| usually)?';

/** What they order, where and when. */
export const mannerPhrases: readonly ClaimEntry[] = [
  {
    about: 'how many categories they buy from',
    features: { category_entropy: 1, top_category_share: -1, browse_breadth: 1, basket_products: 1 },
    high: [
      'across (?:many|several|all|the) (?:categories|shelves|range)',
      '(?:from|in|of) (?:many|several) categories',
      'many categories',
      '(?:wide|broad|wider|broader) range',
      'whole range',
      `multi category (?:explorers|${PEOPLE})`,
    ],
    low: [
      '(?:in|from|to|of|on) (?:one|a single|just one) category',
      '(?:single|one) category',
      'narrow(?:er)? range',
      'one corner of the (?:shop|range|catalogue)',
    ],
  },
  {
    about: 'how varied the products are that they buy',
    features: { product_variety: 1, repeat_product_share: -1 },
    high: [
      'ever new products',
      '(?:try|tries|always) (?:something|new things|new products)',
      `${SELDOM} buys? the same (?:thing|product|item)s?(?: twice| again)?`,
      'variety seekers',
      'something (?:new|different) (?:each|every) time',
    ],
    low: [
      'the same (?:few )?(?:products|things|items)(?: again| over and over)?',
      're ?order(?:s|ers|ing)?',
      `(?:replenishment|same product) ${PEOPLE}`,
      'buys? again what they',
    ],
  },
  {
    about: 'how many channels they use',
    features: { channel_variety: 1 },
    high: ['(?:several|many|more than one) channels', 'multi channel'],
    low: ['(?:one|a single) channel', 'single channel'],
  },
  {
    about: 'whether they buy in a shop',
    features: { offline_share: 1 },
    high: [
      `${BUY}${WHEN} (?:in|at) (?:a |the )?(?:stores?|branch|branches|till)`,
      `in store ${PEOPLE}`,
      'over the counter',
      'orders in the shop',
    ],
    low: [`${BUY}${WHEN} online`, `online ${PEOPLE}`],
  },
  {
    about: 'whether they order in the evening',
    features: { evening_share: 1, evening_visit_share: 1 },
    high: [
      `(?:${BUY}|browse|visit|look)${WHEN} (?:in the evenings?|at night|after work|late in the day)`,
      `evening (?:${PEOPLE}|orders|visits|browsers)`,
    ],
    low: [
      `(?:${BUY}|browse|visit|look)${WHEN} (?:during the day|by day|in the daytime|in working hours)`,
      `daytime (?:${PEOPLE}|orders|visits|browsers)`,
    ],
  },
  {
    about: 'whether they order at weekends',
    features: { weekend_share: 1 },
    high: [
      `${BUY}${WHEN} (?:at (?:the )?weekends?|on saturdays?|on sundays?)`,
      `weekend (?:${PEOPLE}|orders)`,
    ],
    low: [
      `${BUY}${WHEN} (?:on (?:working|week) ?days|in the working week|on weekdays|during the week)`,
      `(?:working day|weekday) (?:${PEOPLE}|orders)`,
    ],
  },
  {
    about: 'how much they order in November and December',
    features: { holiday_share: 1 },
    high: [
      `${BUY}${WHEN} (?:in|around|for|before|during|at) (?:november|december|christmas|the holidays|the holiday season|the festive season|the run up to christmas)`,
      `(?:holiday|holiday season|christmas|festive|gift season|seasonal) (?:orders|gift )?(?:${PEOPLE})`,
    ],
    low: [
      'outside (?:the )?(?:holidays|holiday season|christmas)',
      'little for the holidays',
      `${SELDOM} (?:in|for|before) (?:november|december|christmas|the holidays)`,
    ],
    nouns: { count: ['holiday orders', 'christmas orders'] },
  },
  {
    about: 'whether their orders fall into one season',
    features: { seasonal_concentration: 1, holiday_share: 1 },
    high: [
      '(?:in|during) (?:one|a single) season',
      'once a year',
      'one season',
      'close together in the year',
    ],
    low: [
      '(?:all|throughout the|through the whole|round the) year(?: round)?',
      'all year round',
      'year round',
    ],
  },
];
