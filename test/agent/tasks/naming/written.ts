import type { PersonaDraft } from '../../../../src/agent/tasks/naming/draft.ts';

/** What a good model would write of `madeModel()`. */
export const regularsDraft: PersonaDraft = {
  key: 'single-category-loyalists',
  name: 'Every-three-weeks regulars',
  sentence: 'Customers who order often, mostly from one category, and were here lately.',
  paragraph:
    'They order 1.6 times a month, and 93 % of their purchases come from their favourite category. A new order follows after 20 days, against 92 days of all customers. They use a discount on 31 % of orders, where all customers use one on 60 %.',
  evidence: [
    { feature: 'orders_per_month', direction: 'above', says: 'order 1.6 times a month, against 0.29 of all' },
    { feature: 'top_category_share', direction: 'above', says: 'make 93 % of purchases in one category' },
    { feature: 'recency', direction: 'below', says: 'ordered last 12 days ago, against 39 days of all' },
  ],
  action: {
    channel: { text: 'Write to them by e-mail about their category.', feature: 'top_category_share' },
    offer: { text: 'Show what is new in it, with a refill reminder.', feature: 'orders_per_month' },
    timing: { text: 'Send it some days before the next order is due.', feature: 'days_between_orders' },
  },
  avoid: 'Do not send them discounts on what they come back for.',
  neutralName: 'New in the range',
  misformed: null,
};

export const bargainsDraft: PersonaDraft = {
  key: 'price-driven-occasional-buyers',
  name: 'Offer-time shoppers',
  sentence: 'Customers who order seldom and use a discount when they do.',
  paragraph:
    'They use a discount on 90 % of orders, against 60 % of all customers. An order is worth £21.72, and 140 days pass before the next. They order 0.15 times a month, against 0.29 of all customers.',
  evidence: [
    { feature: 'discounted_order_share', direction: 'above', says: 'use a discount on 90 % of orders' },
    { feature: 'order_value', direction: 'below', says: 'spend £21.72 an order, against £29.21 of all' },
  ],
  action: {
    channel: null,
    offer: { text: 'Offer bundles in place of codes.', feature: 'discounted_order_share' },
    timing: { text: 'Do it in quiet weeks.', feature: 'days_between_orders' },
  },
  avoid: 'Do not send them a code every week.',
  neutralName: 'Bundle news',
  misformed: { why: 'Two habits stand side by side here.', try: 'More weight for the discounts.' },
};

export const absentDraft: PersonaDraft = {
  key: 'lapsed-but-recoverable',
  name: 'Still looking, not buying',
  sentence: 'Customers whose last order is long ago and who still visit and fill carts.',
  paragraph:
    'Their last order was 237 days ago, against 39 days of all customers. They were on the site 5.9 days ago, and on 71 % of visits they leave a full cart behind.',
  evidence: [
    { feature: 'recency', direction: 'above', says: 'ordered last 237 days ago' },
    { feature: 'cart_abandonment', direction: 'above', says: 'leave a cart behind on 71 % of visits' },
  ],
  action: {
    channel: { text: 'Meet them on the site, where they still look.', feature: 'days_since_visit' },
    offer: { text: 'Show the cart that they left, with an answer on delivery.', feature: 'cart_abandonment' },
    timing: { text: 'Do it within days of the visit.', feature: 'days_since_visit' },
  },
  avoid: 'Do not begin with a deep discount.',
  neutralName: 'Picked up again',
  misformed: null,
};

export const goodDrafts: readonly PersonaDraft[] = [regularsDraft, bargainsDraft, absentDraft];
