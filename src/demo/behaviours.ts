import type { Random } from './random.ts';

/** How one customer shops. Shares and probabilities lie in 0..1, money is in pounds, times in days. */
export interface Behaviour {
  /** Mean days between orders, and the coefficient of variation around it. */
  gap: number;
  gapVariation: number;
  /** Median value of an order before discount, its spread (sigma of the log), and its growth over the whole tenure. */
  basket: number;
  basketSpread: number;
  growth: number;
  /** Mean of the lines of an order after the first. */
  moreLines: number;
  /** How many categories are home; the chance that a line strays from them; that it is the favourite product. */
  homes: number;
  stray: number;
  favourite: number;
  discounted: number;
  depth: number;
  coupon: number;
  returned: number;
  /** Sessions a month that end without an order, views in one, and the chance that one leaves a full cart behind. */
  sessions: number;
  views: number;
  abandoned: number;
  paidVisit: number;
  opened: number;
  /** Of the opened. */
  clicked: number;
  unsubscribed: number;
  ticketsPerOrder: number;
  complaint: number;
  /** Mean of the scores 1..5 given to a closed ticket. */
  satisfaction: number;
  evening: number;
  weekend: number;
  store: number;
  app: number;
  /** Buying has stopped this many days before the end: at least, at most. */
  quietFrom: number;
  quietTo: number;
  /** How much faster orders come before Christmas, and how many gifts are ordered then on top. */
  december: number;
  gifts: number;
}

export interface PlantedType {
  name: string;
  share: number;
  behaviour: Behaviour;
}

/** What the types differ from. */
const ordinary: Behaviour = {
  gap: 55,
  gapVariation: 0.8,
  basket: 42,
  basketSpread: 0.4,
  growth: 0,
  moreLines: 0.9,
  homes: 3,
  stray: 0.07,
  favourite: 0.05,
  discounted: 0.2,
  depth: 0.15,
  coupon: 0.6,
  returned: 0.04,
  sessions: 2.4,
  views: 2.6,
  abandoned: 0.22,
  paidVisit: 0.25,
  opened: 0.38,
  clicked: 0.28,
  unsubscribed: 0.04,
  ticketsPerOrder: 0.06,
  complaint: 0.3,
  satisfaction: 4,
  evening: 0.4,
  weekend: 0.3,
  store: 0.12,
  app: 0.2,
  quietFrom: 0,
  quietTo: 30,
  december: 1.6,
  gifts: 0.25,
};

