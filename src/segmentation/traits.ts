import { sectorTraits } from './traits-sectors.ts';

/** How a feature names a segment that fits no archetype. */
export interface Trait {
  /** Subject of a name: "Evening shoppers". */
  head: string;
  /** After "with": "evening orders". */
  with: string;
  /** The segment's mean from which (or up to which) the words are true in themselves, not only by comparison. */
  atLeast?: number;
  atMost?: number;
}

export interface FeatureTraits {
  /** What the feature is about; features of one concept say the same thing, so that a text uses one of them. */
  concept: string;
  /** It is measured for figures over time; texts about the segment speak of another feature of the concept. */
  quiet?: true;
  /** Its figure means nothing by itself: a text uses another feature of the concept where one differs clearly. */
  abstract?: true;
  high: Trait | null;
  low: Trait | null;
}

/** By feature id. */
export const traits: Readonly<Record<string, FeatureTraits>> = {
  revenue: {
    concept: 'total spend',
    high: { head: 'Top spenders', with: 'high total spend' },
    low: { head: 'Low spenders', with: 'low total spend' },
  },
  orders: {
    concept: 'frequency',
    high: { head: 'Repeat buyers', with: 'many orders' },
    low: { head: 'Light buyers', with: 'few orders' },
  },
  revenue_last_year: { concept: 'total spend', quiet: true, high: null, low: null },
  revenue_last_90_days: { concept: 'absence', quiet: true, high: null, low: null },
  orders_last_90_days: { concept: 'absence', quiet: true, high: null, low: null },
  orders_last_14_days: { concept: 'absence', quiet: true, high: null, low: null },
  order_lines_bought: { concept: 'frequency', high: null, low: null },
  orders_per_month: {
    concept: 'frequency',
    high: { head: 'Frequent buyers', with: 'frequent orders' },
    low: { head: 'Infrequent buyers', with: 'infrequent orders' },
  },
  days_between_orders: {
    concept: 'frequency',
    high: { head: 'Long-interval buyers', with: 'long gaps between orders' },
    low: { head: 'Short-interval buyers', with: 'short gaps between orders' },
  },
  active_month_share: {
    concept: 'frequency',
    high: { head: 'Month-by-month buyers', with: 'orders in most months', atLeast: 0.5 },
    low: { head: 'Sporadic buyers', with: 'orders in few months', atMost: 0.4 },
  },
  single_order: {
    concept: 'frequency',
    high: { head: 'One-time buyers', with: 'a single order', atLeast: 0.8 },
    low: { head: 'Returning customers', with: 'repeat orders', atMost: 0.2 },
  },
  gap_variation: {
    concept: 'rhythm',
    high: { head: 'Irregular buyers', with: 'irregular timing' },
    low: { head: 'Regular buyers', with: 'a steady rhythm' },
  },
  order_value: {
    concept: 'order value',
    high: { head: 'High-value buyers', with: 'large order values' },
    low: { head: 'Small-order buyers', with: 'small order values' },
  },
  order_value_variation: {
    concept: 'even spend',
    high: { head: 'Uneven spenders', with: 'uneven order values' },
    low: { head: 'Even spenders', with: 'even order values' },
  },
  value_trend: {
    concept: 'trend',
    high: { head: 'Rising spenders', with: 'rising order values', atLeast: 0.02 },
    low: { head: 'Falling spenders', with: 'falling order values', atMost: -0.02 },
  },
  basket_items: {
    concept: 'basket',
    high: { head: 'Large-basket buyers', with: 'large baskets' },
    low: { head: 'Small-basket buyers', with: 'small baskets' },
  },
  basket_products: {
    concept: 'basket',
    high: { head: 'Varied-basket buyers', with: 'varied baskets' },
    low: { head: 'Narrow-basket buyers', with: 'few products at a time' },
  },
  category_entropy: {
    concept: 'range',
    abstract: true,
    high: { head: 'Wide-range buyers', with: 'a wide range of categories' },
    low: { head: 'Narrow-range buyers', with: 'a narrow range of categories' },
  },
  top_category_share: {
    concept: 'range',
    high: { head: 'Favourite-category buyers', with: 'one favourite category', atLeast: 0.5 },
    low: { head: 'Buyers without a favourite category', with: 'no favourite category', atMost: 0.5 },
  },
  repeat_product_share: {
    concept: 'repeats',
    high: { head: 'Re-orderers', with: 'repeat purchases of the same products', atLeast: 0.15 },
    low: { head: 'Variety seekers', with: 'new products each time', atMost: 0.5 },
  },
  product_variety: {
    concept: 'repeats',
    high: { head: 'Variety seekers', with: 'ever new products', atLeast: 0.5 },
    low: { head: 'Same-product buyers', with: 'the same few products', atMost: 0.8 },
  },
  channel_variety: {
    concept: 'channel',
    abstract: true,
    high: { head: 'Multi-channel buyers', with: 'several channels' },
    low: { head: 'Single-channel buyers', with: 'one channel' },
  },
  offline_share: {
    concept: 'channel',
    high: { head: 'In-store buyers', with: 'orders in the shop', atLeast: 0.5 },
    low: { head: 'Online buyers', with: 'orders online', atMost: 0.3 },
  },
  discounted_order_share: {
    concept: 'discounts',
    high: { head: 'Discount buyers', with: 'frequent discounts', atLeast: 0.4 },
    low: { head: 'Full-price buyers', with: 'few discounts', atMost: 0.3 },
  },
  discount_depth: {
    concept: 'discounts',
    high: { head: 'Deep-discount buyers', with: 'deep discounts', atLeast: 0.08 },
    low: { head: 'Near-full-price buyers', with: 'small discounts', atMost: 0.1 },
  },
  coupon_share: {
    concept: 'discounts',
    high: { head: 'Coupon users', with: 'many coupons', atLeast: 0.4 },
    low: { head: 'Buyers without coupons', with: 'few coupons', atMost: 0.2 },
  },
  return_rate: {
    concept: 'returns',
    high: { head: 'Frequent returners', with: 'many returns', atLeast: 0.15 },
    low: { head: 'Buyers who keep what they order', with: 'few returns', atMost: 0.1 },
  },
  evening_share: {
    concept: 'time of day',
    high: { head: 'Evening shoppers', with: 'evening orders', atLeast: 0.35 },
    low: { head: 'Daytime shoppers', with: 'daytime orders', atMost: 0.4 },
  },
  weekend_share: {
    concept: 'week',
    high: { head: 'Weekend shoppers', with: 'weekend orders', atLeast: 0.4 },
    low: { head: 'Working-day shoppers', with: 'orders on working days', atMost: 0.2 },
  },
  seasonal_concentration: {
    concept: 'season',
    high: { head: 'One-season shoppers', with: 'orders close together in the year', atLeast: 0.55 },
    low: { head: 'All-year shoppers', with: 'orders all year round', atMost: 0.5 },
  },
  holiday_share: {
    concept: 'season',
    high: { head: 'Holiday-season shoppers', with: 'orders in November and December', atLeast: 0.4 },
    low: { head: 'Shoppers outside the holidays', with: 'few holiday orders', atMost: 0.15 },
  },
  sessions: {
    concept: 'visits',
    high: { head: 'Frequent visitors', with: 'many visits' },
    low: { head: 'Rare visitors', with: 'few visits' },
  },
  session_depth: {
    concept: 'visit depth',
    high: { head: 'Deep browsers', with: 'many pages a visit' },
    low: { head: 'Quick visitors', with: 'few pages a visit' },
  },
  browse_breadth: {
    concept: 'visits',
    high: { head: 'Wide browsers', with: 'interest in many categories' },
    low: { head: 'Focused browsers', with: 'interest in few categories' },
  },
  cart_abandonment: {
    concept: 'carts',
    high: { head: 'Cart leavers', with: 'many abandoned carts', atLeast: 0.3 },
    low: { head: 'Cart completers', with: 'few abandoned carts', atMost: 0.2 },
  },
  browse_to_buy: {
    concept: 'conversion',
    high: { head: 'Purposeful visitors', with: 'many visits that lead to an order', atLeast: 0.4 },
    low: { head: 'Browsers', with: 'few visits that lead to an order', atMost: 0.5 },
  },
  days_since_visit: {
    concept: 'visits',
    high: { head: 'Absent visitors', with: 'no recent visits' },
    low: { head: 'Recent visitors', with: 'recent visits' },
  },
  paid_visit_share: {
    concept: 'origin',
    high: { head: 'Advertising-led visitors', with: 'visits through advertising', atLeast: 0.4 },
    low: { head: 'Unprompted visitors', with: 'few visits through advertising', atMost: 0.3 },
  },
  evening_visit_share: {
    concept: 'time of day',
    high: { head: 'Evening browsers', with: 'evening visits', atLeast: 0.45 },
    low: { head: 'Daytime browsers', with: 'daytime visits', atMost: 0.4 },
  },
  emails: { concept: 'e-mail', high: null, low: null },
  open_rate: {
    concept: 'e-mail',
    high: { head: 'E-mail readers', with: 'frequent e-mail opens', atLeast: 0.3 },
    low: { head: 'Occasional e-mail readers', with: 'few e-mail opens', atMost: 0.3 },
  },
  click_rate: {
    concept: 'e-mail',
    high: { head: 'E-mail clickers', with: 'frequent e-mail clicks' },
    low: { head: 'Rare e-mail clickers', with: 'few e-mail clicks' },
  },
  days_since_click: {
    concept: 'e-mail',
    high: { head: 'Silent e-mail readers', with: 'no recent e-mail clicks' },
    low: { head: 'Recent e-mail clickers', with: 'recent e-mail clicks' },
  },
  engagement_trend: {
    concept: 'e-mail trend',
    high: { head: 'Warming readers', with: 'growing interest in e-mails', atLeast: 0.02 },
    low: { head: 'Cooling readers', with: 'fading interest in e-mails', atMost: -0.02 },
  },
  unsubscribed: {
    concept: 'consent',
    high: { head: 'Unsubscribed buyers', with: 'unsubscribed e-mails', atLeast: 0.5 },
    low: null,
  },
  tickets_per_order: {
    concept: 'support',
    high: { head: 'Support-heavy buyers', with: 'many support tickets' },
    low: { head: 'Self-sufficient buyers', with: 'few support tickets' },
  },
  tickets: { concept: 'support', high: null, low: null },
  days_since_ticket: { concept: 'support', high: null, low: null },
  complaint_share: {
    concept: 'complaints',
    high: { head: 'Complaining buyers', with: 'many complaints', atLeast: 0.4 },
    low: { head: 'Uncomplaining buyers', with: 'few complaints', atMost: 0.2 },
  },
  satisfaction: {
    concept: 'satisfaction',
    high: { head: 'Satisfied buyers', with: 'high satisfaction' },
    low: { head: 'Dissatisfied buyers', with: 'low satisfaction' },
  },
  tenure: {
    concept: 'tenure',
    high: { head: 'Long-standing customers', with: 'a long history' },
    low: { head: 'Recent customers', with: 'a short history' },
  },
  recency: {
    concept: 'absence',
    high: { head: 'Absent customers', with: 'no recent order' },
    low: { head: 'Currently active buyers', with: 'a recent order' },
  },
  overdue_ratio: {
    concept: 'absence',
    high: { head: 'Overdue customers', with: 'a wait beyond their usual gap', atLeast: 1.5 },
    low: { head: 'Customers on schedule', with: 'a wait within their usual gap', atMost: 1.2 },
  },
  recent_value_share: {
    concept: 'absence',
    high: { head: 'Newly active buyers', with: 'mostly recent spending', atLeast: 0.4 },
    low: { head: 'Formerly active buyers', with: 'little recent spending', atMost: 0.15 },
  },
  days_to_first_order: {
    concept: 'first order',
    high: { head: 'Slow starters', with: 'a slow first order' },
    low: { head: 'Quick starters', with: 'a quick first order' },
  },
  days_to_second_order: {
    concept: 'frequency',
    high: { head: 'Hesitant repeat buyers', with: 'a slow second order' },
    low: { head: 'Eager repeat buyers', with: 'a quick second order' },
  },
  ...sectorTraits,
};
