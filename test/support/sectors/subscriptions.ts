import { createRandom, type Random } from '../../../src/demo/random.ts';
import { writeCsv } from '../shop-files.ts';

/** How a type of subscriber pays and uses. */
interface SubscriberType {
  share: number;
  /** Months since the first payment. */
  months(random: Random): number;
  /** Months without a payment until today. */
  stopped(random: Random): number;
  /** The level of the plan at the first payment and at the last. */
  plan: readonly [number, number];
  /** Days of use in 28: at the beginning, and now. */
  use: readonly [number, number];
  /** Chance that a payment fails at first. */
  fails: number;
}

const long = (random: Random) => 14 + random.below(10);
const never = () => 0;

export const subscriberTypes = {
  power: { share: 18, months: long, stopped: never, plan: [3, 3], use: [20, 20], fails: 0.02 },
  basic: { share: 22, months: long, stopped: never, plan: [1, 1], use: [9, 9], fails: 0.03 },
  sleeper: { share: 18, months: long, stopped: never, plan: [2, 2], use: [1.5, 1.5], fails: 0.03 },
  downgrader: { share: 12, months: long, stopped: never, plan: [3, 1], use: [14, 7], fails: 0.03 },
  failing: { share: 12, months: long, stopped: never, plan: [2, 2], use: [11, 11], fails: 0.4 },
  gone: {
    share: 18,
    months: long,
    stopped: random => 4 + random.below(5),
    plan: [2, 2],
    use: [8, 0],
    fails: 0.05,
  },
} as const satisfies Record<string, SubscriberType>;

const names = Object.keys(subscriberTypes) as (keyof typeof subscriberTypes)[];
const day = 86_400_000;
const end = Date.UTC(2026, 10, 1);
const prices = [0, 9, 19, 49];

/** Writes orders.csv and events.csv of a service of two years; returns the type of each subscriber, by customer id. */
export async function writeSubscriptions(
  dir: string,
  { subscribers, seed }: { subscribers: number; seed: number },
): Promise<Map<string, string>> {
  const random = createRandom(seed);
  const truth = new Map<string, string>();
  const orders: string[] = [];
  const events: string[] = [];
  for (let s = 0; s < subscribers; s++) {
    const name = names[random.weighted(names.map(key => subscriberTypes[key].share))]!;
    const type: SubscriberType = subscriberTypes[name];
    const id = `S${s}`;
    truth.set(id, name);
    const note = (time: number, what: string) => events.push(`E${events.length},${id},${iso(time)},${what}`);
    const months = type.months(random);
    const paid = months - type.stopped(random);
    const turn = random.between(0.4, 0.7) * paid;
    const own = random.gamma(0.2);
    const payday = end - Math.ceil(random.between(1, 29)) * day;
    for (let m = 0; m < paid; m++) {
      const at = payday - Math.round((months - 1 - m) * 30.4375) * day;
      const tier = m < turn ? type.plan[0] : type.plan[1];
      if (random.chance(type.fails)) note(at - 2 * day, 'Payment Failed');
      orders.push(`P${orders.length},${id},${iso(at)},${prices[tier]}.00,EUR,${tier}`);
    }
    // Use is looked at over the last eight weeks, and older use tells when it ended.
    const weeks = 30;
    for (let w = weeks; w > 0; w--) {
      const still = (months - paid) * 30.4 < w * 7;
      const days = w > 5 || type.use[0] === type.use[1] ? type.use[0] : type.use[1];
      for (let d = 0; d < 7; d++)
        if (still && random.chance((own * days) / 28))
          note(end - (w * 7 - d) * day + 3_600_000 * 9, 'Feature Used');
    }
  }
  await writeCsv(dir, 'orders.csv', 'order_id,customer_id,ordered_at,total,currency,plan_tier', orders);
  await writeCsv(dir, 'events.csv', 'event_id,customer_id,occurred_at,type', events);
  return truth;
}

const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
