/**
 * What is asked of a segment before a name may be used, so that the name is true of its numbers.
 * `difference` is standardised; `mean` and `median` are in the feature's unit. A gate on an absent feature fails.
 */
export interface Gate {
  feature: string;
  of: 'mean' | 'median' | 'difference';
  atLeast?: number;
  atMost?: number;
}

/**
 * Follows "Customers who"; {feature_id} becomes its typical value. `when` ("+id" or "-id") asks for a value clearly
 * above or below that of all customers; a clause whose features are absent is left out.
 */
export interface Clause {
  text: string;
  when?: `${'+' | '-'}${string}`;
}

export interface PersonaTemplate {
  id: string;
  name: string;
  /** The first has no condition and no number, so that a sentence always stands. */
  clauses: readonly Clause[];
  action: string;
}

export interface Archetype extends PersonaTemplate {
  /** Wanted direction and weight by feature id. */
  wants: Readonly<Record<string, number>>;
  /** Each group must have at least one gate that holds. */
  gates: readonly (readonly Gate[])[];
}

const least = (feature: string, of: Gate['of'], atLeast: number): Gate => ({ feature, of, atLeast });
const most = (feature: string, of: Gate['of'], atMost: number): Gate => ({ feature, of, atMost });

const stillBuying = most('overdue_ratio', 'median', 1.8);
const longOverdue = least('overdue_ratio', 'median', 1.8);
/** Whoever has been here for less cannot have shown a season. */
const seenMostOfAYear = least('tenure', 'median', 270);
const longAbsent = least('recency', 'median', 60);

