import { createRandom } from '../../../src/demo/random.ts';
import { daysAfter } from '../../../src/features/as-of.ts';
import type { Row, Shop } from '../../features/shop.ts';

/** The first day of the made shops. */
export const begin = '2024-01-01';
export const on = (day: number) => daysAfter(begin, day);

interface Bought {
  customer: string;
  /** Days since the beginning. */
  day: number;
  total: number;
}

export function ordersOf(bought: readonly Bought[]): Shop {
  return {
    orders: bought.map(
      ({ customer, day, total }, i): Row => ({
        source: 'shop',
        order_id: `o${i}`,
        customer_id: customer,
        profile_id: `shop/${customer}`,
        ordered_at: `${on(day)} 12:00:00`,
        total: Math.round(total * 100) / 100,
        currency: 'GBP',
      }),
    ),
  };
}

export interface Buyers {
  customers: number;
  /** Days over which they arrive, and over which the shop is seen. */
  arriving: number;
  days: number;
  seed: number;
}

/**
 * Customers who buy at a rate of their own, drop out after each occasion with a chance of their own, and spend around a
 * mean of their own: the process that BG/NBD and Gamma-Gamma describe.
 */
export function geometricBuyers({ customers, arriving, days, seed }: Buyers): Bought[] {
  const random = createRandom(seed);
  const exponential = (rate: number) => -Math.log(1 - random.uniform()) / rate;
  return Array.from({ length: customers }, (_, c) => {
    const [r, alpha, a, b] = [1.2, 40, 0.8, 4];
    const rate = (random.gamma(1 / Math.sqrt(r)) * r) / alpha;
    const [x, y] = [random.gamma(1 / Math.sqrt(a)) * a, random.gamma(1 / Math.sqrt(b)) * b];
    const leaving = x / (x + y);
    const spend = 40 / Math.max(0.2, random.gamma(0.5));
    const own: Bought[] = [];
    let at = random.uniform() * arriving;
    while (at < days) {
      own.push({ customer: `c${c}`, day: Math.floor(at), total: spend * random.gamma(0.6) });
      if (random.chance(leaving)) break;
      at += exponential(rate);
    }
    return own;
  }).flat();
}

/** Customers who buy every 30, 45 or 90 days for ever, each at the same price; and some who stopped long ago. */
export function clockwork(customers: number, days: number): Bought[] {
  return Array.from({ length: customers }, (_, c) => {
    const every = [30, 45, 90][c % 3]!;
    const until = c % 4 === 3 ? days - 250 : days;
    const own: Bought[] = [];
    for (let day = c % 30; day < until; day += every)
      own.push({ customer: `c${c}`, day, total: 20 + (c % 7) });
    return own;
  }).flat();
}
