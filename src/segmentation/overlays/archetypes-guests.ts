import { type Archetype, least, longOverdue, most, stillBuying } from '../archetype.ts';

/** Guests, by how they travel and how they book. */
export const guestArchetypes: readonly Archetype[] = [
  {
    id: 'weekday_business',
    name: 'Weekday business travellers',
    clauses: [
      { text: 'come alone, for a night or a few, in the working week' },
      { text: 'spend {weekend_night_share} of their nights at the weekend', when: '-weekend_night_share' },
      { text: 'book {orders_per_month}', when: '+orders_per_month' },
      { text: 'book {lead_time} ahead', when: '-lead_time' },
      { text: 'pay {price_per_night} a night', when: '+price_per_night' },
    ],
    action:
      'Make the next stay effortless: a company rate, an invoice without asking, the same room, early breakfast and late check-in.',
    avoid: 'Do not send them weekend packages, nor make them ask for an invoice.',
    neutralName: 'Easy arrivals',
    wants: {
      weekend_night_share: -1.2,
      party_size: -0.8,
      orders_per_month: 0.7,
      lead_time: -0.4,
      nights_per_stay: -0.3,
      price_per_night: 0.3,
    },
    gates: [
      [most('weekend_night_share', 'mean', 0.2)],
      [most('party_size', 'mean', 1.5)],
      [most('nights_per_stay', 'mean', 4.5)],
      [stillBuying],
    ],
  },
  {
    id: 'weekend_couples',
    name: 'Weekend couples',
    clauses: [
      { text: 'come for the weekend, in twos' },
      { text: 'spend {weekend_night_share} of their nights at the weekend', when: '+weekend_night_share' },
      { text: 'stay {nights_per_stay} nights' },
      { text: 'book {lead_time} ahead' },
    ],
    action:
      'Sell the whole weekend: dinner, spa and a late departure in one price, offered in the weeks in which they usually book.',
    avoid: 'Do not break the weekend into parts with prices of their own.',
    neutralName: 'Whole weekends',
    wants: { weekend_night_share: 1.3, nights_per_stay: -0.4, lead_time: 0.2, party_size: 0.1 },
    gates: [
      [least('weekend_night_share', 'mean', 0.55)],
      [least('weekend_night_share', 'difference', 0.4)],
      [least('party_size', 'mean', 1.6)],
      [most('party_size', 'mean', 2.6)],
      [most('nights_per_stay', 'mean', 3.5)],
    ],
  },
  {
    id: 'families_ahead',
    name: 'Families and groups who plan ahead',
    clauses: [
      { text: 'come with several people and book early' },
      { text: 'come in parties of {party_size}', when: '+party_size' },
      { text: 'book {lead_time} ahead', when: '+lead_time' },
      { text: 'stay {nights_per_stay} nights', when: '+nights_per_stay' },
    ],
    action:
      'Be there when they plan: open the next season for them first, with connecting rooms, a children’s price and the same week as last year.',
    avoid: 'Do not leave them to last-minute offers, nor raise the price between question and booking.',
    neutralName: 'Next season first',
    wants: { party_size: 1.2, lead_time: 1, nights_per_stay: 0.6, cancellation_share: -0.2 },
    gates: [
      [least('party_size', 'mean', 2.8)],
      [most('party_size', 'mean', 6)],
      [least('lead_time', 'median', 40)],
      [least('lead_time', 'difference', 0.3)],
      [least('nights_per_stay', 'mean', 3)],
    ],
  },
  {
    id: 'groups',
    name: 'Group bookers',
    clauses: [
      { text: 'bring a whole group' },
      { text: 'come in parties of {party_size}', when: '+party_size' },
      { text: 'pay {price_per_night} a night', when: '+price_per_night' },
    ],
    action: 'Give them one contact, one invoice and a price for the group; ask what the occasion is.',
    avoid: 'Do not split their booking over several contacts and prices.',
    neutralName: 'Together',
    wants: { party_size: 1.5, order_value: 0.5 },
    gates: [[least('party_size', 'mean', 4)], [least('party_size', 'difference', 0.8)]],
  },
  {
    id: 'last_minute',
    name: 'Last-minute bookers',
    clauses: [
      { text: 'decide at the last moment' },
      { text: 'book {lead_time} before they arrive', when: '-lead_time' },
      { text: 'stay {nights_per_stay} nights', when: '-nights_per_stay' },
      { text: 'pay {price_per_night} a night', when: '-price_per_night' },
    ],
    action:
      'Sell them the rooms that would stay empty: a same-day price in the app and by message, and no discount on what fills anyway.',
    avoid: 'Do not send them early-booking rates, and do not cut prices on nights that fill anyway.',
    neutralName: 'Tonight and tomorrow',
    wants: { lead_time: -1.5, price_per_night: -0.3, nights_per_stay: -0.3 },
    gates: [[most('lead_time', 'median', 4)], [most('lead_time', 'difference', -0.5)]],
  },
  {
    id: 'cancelling_portal',
    name: 'Often-cancelling portal bookers',
    clauses: [
      { text: 'book through portals and often cancel' },
      { text: 'cancel {cancellation_share} of their bookings', when: '+cancellation_share' },
      { text: 'make {portal_share} of their bookings through a portal or agency', when: '+portal_share' },
      { text: 'book {lead_time} ahead', when: '+lead_time' },
    ],
    action:
      'Ask for a deposit or sell them the rate that cannot be cancelled, and overbook by what they really cancel. Win the next booking direct.',
    avoid: 'Do not hold rooms for them without a deposit, and do not offer free cancellation as a favour.',
    neutralName: 'Direct and easy',
    wants: { cancellation_share: 1.4, portal_share: 1, lead_time: 0.3 },
    gates: [
      [least('cancellation_share', 'mean', 0.25)],
      [least('cancellation_share', 'difference', 0.5)],
      [least('portal_share', 'mean', 0.5)],
    ],
  },
  {
    id: 'cancellers',
    name: 'Frequent cancellers',
    clauses: [
      { text: 'call off many of their bookings' },
      { text: 'cancel {cancellation_share} of their bookings', when: '+cancellation_share' },
      { text: 'book {lead_time} ahead', when: '+lead_time' },
    ],
    action:
      'Remind them before the free cancellation ends, offer another date instead, and ask for a deposit.',
    avoid: 'Do not offer free cancellation as a favour, and do not plan staff by these bookings.',
    neutralName: 'Flexible dates',
    wants: { cancellation_share: 1.5, lead_time: 0.2 },
    gates: [[least('cancellation_share', 'mean', 0.25)], [least('cancellation_share', 'difference', 0.5)]],
  },
  {
    id: 'long_stay',
    name: 'Long-stay guests',
    clauses: [
      { text: 'stay for a week or weeks at a time' },
      { text: 'stay {nights_per_stay} nights', when: '+nights_per_stay' },
      { text: 'pay {price_per_night} a night', when: '-price_per_night' },
      { text: 'come in parties of {party_size}' },
    ],
    action:
      'Offer what a home has: a kitchen, laundry, a desk and a price by the week; ask early whether they want to stay on.',
    avoid: 'Do not price a home by the night, and do not disturb it with service that nobody asked for.',
    neutralName: 'Room to live',
    wants: { nights_per_stay: 1.5, price_per_night: -0.3 },
    gates: [[least('nights_per_stay', 'mean', 7)], [least('nights_per_stay', 'difference', 0.6)]],
  },
  {
    id: 'portal_bookers',
    name: 'Portal bookers',
    clauses: [
      { text: 'book through portals and agencies' },
      { text: 'make {portal_share} of their bookings there', when: '+portal_share' },
      { text: 'pay {price_per_night} a night' },
    ],
    action:
      'Make them yours while they are in the house: a reason to book direct next time that costs less than the commission.',
    avoid: 'Do not pay for adverts that only lead them back to the portal.',
    neutralName: 'Book direct',
    wants: { portal_share: 1.5 },
    gates: [[least('portal_share', 'mean', 0.6)], [least('portal_share', 'difference', 0.5)]],
  },
  {
    id: 'early_planners',
    name: 'Early planners',
    clauses: [
      { text: 'book long before they come' },
      { text: 'book {lead_time} ahead', when: '+lead_time' },
      { text: 'stay {nights_per_stay} nights', when: '+nights_per_stay' },
    ],
    action:
      'Open the calendar early for them, and use the wait: what to see, what to book beside, and an upgrade in good time.',
    avoid: 'Do not let a later and lower price make them sorry that they booked early.',
    neutralName: 'Calendar opening',
    wants: { lead_time: 1.5, cancellation_share: -0.2 },
    gates: [[least('lead_time', 'median', 60)], [least('lead_time', 'difference', 0.6)]],
  },
  {
    id: 'returning_regulars',
    name: 'Returning regulars',
    clauses: [
      { text: 'have come back for a long time and still do' },
      { text: 'have stayed {stays} times', when: '+stays' },
      { text: 'first booked {tenure} ago', when: '+tenure' },
    ],
    action:
      'Know them at the door: the room they like, a greeting that is not a discount, and the first call when the house is full.',
    avoid: 'Do not greet them like strangers, nor with a discount.',
    neutralName: 'The house letter',
    wants: { stays: 1.2, tenure: 0.8, orders_per_month: 0.5, recency: -0.5 },
    gates: [[least('stays', 'difference', 0.4)], [least('tenure', 'difference', 0)], [stillBuying]],
  },
  {
    id: 'first_time_guests',
    name: 'First-time guests',
    clauses: [
      { text: 'booked lately, mostly for the first time' },
      { text: 'booked {lead_time} ahead' },
      { text: 'pay {price_per_night} a night' },
    ],
    action:
      'Win the second stay within the first weeks: thank them, ask how it was, and give one reason to return in their season.',
    avoid: 'Do not send them what is meant for regulars, nor a discount before they were asked how it was.',
    neutralName: 'After the stay',
    wants: { single_order: 1, tenure: -0.9, recency: -0.7 },
    gates: [[least('single_order', 'mean', 0.6)], [most('recency', 'difference', -0.2)]],
  },
  {
    id: 'lapsed_guests',
    name: 'Lapsed guests',
    clauses: [
      { text: 'used to come and have not booked for long' },
      { text: 'booked last {recency} ago', when: '+recency' },
      { text: 'pay {price_per_night} a night' },
    ],
    action:
      'Write to them before the season in which they used to come, with what has changed since, and one good reason to return.',
    avoid: 'Do not write out of season, and do not write as if they had done wrong.',
    neutralName: 'What has changed',
    wants: { recency: 1, overdue_ratio: 1, recent_value_share: -0.5 },
    gates: [[longOverdue], [least('recency', 'median', 120)], [least('recency', 'difference', 0.3)]],
  },
  {
    id: 'high_rate',
    name: 'High-rate guests',
    clauses: [
      { text: 'take the better rooms' },
      { text: 'pay {price_per_night} a night', when: '+price_per_night' },
      { text: 'stay {nights_per_stay} nights' },
    ],
    action: 'Sell them the view, the table and the car, not the price; keep the best rooms open for them.',
    avoid: 'Do not offer them money off.',
    neutralName: 'Rooms with a view',
    wants: { price_per_night: 1.5, order_value: 0.4 },
    gates: [[least('price_per_night', 'difference', 0.7)]],
  },
  {
    id: 'low_rate',
    name: 'Low-rate guests',
    clauses: [
      { text: 'pay less a night than others' },
      { text: 'pay {price_per_night} a night', when: '-price_per_night' },
      { text: 'stay {nights_per_stay} nights' },
    ],
    action: 'Fill quiet days with them: simple rooms, few extras, and prices that move with the calendar.',
    avoid: 'Do not sell them extras, nor open the best dates to low prices.',
    neutralName: 'Quiet days',
    wants: { price_per_night: -1.5, order_value: -0.4 },
    gates: [[most('price_per_night', 'difference', -0.7)]],
  },
  {
    id: 'occasional_guests',
    name: 'Occasional guests',
    clauses: [
      { text: 'come now and then' },
      { text: 'leave {days_between_orders} between bookings', when: '+days_between_orders' },
      { text: 'stay {nights_per_stay} nights' },
    ],
    action:
      'Find the occasion: write at their own interval, with what the house offers at that time of the year.',
    avoid: 'Do not fill the time between two stays with weekly mail.',
    neutralName: 'Times of the year',
    wants: { orders_per_month: -1, days_between_orders: 0.8, stays: -0.3 },
    gates: [[most('orders_per_month', 'difference', -0.3)], [stillBuying]],
  },
];
