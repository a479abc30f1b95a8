import { type Archetype, least, most, seenMostOfAYear, stillBuying } from './archetype.ts';

/** Those who stand out by how, when or for what they buy. */
export const manner: readonly Archetype[] = [
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
    avoid:
      'Do not send them launches at the full price, nor a code every week: that teaches everybody to wait.',
    neutralName: 'Offers of the season',
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
    avoid: 'Do not send codes that hold for everything, and do not judge a campaign by their orders alone.',
    neutralName: 'Sets and bundles',
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
    avoid: 'Do not hurry them with countdowns, and do not cut the price of what they are still comparing.',
    neutralName: 'Advice and guides',
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
    id: 'seasonal_shoppers',
    name: 'Seasonal shoppers',
    clauses: [
      { text: 'order in one season and rest in the others' },
      { text: 'place {holiday_share} of orders in November and December', when: '+holiday_share' },
      { text: 'order {orders_per_month}', when: '-orders_per_month' },
    ],
    action:
      'Be early in their season and quiet outside it: remind them some weeks before the time of last year, with what they bought then.',
    avoid: 'Do not mail them through the months in which they rest.',
    neutralName: 'Season opening',
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
    avoid: 'Do not count on them in the plans for spring, and do not write every week after the New Year.',
    neutralName: 'Gift guide',
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
    avoid: 'Do not put a discount into the first reminder: it rewards leaving the cart.',
    neutralName: 'Easy checkout',
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
    avoid: 'Do not follow them with adverts for every page that they saw.',
    neutralName: 'Wish lists',
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
    avoid:
      'Do not charge for returns before the cause is known, and do not press them to order more at once.',
    neutralName: 'Fit and details',
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
    avoid: 'Do not spend on gifts for small orders, and do not limit quantities without a word.',
    neutralName: 'Quick re-order',
    wants: { basket_items: 1.2, basket_products: 0.8, order_value: 0.6 },
    gates: [[least('basket_items', 'difference', 0.6)], [stillBuying]],
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
    avoid: 'Do not time messages by the office day.',
    neutralName: 'Open late',
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
    avoid: 'Do not send promotions or requests for reviews while a ticket is open.',
    neutralName: 'Help and answers',
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
    avoid: 'Do not draw them away from the shop, and do not measure them by clicks.',
    neutralName: 'Events and visits',
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
    avoid: 'Do not mail more often because it works: it works because it fits.',
    neutralName: 'Newsletter first',
    wants: { click_rate: 1.2, open_rate: 0.6, days_since_click: -0.5 },
    gates: [[least('click_rate', 'difference', 0.6)], [stillBuying]],
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
    avoid: 'Do not fill the time between two orders with weekly mail.',
    neutralName: 'Occasions',
    wants: { orders_per_month: -1, days_between_orders: 0.8, orders: -0.3 },
    gates: [
      [most('orders_per_month', 'difference', -0.3)],
      [stillBuying],
      [most('single_order', 'mean', 0.5)],
    ],
  },
];
