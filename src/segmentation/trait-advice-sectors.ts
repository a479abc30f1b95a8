import type { Advice } from './archetype.ts';

/** By concept of the features of a sector. */
export const sectorAdvice: Readonly<Record<string, Advice>> = {
  'length of stay': {
    action: 'Fit prices and services to the length of their stays: speed for the short, a home for the long.',
    avoid: 'Do not price a long stay as many short ones.',
    neutralName: 'Stays of all lengths',
  },
  rate: {
    action: 'Fit rooms and extras to what they usually pay for a night.',
    avoid: 'Do not cut the rate on nights that fill anyway.',
    neutralName: 'Rooms and extras',
  },
  'lead time': {
    action: 'Be there when they decide: early for those who plan, in the app for those who do not.',
    avoid: 'Do not offer late prices to those who book early.',
    neutralName: 'Calendar',
  },
  party: {
    action: 'Fit rooms and tables to the number in which they come.',
    avoid: 'Do not offer rooms that do not hold them all.',
    neutralName: 'Rooms and tables',
  },
  'nights of the week': {
    action: 'Fill the nights that they prefer at the full price, and the others with an offer.',
    avoid: 'Do not discount the nights that they come for.',
    neutralName: 'Nights of the week',
  },
  cancellations: {
    action: 'Fit deposits and terms of cancellation to how often they call off.',
    avoid: 'Do not plan staff by these bookings without a deposit.',
    neutralName: 'Flexible dates',
  },
  plan: {
    action: 'Fit help and offers to the level that they pay for.',
    avoid: 'Do not sell a level that they would not use.',
    neutralName: 'What is in the plan',
  },
  'change of plan': {
    action: 'Ask what changed, and see that the plan fits what they use.',
    avoid: 'Do not offer the old plan again before you know the reason.',
    neutralName: 'A plan that fits',
  },
  'failed payments': {
    action: 'Mend the payment: retry on another day, and ask for a new card in time.',
    avoid: 'Do not lock them out at the first failure.',
    neutralName: 'Service notes',
  },
  use: {
    action: 'Let use decide the message: more for those who use much, a way back for those who do not.',
    avoid: 'Do not send hints about what they use every day.',
    neutralName: 'Ways to use it',
  },
  'trend of use': {
    action: 'Find what changed in their use, and answer within the week.',
    avoid: 'Do not answer falling use with a discount.',
    neutralName: 'Useful hints',
  },
  'size of account': {
    action: 'Fit the service to the size of the account: people for the large, good pages for the small.',
    avoid: 'Do not promise people where pages have to serve.',
    neutralName: 'Service plan',
  },
  meetings: {
    action: 'Keep the rhythm of meetings where there is one, and begin one where there is none.',
    avoid: 'Do not meet without a question to settle.',
    neutralName: 'Meetings',
  },
  contract: {
    action: 'Fit terms to how long they like to be bound.',
    avoid: 'Do not ask for longer terms as the price of a favour.',
    neutralName: 'Terms',
  },
  renewal: {
    action: 'Prepare each renewal in time, with what the contract brought.',
    avoid: 'Do not let the bill be the first word about the renewal.',
    neutralName: 'Renewal calendar',
  },
  'time to renewal': {
    action: 'Plan the year by when they come up for renewal.',
    avoid: 'Do not treat all contracts as if they ended together.',
    neutralName: 'Planning',
  },
};
