/** How a rule says a bound on a feature; {x} is "more than 2" or "at most 20 %". */
export interface RulePhrase {
  text: string;
  /** Instead of "at most 0" and "more than 0". */
  none?: string;
  some?: string;
}

/** By feature id, in the third person, to follow one another with "and". Features without a phrase make no rules. */
export const rulePhrases: Readonly<Record<string, RulePhrase>> = {
  orders: { text: 'has ordered {x} times' },
  revenue: { text: 'has spent {x} in all' },
  orders_per_month: { text: 'orders {x} times a month' },
  days_between_orders: { text: 'leaves {x} between orders' },
  gap_variation: { text: 'orders at intervals that vary by {x}' },
  order_value: { text: 'spends {x} an order' },
  order_value_variation: { text: 'spends amounts that vary by {x} from order to order' },
  basket_items: { text: 'buys {x} items at a time' },
  basket_products: { text: 'buys {x} different products at a time' },
  top_category_share: { text: 'makes {x} of purchases in one category' },
  repeat_product_share: {
    text: 'buys the same product again in {x} of purchases',
    none: 'never buys the same product again',
    some: 'has bought the same product again',
  },
  offline_share: {
    text: 'places {x} of orders in a shop',
    none: 'never orders in a shop',
    some: 'has ordered in a shop',
  },
  discounted_order_share: {
    text: 'uses a discount on {x} of orders',
    none: 'never uses a discount',
    some: 'has used a discount',
  },
  discount_depth: {
    text: 'has had {x} taken off',
    none: 'has had nothing taken off',
    some: 'has had something taken off',
  },
  coupon_share: {
    text: 'uses a coupon on {x} of orders',
    none: 'never uses a coupon',
    some: 'has used a coupon',
  },
  return_rate: {
    text: 'sends something back from {x} of orders',
    none: 'has sent nothing back',
    some: 'has sent something back',
  },
  evening_share: {
    text: 'places {x} of orders in the evening',
    none: 'never orders in the evening',
    some: 'has ordered in the evening',
  },
  weekend_share: {
    text: 'places {x} of orders at the weekend',
    none: 'never orders at the weekend',
    some: 'has ordered at the weekend',
  },
  holiday_share: {
    text: 'places {x} of orders in November and December',
    none: 'never orders in November and December',
    some: 'has ordered in November and December',
  },
  sessions: {
    text: 'has visited {x} times in 180 days',
    none: 'has not visited for 180 days',
    some: 'has visited in 180 days',
  },
  session_depth: {
    text: 'views {x} pages a visit',
    none: 'views no pages',
    some: 'views pages',
  },
  browse_breadth: {
    text: 'views {x} categories',
    none: 'views no category',
    some: 'views some category',
  },
  cart_abandonment: {
    text: 'leaves a full cart behind on {x} of visits',
    none: 'never leaves a full cart behind',
    some: 'has left a full cart behind',
  },
  days_since_visit: { text: 'visited last {x} ago' },
  paid_visit_share: {
    text: 'comes by advertising on {x} of visits',
    none: 'never comes by advertising',
    some: 'has come by advertising',
  },
  open_rate: { text: 'opens {x} of e-mails', none: 'opens no e-mails', some: 'opens e-mails' },
  click_rate: { text: 'clicks in {x} of e-mails', none: 'clicks in no e-mails', some: 'clicks in e-mails' },
  days_since_click: { text: 'clicked in an e-mail last {x} ago' },
  unsubscribed: { text: 'has unsubscribed', none: 'has not unsubscribed', some: 'has unsubscribed' },
  tickets_per_order: {
    text: 'opens {x} tickets an order',
    none: 'has opened no ticket',
    some: 'has opened a ticket',
  },
  complaint_share: {
    text: 'complains in {x} of tickets',
    none: 'has not complained',
    some: 'has complained',
  },
  satisfaction: { text: 'rates service at {x}' },
  tenure: { text: 'first ordered {x} ago' },
  recency: { text: 'ordered last {x} ago' },
  overdue_ratio: { text: 'has been away {x} times as long as usual' },
  recent_value_share: {
    text: 'spent {x} of the total in the last 90 days',
    none: 'spent nothing in the last 90 days',
    some: 'has spent in the last 90 days',
  },
  active_month_share: { text: 'orders in {x} of months' },
  single_order: { text: 'has ordered once', none: 'has ordered more than once', some: 'has ordered once' },
  stays: { text: 'has stayed {x} times' },
  nights_per_stay: { text: 'stays {x} nights at a time' },
  price_per_night: { text: 'pays {x} a night' },
  lead_time: {
    text: 'books {x} ahead',
    none: 'books on the day of arrival',
    some: 'books before the day of arrival',
  },
  party_size: { text: 'comes in parties of {x}' },
  weekend_night_share: {
    text: 'spends {x} of nights at the weekend',
    none: 'never stays at the weekend',
    some: 'has stayed at the weekend',
  },
  cancellation_share: {
    text: 'cancels {x} of bookings',
    none: 'has cancelled no booking',
    some: 'has cancelled a booking',
  },
  portal_share: {
    text: 'makes {x} of bookings through a portal or agency',
    none: 'never books through a portal or agency',
    some: 'has booked through a portal or agency',
  },
  plan_tier: { text: 'pays for a plan of level {x}' },
  plan_drop: {
    text: 'has given up {x} plan levels',
    none: 'has given up no plan level',
    some: 'has moved to a lower plan',
  },
  plan_rise: {
    text: 'has gained {x} plan levels',
    none: 'has gained no plan level',
    some: 'has moved to a higher plan',
  },
  failed_payments: {
    text: 'has {x} failed payments for each that went through',
    none: 'has had no failed payment',
    some: 'has had a failed payment',
  },
  usage_days: {
    text: 'uses it on {x} of 28 days',
    none: 'has not used it for 28 days',
    some: 'has used it in 28 days',
  },
  days_since_use: { text: 'used it last {x} ago' },
  account_size: { text: 'is of size {x}' },
  meetings: {
    text: 'held {x} meetings and calls in 180 days',
    none: 'held no meeting or call in 180 days',
    some: 'held a meeting or call in 180 days',
  },
  contract_days: { text: 'signs for {x} at a time' },
  renewal_rate: {
    text: 'has renewed {x} of contracts',
    none: 'has renewed no contract',
    some: 'has renewed a contract',
  },
  days_to_renewal: {
    text: 'is {x} from renewal',
    none: 'has no contract that comes up for renewal',
    some: 'has a contract that comes up for renewal',
  },
  days_out_of_contract: {
    text: 'has been without a contract for {x}',
    none: 'is not out of contract',
    some: 'is out of contract',
  },
};
