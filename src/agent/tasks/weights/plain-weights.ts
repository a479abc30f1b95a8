import { InputError } from '../../../errors.ts';
import type { WeightsDraft } from './weights-draft.ts';
import type { WeighableFeature, WeightsSheet } from './weights-sheet.ts';

interface Topic {
  /** Any of these beginnings of words tells of it. */
  words: RegExp;
  /** What the weights bring out: "… who would take a subscription". */
  brings: string;
  features: Readonly<Record<string, string>>;
}

/** What common priorities turn on, by feature. */
const topics: readonly Topic[] = [
  {
    words: /\b(?:subscri|member|replenish|auto-?ship|refill)/i,
    brings: 'who orders so evenly that a subscription would suit them',
    features: {
      gap_variation: 'Who orders at even intervals has a use for a subscription.',
      days_between_orders: 'The time between orders says which interval to offer.',
      repeat_product_share: 'Who buys the same things again has something to subscribe to.',
      active_month_share: 'Who orders in most months keeps a subscription.',
    },
  },
  {
    words: /\b(?:retain|retention|churn|laps|win-?\s?back|lost|recover|inactive|leav)/i,
    brings: 'who is leaving, and how long ago they went quiet',
    features: {
      recency: 'The time since the last order is the plainest sign of leaving.',
      overdue_ratio: 'Silence counts against the own rhythm of a customer.',
      recent_value_share: 'What of their spending is recent shows who is fading.',
      days_since_visit: 'Who still visits can still be won back.',
      engagement_trend: 'Interest in e-mails falls before orders do.',
    },
  },
  {
    words: /\b(?:e-?mail|newsletter|mailing|open rate|click)/i,
    brings: 'who can be reached by e-mail, and who no longer reads it',
    features: {
      click_rate: 'Clicks show interest that opens only suggest.',
      open_rate: 'Who opens can be reached.',
      days_since_click: 'The last click tells how fresh the interest is.',
      engagement_trend: 'Its direction tells who is about to stop reading.',
      unsubscribed: 'Who unsubscribed is out of reach of e-mail.',
    },
  },
  {
    words: /\b(?:margin|discount|promotion|sale|clearance|coupon|voucher|price)/i,
    brings: 'who buys at the full price and who waits for an offer',
    features: {
      discounted_order_share: 'It tells who waits for an offer from who buys anyway.',
      discount_depth: 'How deep the discount has to be is what margin turns on.',
      return_rate: 'Returns cost margin as discounts do.',
      order_value: 'The value of an order decides what an offer may cost.',
    },
  },
  {
    words: /\b(?:cross-?sell|range|categor|collection|assortment)/i,
    brings: 'who keeps to one category and who would try another',
    features: {
      category_entropy: 'Who buys across categories takes to a new range first.',
      top_category_share: 'Who keeps to one category needs another message.',
      browse_breadth: 'Looking around comes before buying across.',
      basket_products: 'Baskets of several products show who combines.',
    },
  },
  {
    words: /\b(?:season|christmas|holiday|gift|black friday|summer|winter)/i,
    brings: 'who buys by the season',
    features: {
      seasonal_concentration: 'It tells who comes back at the same time of the year.',
      holiday_share: 'Orders of November and December are mostly gifts.',
    },
  },
  {
    words: /\b(?:new customer|acqui|second order|onboard|welcome|first order)/i,
    brings: 'who has just come, and whether they are on the way to a second order',
    features: {
      tenure: 'How long ago the first order was tells newcomers from regulars.',
      recency: 'Soon after the first order a second one is won most easily.',
      browse_to_buy: 'Visits that end in an order show who has decided.',
    },
  },
  {
    words: /\b(?:store|offline|high street|branch|channel|omni)/i,
    brings: 'who buys where',
    features: {
      offline_share: 'It tells who buys in a shop from who orders online.',
      channel_variety: 'Who uses several channels can be met in each.',
    },
  },
  {
    words: /\b(?:service|support|complain|satisf|ticket|return)/i,
    brings: 'who had trouble, and whether it cost them',
    features: {
      tickets_per_order: 'It tells whose orders need help.',
      complaint_share: 'Complaints come before leaving.',
      satisfaction: 'Whether help was good decides who stays.',
      return_rate: 'Returns show where the product did not keep its promise.',
    },
  },
  {
    words: /\b(?:vip|high[- ]value|best customer|big spender|premium|loyal)/i,
    brings: 'who is worth most and deserves most care',
    features: {
      order_value: 'The value of an order sets big spenders apart.',
      orders_per_month: 'Frequency makes value last.',
      value_trend: 'It tells whose worth is growing.',
    },
  },
  {
    words: /\b(?:website|browse|visit|cart|basket|conversion|app)/i,
    brings: 'who looks, who fills a cart and who buys',
    features: {
      sessions: 'How often they visit shows interest before any order.',
      cart_abandonment: 'Abandoned carts show who was close to buying.',
      browse_to_buy: 'Visits that end in an order tell buyers from lookers.',
      session_depth: 'How much they look at shows how seriously.',
    },
  },
];

const MOST = 3;

/**
 * Weights by the words of the priority alone: what it names counts double.
 *
 * @throws InputError where no word says which behaviour is meant, or the data has nothing of it
 */
export function plainWeights(priority: string, { usable }: WeightsSheet): WeightsDraft {
  const meant = topics.filter(({ words }) => words.test(priority));
  const reasons = new Map(meant.flatMap(({ features }) => Object.entries(features)));
  const weights = usable.flatMap(({ feature, weight }) => {
    const reason = reasons.get(feature.id);
    return reason ? [{ feature: feature.id, weight: doubled(weight), reason }] : [];
  });
  if (weights.length === 0)
    throw new InputError(
      meant.length === 0
        ? 'Without a language model, only plain words for a priority are understood, and none was found here.'
        : 'This data says nothing of what the priority names.',
      'Use words such as subscription, win back, newsletter, discount, range, season, new customers, store, service, ' +
        'best customers or website; or write the weights yourself: `kindred what-if --weights FILE`.',
    );
  return {
    summary: `The groups would tell apart more clearly ${meant.map(({ brings }) => brings).join('; and ')}.`,
    weights,
    leftOut: [],
    unsure: '',
  };
}

/** A feature that has no part in the recipe yet counts as usual. */
function doubled(weight: WeighableFeature['weight']): number {
  return weight === 0 ? 1 : Math.min(MOST, Math.round(200 * weight) / 100);
}
