import { type Behaviour, drawBehaviour } from './behaviours.ts';
import { momentOf, weekday } from './calendar.ts';
import type { CsvFiles } from './csv-files.ts';
import { type Category, drawHomes, drawProduct, type Product } from './products.ts';
import type { Random } from './random.ts';

export const headers = {
  customers: 'customer_id,email,phone,created_at,country,acquisition_channel,accepts_marketing',
  orders:
    'order_id,customer_id,ordered_at,channel,currency,total,discount,refunded,refunded_at,coupon_code,status',
  order_lines: 'line_id,order_id,sku,product,category,quantity,unit_price,returned_quantity,returned_at',
  events: 'event_id,customer_id,occurred_at,type,session_id,category,sku,source,campaign_id',
  tickets: 'ticket_id,customer_id,opened_at,kind,csat',
  consents: 'consent_id,customer_id,channel,purpose,state,at',
  'truth/truth': 'customer_id,type',
} as const;

/** What all customers share while the shop is written. */
export interface Shop {
  files: CsvFiles<keyof typeof headers>;
  random: Random;
  /** The first day of trade, and the day that everything comes before. */
  opened: number;
  end: number;
}

export interface Customer {
  /** Most have one account; some open a second after a while and use both. */
  accounts: readonly string[];
  behaviour: Behaviour;
  homes: readonly Category[];
  favourite: Product;
  country: Country;
  created: number;
  /** The days of the first order and of the end of buying. */
  first: number;
  last: number;
  acceptsMarketing: boolean;
}

interface Country {
  code: string;
  weight: number;
  /** How its customers differ in what they return and in the value of an order. */
  returns: number;
  value: number;
}

const countries: readonly Country[] = [
  { code: 'GB', weight: 70, returns: 1, value: 1 },
  { code: 'DE', weight: 9, returns: 1.8, value: 1.05 },
  { code: 'IE', weight: 7, returns: 0.9, value: 0.95 },
  { code: 'FR', weight: 6, returns: 1.2, value: 1 },
  { code: 'US', weight: 5, returns: 0.7, value: 1.25 },
  { code: 'NL', weight: 3, returns: 1.5, value: 0.9 },
];

export const daysToSecondAccount = 40;

export function drawCustomer(shop: Shop, accounts: readonly string[], type: Behaviour): Customer {
  const { random, opened, end } = shop;
  const behaviour = drawBehaviour(type, random);
  const country = countries[random.weighted(countries.map(({ weight }) => weight))]!;
  behaviour.returned = Math.min(0.6, behaviour.returned * country.returns);
  behaviour.basket *= country.value;
  const homes = drawHomes(behaviour.homes, random);
  const open = end - opened;
  const quiet = Math.min(random.between(behaviour.quietFrom, behaviour.quietTo), 0.7 * open);
  // Long enough for a second order as a rule; older customers outnumber newer ones a little.
  const least = Math.min(open, quiet + 1.3 * behaviour.gap);
  const tenure = least + (open - least) * random.uniform() ** 0.7;
  return {
    accounts,
    behaviour,
    homes,
    favourite: drawProduct(homes[0]!, (100 * behaviour.basket) / (1 + behaviour.moreLines), random),
    country,
    created: Math.floor(end - tenure - 6 * random.gamma(1)) - 1,
    first: end - tenure,
    last: end - quiet,
    acceptsMarketing: random.chance(0.9),
  };
}

/** A moment on about this day that suits the customer's habits: after the registration, before the end. */
export function drawMoment(shop: Shop, { behaviour, created }: Customer, day: number): number {
  const { random, end } = shop;
  let whole = Math.floor(day);
  // Clockwork does not wait for the weekend.
  if (behaviour.gapVariation > 0.2) {
    const toWeekend = random.chance(behaviour.weekend);
    while (weekday(whole) >= 5 !== toWeekend) whole--;
    if (whole <= created) whole += 7;
  }
  const hour = random.chance(behaviour.evening) ? 18 + random.below(5) : 8 + random.below(10);
  return momentOf(Math.min(Math.max(whole, created + 1), end - 1), hour, random.below(3600));
}
