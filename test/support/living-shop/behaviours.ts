import type { Random } from '../../../src/demo/random.ts';

/** How one customer shops. Shares and probabilities lie in 0..1, money is in pounds, times in days. */
export interface Behaviour {
  /** Mean days between orders, and the coefficient of variation around it. */
  gap: number;
  gapVariation: number;
  /** Mean days from the first order until buying stops; 0 for those who order once. */
  life: number;
  /** Median price of a product, and the mean of the lines of an order after the first. */
  price: number;
  moreLines: number;
  /** How many categories are home. */
  homes: number;
  discounted: number;
  depth: number;
  returned: number;
  /** Visits a month that end without an order, and the mean of the pages viewed after the first. */
  sessions: number;
  views: number;
  abandoned: number;
  paidVisit: number;
  opened: number;
  /** Of the opened. */
  clicked: number;
  ticketsPerOrder: number;
  complaint: number;
  /** Mean of the scores 1..5 given to a closed ticket. */
  satisfaction: number;
  evening: number;
  store: number;
  app: number;
}

const ordinary: Behaviour = {
  gap: 45,
  gapVariation: 0.7,
  life: 400,
  price: 18,
  moreLines: 0.8,
  homes: 2,
  discounted: 0.12,
  depth: 0.15,
  returned: 0.04,
  sessions: 1.2,
  views: 1.4,
  abandoned: 0.15,
  paidVisit: 0.15,
  opened: 0.35,
  clicked: 0.25,
  ticketsPerOrder: 0.05,
  complaint: 0.25,
  satisfaction: 4.2,
  evening: 0.35,
  store: 0.06,
  app: 0.15,
};

/** The groups that a segmentation should find. */
export const behaviours = {
  loyal: {
    ...ordinary,
    gap: 17,
    gapVariation: 0.5,
    life: 700,
    price: 13,
    homes: 1,
    discounted: 0.05,
    sessions: 2.6,
    opened: 0.6,
    clicked: 0.45,
    app: 0.6,
  },
  bargain: {
    ...ordinary,
    gap: 55,
    gapVariation: 0.9,
    life: 600,
    price: 12,
    discounted: 0.88,
    depth: 0.25,
    paidVisit: 0.6,
    abandoned: 0.45,
  },
  oneOff: { ...ordinary, life: 0, price: 26, sessions: 0.5, opened: 0.12, clicked: 0.1, evening: 0.6 },
  brief: { ...ordinary, gap: 20, life: 110, price: 20, sessions: 1.8, homes: 3 },
  bigBasket: {
    ...ordinary,
    gap: 85,
    gapVariation: 0.4,
    life: 900,
    price: 45,
    moreLines: 4,
    homes: 5,
    sessions: 2,
    views: 3.5,
    store: 0.35,
  },
  complainer: {
    ...ordinary,
    gap: 38,
    life: 350,
    price: 22,
    returned: 0.3,
    sessions: 0.8,
    opened: 0.1,
    ticketsPerOrder: 0.7,
    complaint: 0.8,
    satisfaction: 1.7,
  },
} as const satisfies Record<string, Behaviour>;

export type BehaviourType = keyof typeof behaviours;

/** Of those who arrive. */
export const shares: Readonly<Record<BehaviourType, number>> = {
  loyal: 0.2,
  bargain: 0.22,
  oneOff: 0.2,
  brief: 0.14,
  bigBasket: 0.13,
  complainer: 0.11,
};

const scales = ['gap', 'price', 'moreLines', 'sessions', 'views', 'depth', 'ticketsPerOrder'] as const;
const chances = [
  'discounted',
  'returned',
  'abandoned',
  'paidVisit',
  'opened',
  'clicked',
  'complaint',
  'evening',
  'store',
  'app',
] as const;

/** One customer of a type: scales vary by a factor, shares on the logit scale. */
export function drawBehaviour(type: BehaviourType, random: Random): Behaviour {
  const drawn: Behaviour = { ...behaviours[type] };
  for (const key of scales) drawn[key] = random.logNormal(drawn[key], 0.22);
  for (const key of chances) {
    const odds = (drawn[key] / (1 - drawn[key])) * Math.exp(0.35 * random.normal());
    drawn[key] = odds / (1 + odds);
  }
  return drawn;
}
