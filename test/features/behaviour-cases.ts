import { type Case, customer, event, ordersAt } from './cases.ts';

/** Cases of the classes that events and tickets tell: browse, engagement and service. */
export const behaviourCases: readonly Case[] = [
  customer(
    'two visits and a bought cart',
    (who, id) => {
      const at = (time: string, type: string, session_id: string | null, more = {}) =>
        event(who, id('event'), time, type, { session_id, ...more });
      return {
        orders: ordersAt(who, ['2024-06-11 09:00:00', '2023-06-01 09:00:00']),
        events: [
          // Bought within 24 hours: not abandoned. Began at an advertisement.
          at('2024-06-10 18:30:00', 'Product Viewed', 's1', { category: 'tea', origin: 'paid' }),
          at('2024-06-10 18:31:00', 'Product Viewed', 's1', { category: 'tea', origin: 'organic' }),
          at('2024-06-10 18:32:00', 'Product Added', 's1', { category: 'tea' }),
          // Abandoned: the next order came two days before. Saw an advertisement only later.
          at('2024-06-13 10:00:00', 'product viewed', 's2', { category: 'toys', origin: 'organic' }),
          at('2024-06-13 10:01:00', 'Checkout Started', 's2', { origin: 'paid' }),
          // No session id: one visit a day.
          at('2024-06-16 00:00:00', 'Page Viewed', null, { origin: 'email' }),
          at('2024-06-16 23:00:00', 'Page Viewed', null),
          // Too old, too late, and no visit.
          at('2024-01-02 23:59:59', 'Product Viewed', 's0', { category: 'garden' }),
          at('2024-07-01 00:00:00', 'Product Viewed', 's9', { category: 'bath' }),
          at('2024-06-20 10:00:00', 'Email Opened', null),
        ],
      };
    },
    {
      sessions: 3,
      session_depth: 5 / 3,
      browse_breadth: 2,
      cart_abandonment: 1 / 3,
      // One order in the last 180 days on three visits.
      browse_to_buy: 1 / 3,
      days_since_visit: 14 + 1 / 24,
      paid_visit_share: 1 / 3,
      evening_visit_share: 1 / 3,
    },
  ),
  customer(
    'carts at the edges',
    (who, id) => ({
      orders: ordersAt(who, ['2024-06-02 10:00:00', '2024-06-10 09:00:00', '2024-06-20 10:00:01']),
      events: [
        // Exactly 24 hours before an order: bought.
        event(who, id('e'), '2024-06-01 10:00:00', 'Product Added', { session_id: 'a' }),
        // The order came within the visit, before the cart was filled again: bought.
        event(who, id('e'), '2024-06-10 08:30:00', 'Product Viewed', { session_id: 'b' }),
        event(who, id('e'), '2024-06-10 09:30:00', 'Product Added', { session_id: 'b' }),
        // 24 hours and one second before: abandoned.
        event(who, id('e'), '2024-06-19 10:00:00', 'Product Added', { session_id: 'c' }),
        // The shop says itself that it was bought.
        event(who, id('e'), '2024-06-25 10:00:00', 'Checkout Started', { session_id: 'd' }),
        event(who, id('e'), '2024-06-25 10:05:00', 'Order Completed', { session_id: 'd' }),
      ],
    }),
    { sessions: 4, cart_abandonment: 1 / 4, session_depth: 1 / 4, browse_to_buy: 3 / 4 },
  ),
  customer(
    'orders that carry a date alone',
    (who, id) => ({
      orders: ordersAt(who, ['2024-06-10 00:00:00', '2024-06-20 00:00:00']),
      events: [
        // Bought on that day: nothing says that it was before the visit.
        event(who, id('e'), '2024-06-10 09:30:00', 'Product Added', { session_id: 'a' }),
        // The order came on the day before: abandoned.
        event(who, id('e'), '2024-06-21 09:30:00', 'Product Added', { session_id: 'b' }),
      ],
    }),
    { cart_abandonment: 1 / 2 },
  ),
  customer(
    'buys without being seen',
    (who, id) => ({
      orders: ordersAt(who, ['2024-06-02 10:00:00', '2024-06-10 09:00:00']),
      events: [event(who, id('e'), '2024-06-12 10:00:00', 'Product Viewed', { session_id: 'a' })],
    }),
    { browse_to_buy: 1, sessions: 1, browse_breadth: 0, cart_abandonment: 0 },
  ),
  customer('never visits', who => ({ orders: ordersAt(who, ['2023-06-02 10:00:00']) }), {
    sessions: 0,
    session_depth: Number.NaN,
    browse_breadth: 0,
    cart_abandonment: Number.NaN,
    browse_to_buy: Number.NaN,
    days_since_visit: Number.NaN,
    paid_visit_share: Number.NaN,
    evening_visit_share: Number.NaN,
    emails: 0,
    open_rate: Number.NaN,
    click_rate: Number.NaN,
    engagement_trend: Number.NaN,
    days_since_click: Number.NaN,
    unsubscribed: 0,
    tickets: 0,
    tickets_per_order: 0,
    complaint_share: Number.NaN,
    satisfaction: Number.NaN,
    days_since_ticket: Number.NaN,
  }),
  customer(
    'reads mail less than before',
    (who, id) => {
      const mail = (day: string, type: string) => event(who, id('mail'), `${day} 12:00:00`, type);
      return {
        orders: ordersAt(who, ['2024-06-02 10:00:00']),
        events: [
          // Older half (from 2024-01-03): 2 sent, 2 opened, 1 clicked: interest (2 + 3) / 2 an e-mail.
          mail('2024-02-01', 'Email Delivered'),
          mail('2024-02-01', 'Email Opened'),
          mail('2024-02-08', 'Email Delivered'),
          mail('2024-02-08', 'Email Opened'),
          mail('2024-02-08', 'Email Link Clicked'),
          // Newer half (from 2024-04-02): 2 sent, 1 opened: 1 / 2 an e-mail.
          mail('2024-05-01', 'Email Delivered'),
          mail('2024-05-01', 'Email Opened'),
          mail('2024-05-08', 'Email Delivered'),
          // Not yet, and no longer.
          mail('2024-07-01', 'Email Link Clicked'),
          mail('2023-12-01', 'Email Delivered'),
        ],
      };
    },
    {
      emails: 4,
      open_rate: 3 / 4,
      click_rate: 1 / 4,
      engagement_trend: (0.5 - 2.5) / 3,
      days_since_click: 143.5,
      unsubscribed: 0,
    },
  ),
  customer(
    'opens one mail three times',
    (who, id) => ({
      orders: ordersAt(who, ['2024-06-02 10:00:00']),
      events: ['Email Delivered', 'Email Opened', 'Email Opened', 'Email Opened', 'Unsubscribed'].map(type =>
        event(who, id('mail'), '2024-06-01 10:00:00', type),
      ),
    }),
    // All in the newer half: no trend to speak of.
    { emails: 1, open_rate: 1, click_rate: 0, engagement_trend: Number.NaN, unsubscribed: 1 },
  ),
  customer(
    'left and came back',
    (who, id) => ({
      orders: ordersAt(who, ['2024-06-02 10:00:00']),
      events: [event(who, id('mail'), '2023-01-01 10:00:00', 'Unsubscribed')],
      consents: [
        {
          ...who,
          consent_id: id('consent'),
          channel: 'email',
          state: 'subscribed',
          stated_at: '2024-01-01 10:00:00',
        },
        {
          ...who,
          consent_id: id('consent'),
          channel: 'email',
          state: 'unsubscribed',
          stated_at: '2024-07-01 00:00:00',
        },
        {
          ...who,
          consent_id: id('consent'),
          channel: 'sms',
          state: 'unsubscribed',
          stated_at: '2024-06-01 10:00:00',
        },
      ],
    }),
    { unsubscribed: 0 },
  ),
  customer(
    'withdrew consent',
    (who, id) => ({
      orders: ordersAt(who, ['2024-06-02 10:00:00']),
      consents: [
        {
          ...who,
          consent_id: id('consent'),
          channel: 'Email',
          state: 'subscribed',
          stated_at: '2024-01-01 10:00:00',
        },
        {
          ...who,
          consent_id: id('consent'),
          channel: 'email',
          state: 'Unsubscribed',
          stated_at: '2024-02-01 10:00:00',
        },
      ],
    }),
    { unsubscribed: 1 },
  ),
  customer(
    'complains',
    (who, id) => {
      const ticket = (opened_at: string, kind: string | null, csat: number | null) => ({
        ...who,
        ticket_id: id('ticket'),
        opened_at,
        kind,
        csat,
      });
      return {
        orders: ordersAt(who, ['2024-06-02 10:00:00', '2024-06-20 10:00:00']),
        tickets: [
          ticket('2023-06-01 00:00:00', 'Complaint', 1),
          ticket('2024-06-03 00:00:00', 'query', Number.NaN),
          ticket('2024-06-16 12:00:00', 'Reklamation: Lieferung', 2.5),
          ticket('2024-05-03 00:00:00', null, null),
          ticket('2024-06-01 00:00:00', 'query', Number.POSITIVE_INFINITY),
          ticket('2024-07-01 00:00:00', 'complaint', 1),
        ],
      };
    },
    {
      tickets: 5,
      tickets_per_order: 2.5,
      complaint_share: 2 / 5,
      satisfaction: 1.75,
      days_since_ticket: 14.5,
    },
  ),
];
