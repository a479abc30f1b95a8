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

/** Neither a scale nor a share: drawn in a way of their own, or the same for the whole type. */
const special = ['homes', 'quietFrom', 'quietTo', 'growth', 'satisfaction', 'december'] as const;
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
    if ((special as readonly string[]).includes(key)) continue;
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

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
