import type { Advice } from './archetype.ts';
import { sectorAdvice } from './trait-advice-sectors.ts';

/** What to do about a segment whose strongest trait is of this concept. */
export const traitAdvice: Readonly<Record<string, Advice>> = {
  'total spend': {
    action:
      'Treat them by what they are worth: service and early access for those who spend most, low-cost contact for the rest.',
    avoid: 'Do not spend more on reaching them than they bring.',
    neutralName: 'Service and news',
  },
  frequency: {
    action: 'Meet their rhythm: contact them shortly before they usually order, and not in between.',
    avoid: 'Do not mail between orders only to be heard.',
    neutralName: 'Right on time',
  },
  rhythm: {
    action:
      'Meet their rhythm: a reminder timed to it where it is steady, a reason to come back where it is not.',
    avoid: 'Do not set one interval for everybody.',
    neutralName: 'Reminders',
  },
  'order value': {
    action: 'Set thresholds, bundles and service by what they usually spend, a little above and not far.',
    avoid: 'Do not set a threshold far above what they usually spend.',
    neutralName: 'Sets and bundles',
  },
  'even spend': {
    action: 'Set thresholds and bundles by the orders that they usually place.',
    avoid: 'Do not push them to a basket that is unlike theirs.',
    neutralName: 'The usual basket',
  },
  trend: {
    action: 'Find what changed in what they buy, and answer to it before it becomes a habit.',
    avoid: 'Do not wait for the end of the year before you look.',
    neutralName: 'What is new',
  },
  basket: {
    action: 'Fit bundles, quantity prices and delivery thresholds to the size of their baskets.',
    avoid: 'Do not offer quantity prices for what they buy one at a time.',
    neutralName: 'Bundles and delivery',
  },
  range: {
    action:
      'Fit recommendations to the width of their interest: depth where it is narrow, news where it is wide.',
    avoid: 'Do not send everybody the same selection.',
    neutralName: 'Selections',
  },
  repeats: {
    action:
      'Make re-ordering easy for those who want the same again, and show what is new to those who do not.',
    avoid: 'Do not hide the way to the last order behind news.',
    neutralName: 'Order again',
  },
  channel: {
    action: 'Reach them in the channel in which they buy, and measure it there.',
    avoid: 'Do not count an order in one channel as won by another.',
    neutralName: 'Shop and web',
  },
  discounts: {
    action:
      'Test how much of a discount they need: keep offers from those who pay full price, and make them smaller for the others.',
    avoid: 'Do not send a code to those who order without one.',
    neutralName: 'Offers of the season',
  },
  returns: {
    action: 'Look at what comes back and why, and let that decide what is promoted to them.',
    avoid: 'Do not promote what comes back most.',
    neutralName: 'Fit and details',
  },
  'time of day': {
    action: 'Send and advertise at the hours at which they shop.',
    avoid: 'Do not time messages by the office day alone.',
    neutralName: 'By the clock',
  },
  week: {
    action: 'Send and advertise on the days on which they shop.',
    avoid: 'Do not send to everybody on the same day.',
    neutralName: 'By the week',
  },
  season: {
    action: 'Plan contact by their season: early before it, little outside it.',
    avoid: 'Do not mail them at the same pace all year.',
    neutralName: 'Season opening',
  },
  visits: {
    action: 'Use the visit: show what they looked at last, and one thing that goes with it.',
    avoid: 'Do not follow them with adverts for every page that they saw.',
    neutralName: 'Picked for you',
  },
  'visit depth': {
    action:
      'Shorten or deepen the page to fit how they look: quick paths for the hurried, comparisons for the thorough.',
    avoid: 'Do not put a form between them and the page.',
    neutralName: 'Guides',
  },
  carts: {
    action: 'Look for what stands between cart and order, and remind them once, soon.',
    avoid: 'Do not put a discount into the first reminder: it rewards leaving the cart.',
    neutralName: 'Easy checkout',
  },
  conversion: {
    action: 'Make the step from looking to buying small: alerts, wish lists and answers to open questions.',
    avoid: 'Do not ask for the order before the question is answered.',
    neutralName: 'Wish lists',
  },
  origin: {
    action: 'Check what their visits cost against what they bring, and shift the budget.',
    avoid: 'Do not pay twice for a visit that would have come anyway.',
    neutralName: 'Ways to us',
  },
  'e-mail': {
    action: 'Let e-mail do the work where they answer it, and use other channels where they do not.',
    avoid: 'Do not mail more often because it works, nor louder because it does not.',
    neutralName: 'Newsletter',
  },
  'e-mail trend': {
    action: 'Adjust how often they are mailed to where their interest is going.',
    avoid: 'Do not answer fading interest with more mail.',
    neutralName: 'Letters that fit',
  },
  consent: {
    action: 'Respect that they left the list: use the site and the parcel to speak to them.',
    avoid: 'Do not mail them, and do not upload their addresses to win them back.',
    neutralName: 'On the site',
  },
  support: {
    action: 'Look into what they ask about, mend the commonest cause, and tell them.',
    avoid: 'Do not send promotions while a ticket is open.',
    neutralName: 'Help and answers',
  },
  complaints: {
    action: 'Answer what they complained about before anything is promoted to them.',
    avoid: 'Do not ask for a review before the complaint is settled.',
    neutralName: 'Your opinion',
  },
  satisfaction: {
    action: 'Ask what made the difference, and act on it where satisfaction is low.',
    avoid: 'Do not leave low marks unanswered, nor quote praise without asking.',
    neutralName: 'Asked and answered',
  },
  tenure: {
    action: 'Fit the message to how long they know the shop: a welcome for the new, thanks for the old.',
    avoid: 'Do not welcome old customers as new.',
    neutralName: 'Letters from us',
  },
  absence: {
    action: 'Time contact by how long they have been away against their usual gap.',
    avoid: 'Do not send offers to win back those whose usual gap is not over.',
    neutralName: 'What there is to see',
  },
  'first order': {
    action: 'Fit the welcome series to how long they take to decide.',
    avoid: 'Do not press for the order with a countdown.',
    neutralName: 'Welcome letters',
  },
  ...sectorAdvice,
};

/** For a segment that nothing sets apart. */
export const typicalAdvice: Advice = {
  action: 'Use them as the yardstick: what works here is what works on the whole, so test on them first.',
  avoid: 'Do not build a campaign of their own: nothing sets them apart from the rest.',
  neutralName: 'General list',
};
