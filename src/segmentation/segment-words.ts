import { lapsedArchetypes, lapsedCells } from './moves/lapsed.ts';

/** What a person may call a kind of customer, and how a segment shows that it is of that kind. */
export interface SegmentWord {
  /** As a person is told what was understood. */
  says: string;
  /** Stands at the beginning of a word. */
  written: RegExp;
  archetypes: readonly string[];
  /** Wanted direction by feature id. */
  wants: Readonly<Record<string, 1 | -1>>;
}

/** Phrases before words: what an earlier entry reads, a later one does not read again. */
export const segmentWords: readonly SegmentWord[] = [
  {
    says: 'lapsed',
    written:
      /\b(?:(?:no longer|stopped) (?:buy|order|purchas|com|shop)\w*|(?:not|never|haven't|hasn't) (?:been|bought|ordered|purchased|shopped)|laps\w*|inactive|dormant|sleep\w*|silent|gone|lost|absent|stayed away|away)\b/,
    archetypes: [...lapsedArchetypes, ...lapsedCells],
    wants: { recency: 1, overdue_ratio: 1, recent_value_share: -1 },
  },
  {
    says: 'can be won back',
    written:
      /\b(?:recover\w*|win(?:ning)? (?:them )?back|won back|re-?activ\w*|reach(?:able|ed)|re-?engag\w*|salvag\w*)\b/,
    archetypes: ['lapsed_recoverable', 'at_risk_repeaters', 'at_risk', 'cannot_lose'],
    wants: { days_since_visit: -1, click_rate: 1, open_rate: 1, cart_abandonment: 1 },
  },
  {
    says: 'at risk of leaving',
    written:
      /\b(?:at[ -]risk|risk\w*|churn\w*|slip\w*|leav\w*|los(?:e|ing)|fad(?:e|ing)|declin\w*|defect\w*)\b/,
    archetypes: [
      'churn_risk',
      'at_risk_repeaters',
      'fading',
      'at_risk',
      'cannot_lose',
      'about_to_sleep',
      'renewals_at_risk',
      'failing_payments',
      'fading_users',
      'sleeping_payers',
    ],
    wants: { overdue_ratio: 1, recency: 1, recent_value_share: -1 },
  },
  {
    says: 'order at full price',
    written: /\b(?:full[ -]price\w*|without (?:a )?discounts?|never (?:use|need)s? (?:a )?discounts?)\b/,
    archetypes: [],
    wants: { discounted_order_share: -1, coupon_share: -1, discount_depth: -1 },
  },
  {
    says: 'order at a discount',
    written:
      /\b(?:(?:wait\w* for (?:a |the )?)?(?:discount|sale|offer)s?|discount\w*|bargain\w*|price[ -]\w+|cheap\w*|deals?|coupon\w*|promo\w*|voucher\w*)\b/,
    archetypes: ['price_driven_occasional', 'bargain_seekers'],
    wants: { discounted_order_share: 1, coupon_share: 1, discount_depth: 1 },
  },
  {
    says: 'ordered once',
    written: /\b(?:one[ -]time\w*|one[ -]off|single[ -](?:order|purchase)\w*|once|one order)\b/,
    archetypes: ['long_gone_one_timers'],
    wants: { single_order: 1, orders: -1 },
  },
  {
    says: 'new',
    written:
      /\b(?:new(?:est|ly|comers?)?|first[ -]time\w*|recently joined|just joined|beginners?|onboard\w*)\b/,
    archetypes: [
      'high_potential_first_timers',
      'new_customers',
      'quick_newcomers',
      'first_time_guests',
      'new_subscribers',
      'new_accounts',
      'potential_loyalists',
    ],
    wants: { tenure: -1 },
  },
  {
    says: 'spend much',
    written:
      /\b(?:big|best|top|valuable|vips?|high[ -](?:value|spend\w*)|high[ -]?rollers?|spenders?|wealthy|premium|whales?|most money|spend\w* (?:the )?(?:a lot|most|much|more)|profitable)\b/,
    archetypes: ['champions', 'high_value_considered', 'engaged_giants', 'high_rate'],
    wants: { revenue: 1, order_value: 1 },
  },
  {
    says: 'loyal',
    written:
      /\b(?:loyal\w*|regulars?|faithful|repeat\w*|devoted|frequent(?:ly)?|fans?|come back|keep coming|active|steady)\b/,
    archetypes: [
      'champions',
      'loyal',
      'loyal_regulars',
      'single_category_loyalists',
      'active_repeaters',
      'subscription_shaped',
      'slow_and_steady',
      'returning_regulars',
      'long_standing',
      'reliable_renewers',
    ],
    wants: { orders: 1, orders_per_month: 1, active_month_share: 1, single_order: -1, overdue_ratio: -1 },
  },
  {
    says: 'order seldom',
    written: /\b(?:occasional\w*|rare(?:ly)?|seldom|sporadic\w*|infrequent\w*|light)\b/,
    archetypes: ['occasional', 'price_driven_occasional', 'fading', 'occasional_guests'],
    wants: { orders_per_month: -1, active_month_share: -1, orders: -1 },
  },
  {
    says: 'buy by season',
    written: /\b(?:season\w*|christmas|holidays?|gifts?|festive|summer|winter)\b/,
    archetypes: ['seasonal_shoppers', 'holiday_buyers'],
    wants: { seasonal_concentration: 1, holiday_share: 1 },
  },
  {
    says: 'leave carts behind',
    written: /\b(?:carts?|abandon\w*|checkouts?)\b/,
    archetypes: ['cart_abandoners', 'lapsed_recoverable'],
    wants: { cart_abandonment: 1 },
  },
  {
    says: 'visit and look around',
    written: /\b(?:brows\w*|visit\w*|look(?:ing|s)?(?: around)?|window)\b/,
    archetypes: ['window_browsers'],
    wants: { sessions: 1, browse_breadth: 1, browse_to_buy: -1 },
  },
  {
    says: 'send goods back',
    written:
      /\b(?:returners?|returns|return (?:a lot|much|often|most|goods|items|what)|refund\w*|sen[dt]s? (?:\w+ )?back)\b/,
    archetypes: ['serial_returners'],
    wants: { return_rate: 1 },
  },
  {
    says: 'need support or complain',
    written: /\b(?:complain\w*|support|tickets?|service|unhappy|dissatisfied|angry)\b/,
    archetypes: ['service_heavy'],
    wants: { tickets_per_order: 1, complaint_share: 1, satisfaction: -1 },
  },
  {
    says: 'order in the evening or at the weekend',
    written: /\b(?:evenings?|nights?|weekends?|after work)\b/,
    archetypes: ['evening_weekend'],
    wants: { evening_share: 1, weekend_share: 1 },
  },
  {
    says: 'buy in a shop',
    written: /\b(?:in[ -]store|in the shop|offline|stores?)\b/,
    archetypes: ['in_store'],
    wants: { offline_share: 1 },
  },
  {
    says: 'respond to e-mail',
    written: /\b(?:e-?mails?|newsletters?|openers?|clickers?|responsive)\b/,
    archetypes: ['email_responsive'],
    wants: { open_rate: 1, click_rate: 1 },
  },
  {
    says: 'keep to one category',
    written: /\b(?:(?:single|one)[ -]category|speciali[sz]\w*|narrow)\b/,
    archetypes: ['single_category_loyalists', 'category_specialists'],
    wants: { top_category_share: 1, category_entropy: -1 },
  },
  {
    says: 'buy across categories',
    written: /\b(?:explor\w*|variety|(?:many|multi|several|all|across)[ -]categor\w*|wide)\b/,
    archetypes: ['multi_category_explorers'],
    wants: { category_entropy: 1, product_variety: 1 },
  },
  {
    says: 'buy at a steady pace, as by subscription',
    written: /\b(?:subscri\w*|clockwork|replenish\w*|re-?order\w*)\b/,
    archetypes: ['subscription_shaped', 'slow_and_steady'],
    wants: { gap_variation: -1, repeat_product_share: 1 },
  },
  {
    says: 'fill large baskets',
    written: /\b(?:(?:large|big|full) (?:baskets?|orders?)|bulk|stock up)\b/,
    archetypes: ['large_baskets'],
    wants: { basket_items: 1 },
  },
  {
    says: 'spend ever more',
    written: /\b(?:growing|rising|up-?and-?coming|increas\w*|potential)\b/,
    archetypes: [
      'rising_spenders',
      'growing_accounts',
      'upgraders',
      'high_potential_first_timers',
      'potential_loyalists',
    ],
    wants: { value_trend: 1 },
  },
];