/** The groups that a segmentation should find again. Their shares add up to 1. */
export const plantedTypes: readonly PlantedType[] = [
  {
    name: 'category_devotee',
    share: 0.15,
    behaviour: {
      ...ordinary,
      gap: 22,
      gapVariation: 0.55,
      basket: 33,
      basketSpread: 0.28,
      homes: 1,
      favourite: 0.3,
      discounted: 0.12,
      sessions: 1.9,
      views: 2,
      abandoned: 0.1,
      opened: 0.44,
      app: 0.35,
      quietTo: 10,
    },
  },
  {
    name: 'curious_explorer',
    share: 0.17,
    behaviour: {
      ...ordinary,
      gap: 48,
      basket: 52,
      basketSpread: 0.45,
      growth: 0.15,
      moreLines: 2.2,
      homes: 8,
      stray: 0.15,
      favourite: 0.01,
      discounted: 0.24,
      returned: 0.06,
      sessions: 4.2,
      views: 4.2,
      abandoned: 0.28,
      opened: 0.52,
      clicked: 0.42,
      evening: 0.5,
      weekend: 0.38,
      gifts: 0.8,
    },
  },
  {
    name: 'bargain_hunter',
    share: 0.19,
    behaviour: {
      ...ordinary,
      gap: 95,
      gapVariation: 1,
      basket: 29,
      moreLines: 0.7,
      discounted: 0.86,
      depth: 0.24,
      coupon: 0.85,
      returned: 0.07,
      sessions: 2.4,
      views: 1.9,
      abandoned: 0.42,
      paidVisit: 0.45,
      opened: 0.32,
      clicked: 0.36,
      quietTo: 60,
    },
  },
  {
    name: 'considered_spender',
    share: 0.1,
    behaviour: {
      ...ordinary,
      gap: 95,
      basket: 205,
      basketSpread: 0.38,
      moreLines: 0.4,
      homes: 2,
      discounted: 0.08,
      depth: 0.1,
      returned: 0.02,
      sessions: 4.5,
      views: 6,
      abandoned: 0.32,
      ticketsPerOrder: 0.14,
      complaint: 0.12,
      satisfaction: 4.4,
      evening: 0.62,
      weekend: 0.42,
      store: 0.2,
      quietTo: 50,
    },
  },
  {
    name: 'clockwork_replenisher',
    share: 0.12,
    behaviour: {
      ...ordinary,
      gap: 30,
      gapVariation: 0.09,
      basket: 30,
      basketSpread: 0.06,
      moreLines: 0.15,
      homes: 1,
      stray: 0.02,
      favourite: 0.92,
      discounted: 0.05,
      depth: 0.08,
      returned: 0.01,
      sessions: 0.6,
      views: 1,
      abandoned: 0.05,
      paidVisit: 0.08,
      opened: 0.25,
      clicked: 0.16,
      evening: 0.18,
      weekend: 0.26,
      store: 0.01,
      quietTo: 8,
      december: 1,
      gifts: 0.05,
    },
  },
  {
    name: 'fading_regular',
    share: 0.13,
    behaviour: {
      ...ordinary,
      gap: 38,
      gapVariation: 0.7,
      basket: 45,
      growth: -0.3,
      discounted: 0.25,
      sessions: 2.8,
      views: 2.8,
      abandoned: 0.6,
      opened: 0.46,
      clicked: 0.38,
      quietFrom: 110,
      quietTo: 240,
    },
  },
  {
    name: 'unhappy_leaver',
    share: 0.14,
    behaviour: {
      ...ordinary,
      gap: 50,
      gapVariation: 0.9,
      basket: 38,
      growth: -0.2,
      homes: 2,
      discounted: 0.28,
      returned: 0.16,
      sessions: 0.12,
      views: 1.5,
      abandoned: 0.2,
      opened: 0.05,
      clicked: 0.06,
      unsubscribed: 0.35,
      ticketsPerOrder: 0.38,
      complaint: 0.72,
      satisfaction: 2.1,
      quietFrom: 150,
      quietTo: 400,
    },
  },
];

const counts = ['homes', 'quietFrom', 'quietTo', 'growth', 'satisfaction', 'december'] as const;
const scales = [
  'gap',
  'gapVariation',
  'basket',
  'basketSpread',
  'moreLines',
  'sessions',
  'views',
  'ticketsPerOrder',
  'gifts',
  'depth',
] as const;

/**
 * One customer of a type: nobody is typical. Scales vary by a factor, shares on the logit scale, so the types
 * overlap at their edges.
 */
export function drawBehaviour(type: Behaviour, random: Random): Behaviour {
  const drawn = { ...type };
  for (const key of Object.keys(type) as (keyof Behaviour)[]) {
    const value = type[key];
    if ((counts as readonly string[]).includes(key)) continue;
    if ((scales as readonly string[]).includes(key)) drawn[key] = random.logNormal(value, 0.28);
    else drawn[key] = logistic(Math.log(value / (1 - value)) + 0.45 * random.normal());
  }
  if (type.homes > 1) drawn.homes = Math.max(1, Math.round(random.logNormal(type.homes, 0.25)));
  drawn.satisfaction = Math.min(4.9, Math.max(1.2, type.satisfaction + 0.4 * random.normal()));
  drawn.growth += 0.2 * random.normal();
  return drawn;
}

/** Takes each habit from one of two types: a customer who belongs to neither. */
export function mixBehaviours(a: Behaviour, b: Behaviour, random: Random): Behaviour {
  const mixed = { ...a };
  for (const key of Object.keys(a) as (keyof Behaviour)[]) if (random.chance(0.5)) mixed[key] = b[key];
  mixed.quietTo = Math.max(mixed.quietFrom, mixed.quietTo);
  return mixed;
}

/** Orders by the carton, by day, on weekdays; nothing else. `basket` is that of a carton order. */
export const bulkBuyer: Behaviour = {
  ...ordinary,
  gap: 20,
  basket: 1900,
  basketSpread: 0.6,
  moreLines: 7,
  homes: 5,
  discounted: 0.5,
  sessions: 1,
  evening: 0.03,
  weekend: 0.03,
  store: 0.02,
  gifts: 0.01,
};

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
