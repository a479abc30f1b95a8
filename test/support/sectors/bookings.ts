import { createRandom, type Random } from '../../../src/demo/random.ts';
import { writeCsv } from '../shop-files.ts';

/** How a type of guest books and stays. */
interface GuestType {
  share: number;
  bookingsPerYear: number;
  nights(random: Random): number;
  /** Weekday of arrival, 0 for Sunday. */
  arrives(random: Random): number;
  party(random: Random): number;
  /** Days from booking to arrival. */
  lead(random: Random): number;
  portal: number;
  cancels: number;
  rate: number;
}

const anyDay = (random: Random) => random.below(7);

export const guestTypes = {
  business: {
    share: 22,
    bookingsPerYear: 10,
    nights: random => 1 + random.below(3),
    arrives: random => random.pick([1, 1, 2]),
    party: () => 1,
    lead: random => random.logNormal(7, 0.6),
    portal: 0.15,
    cancels: 0.08,
    rate: 125,
  },
  couple: {
    share: 24,
    bookingsPerYear: 4,
    nights: random => random.pick([2, 2, 2, 1]),
    arrives: () => 5,
    party: () => 2,
    lead: random => random.logNormal(30, 0.5),
    portal: 0.3,
    cancels: 0.08,
    rate: 110,
  },
  family: {
    share: 16,
    bookingsPerYear: 2.5,
    nights: random => random.pick([5, 7, 7, 7, 10]),
    arrives: () => 6,
    party: random => 3 + random.below(3),
    lead: random => random.logNormal(140, 0.3),
    portal: 0.2,
    cancels: 0.06,
    rate: 140,
  },
  lastMinute: {
    share: 16,
    bookingsPerYear: 5,
    nights: random => 1 + random.below(2),
    arrives: anyDay,
    party: random => 1 + random.below(2),
    lead: random => random.below(2),
    portal: 0.4,
    cancels: 0.02,
    rate: 75,
  },
  canceller: {
    share: 12,
    bookingsPerYear: 7,
    nights: random => 2 + random.below(3),
    arrives: anyDay,
    party: random => random.pick([2, 2, 3]),
    lead: random => random.logNormal(60, 0.5),
    portal: 0.95,
    cancels: 0.5,
    rate: 90,
  },
  longStay: {
    share: 10,
    bookingsPerYear: 3,
    nights: random => 14 + random.below(15),
    arrives: anyDay,
    party: random => random.pick([1, 1, 2]),
    lead: random => random.logNormal(25, 0.5),
    portal: 0.1,
    cancels: 0.06,
    rate: 62,
  },
} as const satisfies Record<string, GuestType>;

const names = Object.keys(guestTypes) as (keyof typeof guestTypes)[];
const shortTrips = ['business', 'couple', 'lastMinute', 'canceller'] as const;
const day = 86_400_000;
const end = Date.UTC(2026, 10, 1);
const opened = Date.UTC(2024, 10, 1);

/** Writes orders.csv of a house of two years; returns the type of each guest, by customer id. */
export async function writeBookings(
  dir: string,
  { guests, seed }: { guests: number; seed: number },
): Promise<Map<string, string>> {
  const random = createRandom(seed);
  const truth = new Map<string, string>();
  const orders: string[] = [];
  for (let g = 0; g < guests; g++) {
    const name = names[random.weighted(names.map(key => guestTypes[key].share))]!;
    const type: GuestType = guestTypes[name];
    const id = `G${g}`;
    const pace = type.bookingsPerYear * random.gamma(0.3);
    const first = opened + random.below(450) * day;
    truth.set(id, name);
    const rate = type.rate * random.logNormal(1, 0.15);
    let kept = 0;
    for (let at = first; at < end; at += Math.max(1, Math.round(365 / pace) * random.gamma(0.5)) * day) {
      // The first booking stands, so that everybody counts as a guest.
      const cancelled = kept > 0 && random.chance(type.cancels);
      if (!cancelled) kept++;
      // People also travel for other reasons than their own.
      const manner = random.chance(0.15) ? guestTypes[random.pick(shortTrips)] : type;
      orders.push(
        booking(random, manner, { id, number: orders.length, at: Math.round(at), rate, cancelled }),
      );
    }
  }
  const columns =
    'order_id,customer_id,ordered_at,total,currency,channel,status,stay_from,stay_to,party_size';
  await writeCsv(dir, 'orders.csv', columns, orders);
  return truth;
}

interface Booking {
  id: string;
  number: number;
  at: number;
  rate: number;
  cancelled: boolean;
}

function booking(random: Random, type: GuestType, { id, number, at, rate, cancelled }: Booking): string {
  const wanted = Math.floor(at / day) + Math.round(type.lead(random));
  // Day 0 was a Thursday. Who decides at the last moment takes the day as it is.
  const weekday = type.arrives(random);
  const shift = type.arrives === anyDay ? 0 : (((weekday - 4 - wanted) % 7) + 7) % 7;
  const from = (wanted + shift) * day;
  const nights = type.nights(random);
  const channel = random.chance(type.portal) ? 'Booking.com' : random.pick(['website', 'phone']);
  const total = nights * rate * random.between(0.9, 1.1);
  const moment = at + Math.floor(random.between(8, 22) * 3_600_000);
  return [
    `B${number}`,
    id,
    iso(Math.min(moment, end - 1000)),
    total.toFixed(2),
    'EUR',
    channel,
    cancelled ? 'cancelled' : 'confirmed',
    iso(from).slice(0, 10),
    iso(from + nights * day).slice(0, 10),
    type.party(random),
  ].join(',');
}

const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