export const archetypes: readonly Archetype[] = [
  {
    id: 'champions',
    name: 'Champions',
    clauses: [
      { text: 'order often and lately, and spend the most' },
      { text: 'have spent {revenue} so far', when: '+revenue' },
      { text: 'ordered last {recency} ago', when: '-recency' },
    ],
    action:
      'Keep them close: early access, a named contact and thanks that are not a discount. Ask them for reviews and referrals.',
    wants: {
      revenue: 1.2,
      orders: 1,
      orders_per_month: 1,
      recency: -0.7,
      order_value: 0.5,
      active_month_share: 0.5,
    },
    gates: [
      [least('revenue', 'difference', 0.8)],
      [least('orders', 'difference', 0.6)],
      [most('recency', 'difference', -0.2)],
    ],
  },
  {
    id: 'loyal_regulars',
    name: 'Loyal regulars',
    clauses: [
      { text: 'have come back for a long time and still do' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
      { text: 'first ordered {tenure} ago', when: '+tenure' },
    ],
    action:
      'Reward staying rather than buying more: loyalty points, refills on time, and a say in what comes next. Watch for the first missed order.',
    wants: { orders: 1, active_month_share: 0.8, tenure: 0.8, recency: -0.6, overdue_ratio: -0.3 },
    gates: [[least('orders', 'difference', 0.4)], [least('tenure', 'difference', 0)], [stillBuying]],
  },
  {
    id: 'single_category_loyalists',
    name: 'Single-category loyalists',
    clauses: [
      { text: 'come back again and again for one category' },
      { text: 'make {top_category_share} of their purchases in it', when: '+top_category_share' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
      {
        text: 'rarely need a discount ({discounted_order_share} of orders)',
        when: '-discounted_order_share',
      },
    ],
    action:
      'Feed the habit: news, refills and bundles in their category. Offer one neighbouring category at a time, and keep discounts away.',
    wants: {
      top_category_share: 1,
      category_entropy: -1,
      orders_per_month: 0.9,
      days_between_orders: -0.5,
      recency: -0.5,
      discounted_order_share: -0.4,
    },
    gates: [
      [least('top_category_share', 'mean', 0.6)],
      [least('top_category_share', 'difference', 0.3)],
      [least('orders_per_month', 'difference', 0.2)],
      [stillBuying],
    ],
  },
  {
    id: 'multi_category_explorers',
    name: 'Multi-category explorers',
    clauses: [
      { text: 'shop across many categories' },
      { text: 'look at {browse_breadth} categories on their visits', when: '+browse_breadth' },
      { text: 'put {basket_products} different products into an order', when: '+basket_products' },
      {
        text: 'make only {top_category_share} of their purchases in one category',
        when: '-top_category_share',
      },
    ],
    action:
      'Show them what is new across the range: collections, combinations and recommendations from categories they have not tried.',
    wants: {
      category_entropy: 1,
      top_category_share: -1,
      browse_breadth: 0.7,
      basket_products: 0.5,
      sessions: 0.4,
      session_depth: 0.4,
    },
    gates: [[least('category_entropy', 'difference', 0.5)], [stillBuying]],
  },
  {
    id: 'category_specialists',
    name: 'Category specialists',
    clauses: [
      { text: 'keep to one category, without buying often' },
      { text: 'make {top_category_share} of their purchases in it', when: '+top_category_share' },
      { text: 'spend {order_value} an order', when: '+order_value' },
      { text: 'return after {days_between_orders}', when: '+days_between_orders' },
    ],
    action:
      'Speak to them as people who know the category: depth, accessories and expert content, and one neighbouring category to try.',
    wants: {
      top_category_share: 1,
      category_entropy: -1,
      orders_per_month: -0.5,
      repeat_product_share: -0.3,
    },
    gates: [
      [least('top_category_share', 'mean', 0.6)],
      [least('top_category_share', 'difference', 0.3)],
      [most('orders_per_month', 'difference', 0.2)],
      [stillBuying],
    ],
  },
  {
    id: 'price_driven_occasional',
    name: 'Price-driven occasional buyers',
    clauses: [
      { text: 'buy now and then, when there is an offer' },
      { text: 'use a discount on {discounted_order_share} of their orders', when: '+discounted_order_share' },
      { text: 'leave {days_between_orders} between orders', when: '+days_between_orders' },
      { text: 'spend {order_value} an order', when: '-order_value' },
    ],
    action:
      'Keep offers for this group and for quiet weeks; try smaller discounts and bundles that protect the margin before deeper ones.',
    wants: {
      discounted_order_share: 1.2,
      discount_depth: 0.8,
      coupon_share: 0.4,
      orders_per_month: -0.7,
      days_between_orders: 0.5,
      order_value: -0.4,
    },
    gates: [
      [least('discounted_order_share', 'mean', 0.45)],
      [least('discounted_order_share', 'difference', 0.5)],
      [most('orders_per_month', 'difference', 0)],
    ],
  },
  {
    id: 'bargain_seekers',
    name: 'Bargain seekers',
    clauses: [
      { text: 'buy mostly when the price is cut' },
      { text: 'use a discount on {discounted_order_share} of their orders', when: '+discounted_order_share' },
      { text: 'pay {discount_depth} less than the full price', when: '+discount_depth' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
    ],
    action:
      'Move them from blanket codes to thresholds, bundles and end-of-line stock, and measure what they would have bought anyway.',
    wants: { discounted_order_share: 1.2, discount_depth: 1, coupon_share: 0.5, orders_per_month: 0.3 },
    gates: [
      [least('discounted_order_share', 'mean', 0.45)],
      [least('discounted_order_share', 'difference', 0.5)],
      [least('orders_per_month', 'difference', -0.3)],
    ],
  },
  {
    id: 'high_value_considered',
    name: 'High-value considered buyers',
    clauses: [
      { text: 'buy seldom, and then spend a lot' },
      { text: 'spend {order_value} an order', when: '+order_value' },
      { text: 'view {session_depth} pages a visit before they decide', when: '+session_depth' },
      { text: 'leave {days_between_orders} between orders', when: '+days_between_orders' },
    ],
    action:
      'Help them decide: comparisons, advice, guarantees and a person to ask. Do not discount; follow up after a visit, not after a day.',
    wants: {
      order_value: 1.4,
      session_depth: 0.7,
      sessions: 0.4,
      browse_to_buy: -0.4,
      orders_per_month: -0.4,
      discounted_order_share: -0.3,
    },
    gates: [
      [least('order_value', 'difference', 0.7)],
      [most('orders_per_month', 'difference', 0.1)],
      [stillBuying],
    ],
  },
  {
    id: 'subscription_shaped',
    name: 'Subscription-shaped buyers',
    clauses: [
      { text: 'order at regular intervals, as if by subscription' },
      { text: 'come back every {days_between_orders}' },
      { text: 'have bought {repeat_product_share} of their purchases before', when: '+repeat_product_share' },
      { text: 'spend much the same each time ({order_value})', when: '-order_value_variation' },
    ],
    action:
      'Offer a subscription or a reminder timed to their own interval, and leave them alone in between. Treat a missed interval as an alarm.',
    wants: {
      gap_variation: -1.3,
      repeat_product_share: 1,
      order_value_variation: -0.8,
      orders_per_month: 0.4,
      sessions: -0.3,
    },
    gates: [
      [most('gap_variation', 'difference', -0.7)],
      [most('gap_variation', 'median', 0.45)],
      [least('repeat_product_share', 'difference', 0), most('order_value_variation', 'difference', -0.3)],
      [stillBuying],
    ],
  },
  {
    id: 'lapsed_recoverable',
    name: 'Lapsed but recoverable',
    clauses: [
      { text: 'have stopped ordering but can still be reached' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'visited last {days_since_visit} ago', when: '-days_since_visit' },
      { text: 'open {open_rate} of e-mails', when: '+open_rate' },
      { text: 'leave a full cart behind on {cart_abandonment} of visits', when: '+cart_abandonment' },
    ],
    action:
      'Win them back while they still look: pick up the cart they left or the category they viewed, and test a time-limited reason to return against a holdout.',
    wants: {
      overdue_ratio: 1,
      recency: 0.9,
      cart_abandonment: 0.6,
      days_since_visit: -0.5,
      open_rate: 0.4,
      click_rate: 0.5,
      days_since_click: -0.5,
      unsubscribed: -0.3,
      orders: 0.3,
    },
    gates: [
      [longOverdue],
      [longAbsent],
      [least('recency', 'difference', 0.3)],
      [
        most('days_since_visit', 'difference', 0),
        least('click_rate', 'difference', 0),
        most('days_since_click', 'difference', 0),
        least('orders', 'difference', 0.2),
        least('revenue', 'difference', 0.2),
      ],
    ],
  },
  {
    id: 'churn_risk',
    name: 'Genuine churn risks',
    clauses: [
      { text: 'have stopped ordering and no longer respond' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'open {open_rate} of e-mails', when: '-open_rate' },
      { text: 'complained in {complaint_share} of their tickets', when: '+complaint_share' },
      { text: 'visited last {days_since_visit} ago', when: '+days_since_visit' },
    ],
    action:
      'Find out why before you spend: settle open complaints, ask one question, make one honest offer, then stop mailing those who stay silent.',
    wants: {
      recency: 1,
      overdue_ratio: 0.8,
      days_since_visit: 0.7,
      sessions: -0.6,
      open_rate: -0.6,
      click_rate: -0.4,
      unsubscribed: 0.4,
      complaint_share: 0.4,
      tickets_per_order: 0.3,
      satisfaction: -0.4,
    },
    gates: [
      [longOverdue],
      [longAbsent],
      [least('recency', 'difference', 0.4)],
      [
        least('days_since_visit', 'difference', 0.3),
        most('open_rate', 'difference', -0.3),
        least('unsubscribed', 'difference', 0.5),
        most('satisfaction', 'difference', -0.5),
      ],
    ],
  },
  {
    id: 'lost',
    name: 'Lost customers',
    clauses: [
      { text: 'have not ordered for a long time and never ordered much' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'have spent {revenue} in all', when: '-revenue' },
    ],
    action:
      'Spend little: one cheap, well-timed attempt a year, and learn from what they bought first and where they came from.',
    wants: { recency: 1.2, overdue_ratio: 0.8, recent_value_share: -0.6, orders: -0.7, revenue: -0.7 },
    gates: [
      [longOverdue],
      [least('recency', 'median', 120)],
      [least('recency', 'difference', 0.5)],
      [most('orders', 'difference', 0)],
    ],
  },
  {
    id: 'long_gone_one_timers',
    name: 'One-time buyers long gone',
    clauses: [
      { text: 'ordered long ago, mostly once, and did not return' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'spent {order_value} an order' },
    ],
    action:
      'Mend the second order for the next newcomers: what these bought first, where they came from, and what was sent afterwards.',
    wants: { single_order: 1.3, recency: 1, orders: -0.6, tenure: 0.3 },
    gates: [
      [least('single_order', 'mean', 0.7)],
      [least('recency', 'difference', 0.3)],
      [least('recency', 'median', 90)],
    ],
  },
  {
    id: 'high_potential_first_timers',
    name: 'High-potential first-timers',
    clauses: [
      { text: 'ordered lately, mostly for the first time, and look promising' },
      { text: 'spend {order_value} an order', when: '+order_value' },
      { text: 'visited {sessions} times in 180 days', when: '+sessions' },
      { text: 'click in {click_rate} of e-mails', when: '+click_rate' },
    ],
    action:
      'Win the second order within the first weeks: a welcome series, how to use what they bought, and one fitting next product.',
    wants: { single_order: 1, recency: -0.8, tenure: -0.8, order_value: 0.6, sessions: 0.4, click_rate: 0.4 },
    gates: [
      [least('single_order', 'mean', 0.6)],
      [most('recency', 'difference', -0.2)],
      [
        least('order_value', 'difference', 0.2),
        least('sessions', 'difference', 0.2),
        least('click_rate', 'difference', 0.2),
      ],
    ],
  },
  {
    id: 'new_customers',
    name: 'New customers',
    clauses: [
      { text: 'have only lately begun to order' },
      { text: 'first ordered {tenure} ago', when: '-tenure' },
      { text: 'spend {order_value} an order' },
    ],
    action: 'Welcome them well: what the shop stands for, what others buy next, and an easy second order.',
    wants: { tenure: -1.3, recency: -0.7, orders: -0.4, recent_value_share: 0.6 },
    gates: [[most('tenure', 'difference', -0.6)], [most('recency', 'difference', 0)], [stillBuying]],
  },
  {
    id: 'quick_newcomers',
    name: 'Quick-returning newcomers',
    clauses: [
      { text: 'are new and have already come back' },
      { text: 'return after {days_between_orders}', when: '-days_between_orders' },
      { text: 'first ordered {tenure} ago', when: '-tenure' },
    ],
    action:
      'Turn the good start into a habit: thank them for the second order, show the range, and offer membership before the first discount.',
    wants: {
      tenure: -1,
      recent_value_share: 0.7,
      orders_per_month: 0.7,
      days_between_orders: -0.7,
      days_to_second_order: -0.4,
      single_order: -0.6,
      recency: -0.4,
    },
    gates: [
      [most('tenure', 'difference', -0.5)],
      [most('single_order', 'mean', 0.3)],
      [least('orders_per_month', 'difference', 0)],
      [stillBuying],
    ],
  },
  {
    id: 'slow_and_steady',
    name: 'Slow but steady buyers',
    clauses: [
      { text: 'return at long intervals, but do return' },
      { text: 'leave {days_between_orders} between orders', when: '+days_between_orders' },
      { text: 'first ordered {tenure} ago', when: '+tenure' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Go at their pace: remind them shortly before the next order would be due, with what they bought last, and let them be in between.',
    wants: { days_between_orders: 1, overdue_ratio: -0.7, single_order: -0.7, tenure: 0.4 },
    gates: [
      [least('days_between_orders', 'difference', 0.3)],
      [most('overdue_ratio', 'median', 1.2)],
      [most('single_order', 'mean', 0.3)],
    ],
  },
  {
    id: 'at_risk_repeaters',
    name: 'At-risk repeat buyers',
    clauses: [
      { text: 'ordered repeatedly and are now overdue' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'used to return after {days_between_orders}', when: '-days_between_orders' },
      { text: 'have spent {revenue} so far', when: '+revenue' },
    ],
    action:
      'Reach out now, before the habit is gone: a reminder of what they buy, in the channel they answer, and a reason to return this month.',
    wants: {
      overdue_ratio: 1,
      recency: 0.6,
      orders: 0.8,
      revenue: 0.5,
      single_order: -0.4,
      recent_value_share: -0.3,
    },
    gates: [
      [longOverdue],
      [least('orders', 'difference', 0)],
      [most('single_order', 'mean', 0.3)],
      [least('recency', 'difference', 0)],
    ],
  },
  {
    id: 'active_repeaters',
    name: 'Active repeat buyers',
    clauses: [
      { text: 'have come back several times and are active now' },
      { text: 'have ordered {orders} times', when: '+orders' },
      { text: 'ordered last {recency} ago', when: '-recency' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
    ],
    action:
      'Make them regulars: show what goes with what they bought, remind them at their own pace, and let them feel the benefit of staying.',
    wants: { orders: 0.8, recency: -0.9, orders_per_month: 0.7, single_order: -0.6, recent_value_share: 0.3 },
    gates: [
      [least('orders', 'difference', 0.2)],
      [most('recency', 'difference', -0.3)],
      [most('single_order', 'mean', 0.2)],
      [stillBuying],
    ],
  },
  {
    id: 'fading',
    name: 'Fading customers',
    clauses: [
      { text: 'have been away for longer than usual and order seldom' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'order in {active_month_share} of months', when: '-active_month_share' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Catch them while they remember the shop: one timely message about what they bought, what is new beside it, and an easy way back.',
    wants: {
      recency: 1,
      overdue_ratio: 0.7,
      active_month_share: -0.7,
      recent_value_share: -0.6,
      orders_per_month: -0.4,
    },
    gates: [
      [least('recency', 'difference', 0.3)],
      [least('overdue_ratio', 'median', 1.1)],
      [most('orders_per_month', 'difference', -0.2), most('active_month_share', 'difference', -0.2)],
    ],
  },
  {
    id: 'seasonal_shoppers',
    name: 'Seasonal shoppers',
    clauses: [
      { text: 'order in one season and rest in the others' },
      { text: 'place {holiday_share} of orders in November and December', when: '+holiday_share' },
      { text: 'order {orders_per_month}', when: '-orders_per_month' },
    ],
    action:
      'Be early in their season and quiet outside it: remind them some weeks before the time of last year, with what they bought then.',
    wants: { seasonal_concentration: 1.3, holiday_share: 0.7, active_month_share: -0.3 },
    gates: [
      [least('seasonal_concentration', 'mean', 0.6)],
      [least('seasonal_concentration', 'difference', 0.5)],
      [most('single_order', 'mean', 0.5)],
      [seenMostOfAYear],
    ],
  },
  {
    id: 'holiday_buyers',
    name: 'Holiday-season buyers',
    clauses: [
      { text: 'order for the end of the year' },
      { text: 'place {holiday_share} of orders in November and December', when: '+holiday_share' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Plan for them in October: gift guides, last order dates and gift wrapping, then one reason to return in spring.',
    wants: { holiday_share: 1.5, seasonal_concentration: 0.5, single_order: 0.2 },
    gates: [
      [least('holiday_share', 'mean', 0.6)],
      [least('holiday_share', 'difference', 0.6)],
      [seenMostOfAYear],
    ],
  },
  {
    id: 'cart_abandoners',
    name: 'Cart abandoners',
    clauses: [
      { text: 'fill carts that they do not pay for' },
      { text: 'leave a full cart behind on {cart_abandonment} of visits', when: '+cart_abandonment' },
      { text: 'visited {sessions} times in 180 days', when: '+sessions' },
    ],
    action:
      'Look for what stops them at the till: delivery cost, payment, doubts. Remind them of the cart within a day, at first without a discount.',
    wants: { cart_abandonment: 1.4, browse_to_buy: -0.5, sessions: 0.5 },
    gates: [
      [least('cart_abandonment', 'mean', 0.35)],
      [least('cart_abandonment', 'difference', 0.5)],
      [most('overdue_ratio', 'median', 3)],
    ],
  },
  {
    id: 'window_browsers',
    name: 'Window browsers',
    clauses: [
      { text: 'look a lot and buy little' },
      { text: 'visited {sessions} times in 180 days', when: '+sessions' },
      { text: 'view {session_depth} pages a visit', when: '+session_depth' },
      { text: 'order {orders_per_month}', when: '-orders_per_month' },
    ],
    action:
      'Turn looking into a step: wish lists, back-in-stock and price alerts, and content that answers the question behind the visit.',
    wants: { sessions: 1, browse_to_buy: -1, session_depth: 0.6, orders_per_month: -0.5 },
    gates: [
      [least('sessions', 'difference', 0.3)],
      [most('browse_to_buy', 'difference', -0.3)],
      [most('orders_per_month', 'difference', 0)],
    ],
  },
  {
    id: 'serial_returners',
    name: 'Frequent returners',
    clauses: [
      { text: 'send a good part of what they order back' },
      { text: 'return something from {return_rate} of orders', when: '+return_rate' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Mend the cause first: sizes, pictures and descriptions of what comes back most. Leave them out of volume offers until it falls.',
    wants: { return_rate: 1.5, tickets_per_order: 0.3 },
    gates: [[least('return_rate', 'mean', 0.2)], [least('return_rate', 'difference', 0.6)]],
  },
  {
    id: 'large_baskets',
    name: 'Large-basket shoppers',
    clauses: [
      { text: 'buy a lot at once' },
      { text: 'put {basket_items} items into an order', when: '+basket_items' },
      { text: 'spend {order_value} an order', when: '+order_value' },
    ],
    action:
      'Make the big shop easy: quick re-ordering, quantity prices and delivery by threshold. Ask whether they buy for a business.',
    wants: { basket_items: 1.2, basket_products: 0.8, order_value: 0.6 },
    gates: [[least('basket_items', 'difference', 0.6)], [stillBuying]],
  },
  {
    id: 'small_top_ups',
    name: 'Frequent small-order buyers',
    clauses: [
      { text: 'order often and little at a time' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
      { text: 'spend {order_value} an order', when: '-order_value' },
    ],
    action:
      'Raise the basket gently: bundles, free delivery a little above their usual order, and add-ons at the till.',
    wants: { orders_per_month: 1, order_value: -1, basket_items: -0.5, basket_products: -0.4, recency: -0.3 },
    gates: [
      [least('orders_per_month', 'difference', 0.3)],
      [most('order_value', 'difference', -0.3)],
      [stillBuying],
    ],
  },
  {
    id: 'evening_weekend',
    name: 'Evening and weekend shoppers',
    clauses: [
      { text: 'shop in their free time' },
      { text: 'place {evening_share} of orders in the evening', when: '+evening_share' },
      { text: 'place {weekend_share} of orders at the weekend', when: '+weekend_share' },
    ],
    action: 'Write and advertise when they shop: evenings and weekends, with support at hand at those hours.',
    wants: { evening_share: 1, weekend_share: 1, evening_visit_share: 0.3 },
    gates: [
      [least('evening_share', 'difference', 0.4)],
      [least('weekend_share', 'difference', 0.4)],
      [least('evening_share', 'mean', 0.4)],
      [least('weekend_share', 'mean', 0.35)],
    ],
  },
  {
    id: 'service_heavy',
    name: 'Service-heavy customers',
    clauses: [
      { text: 'need support far more than others' },
      { text: 'complain in {complaint_share} of their tickets', when: '+complaint_share' },
      { text: 'rate support at {satisfaction}', when: '-satisfaction' },
    ],
    action:
      'Look into what they write about, mend the commonest cause, and tell them that it is mended. Pause promotions while a ticket is open.',
    wants: { tickets_per_order: 1.2, complaint_share: 0.7, satisfaction: -0.5, days_since_ticket: -0.4 },
    gates: [[least('tickets_per_order', 'difference', 0.6)], [stillBuying]],
  },
  {
    id: 'in_store',
    name: 'In-store shoppers',
    clauses: [
      { text: 'prefer to buy in the shop' },
      { text: 'place {offline_share} of orders there', when: '+offline_share' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Invite them to the shop: events, stock near them, click and collect. Send online codes to others.',
    wants: { offline_share: 1.5, channel_variety: -0.2 },
    gates: [[least('offline_share', 'mean', 0.5)], [least('offline_share', 'difference', 0.6)]],
  },
  {
    id: 'email_responsive',
    name: 'E-mail responsive buyers',
    clauses: [
      { text: 'answer to e-mail more than others' },
      { text: 'click in {click_rate} of e-mails', when: '+click_rate' },
      { text: 'open {open_rate} of e-mails', when: '+open_rate' },
    ],
    action: 'Let e-mail do the work here: launches and personal picks first, and fewer paid impressions.',
    wants: { click_rate: 1.2, open_rate: 0.6, days_since_click: -0.5 },
    gates: [[least('click_rate', 'difference', 0.6)], [stillBuying]],
  },
  {
    id: 'rising_spenders',
    name: 'Rising spenders',
    clauses: [
      { text: 'spend more with each order' },
      { text: 'spend {order_value} an order' },
      {
        text: 'brought {recent_value_share} of their revenue in the last 90 days',
        when: '+recent_value_share',
      },
    ],
    action: 'Go with the trend: show the next step up in what they buy, and make them feel noticed.',
    wants: { value_trend: 1.2, recent_value_share: 0.7, recency: -0.4 },
    gates: [[least('value_trend', 'difference', 0.5)], [least('value_trend', 'mean', 0.05)], [stillBuying]],
  },
  {
    id: 'occasional',
    name: 'Occasional buyers',
    clauses: [
      { text: 'buy now and then' },
      { text: 'order {orders_per_month}', when: '-orders_per_month' },
      { text: 'leave {days_between_orders} between orders', when: '+days_between_orders' },
    ],
    action:
      'Find the occasion: remind them at their own interval with what goes with the last order, and do not mail in between.',
    wants: { orders_per_month: -1, days_between_orders: 0.8, orders: -0.3 },
    gates: [
      [most('orders_per_month', 'difference', -0.3)],
      [stillBuying],
      [most('single_order', 'mean', 0.5)],
    ],
  },
];
