import { createRandom, type Random } from '../../../src/demo/random.ts';
import { writeCsv } from '../shop-files.ts';

/** How a type of account signs, uses and meets. */
interface AccountType {
  share: number;
  size: number;
  /** Length of a contract in months. */
  term: number;
  /** Contracts that were signed one after the other until now. */
  contracts(random: Random): number;
  /** Months from today to the end of the last contract; below zero where it has run out. */
  left(random: Random): number;
  price: number;
  /** Days of use in 28: before, and in the last four weeks. */
  use: readonly [number, number];
  meetingsPerMonth: number;
}

export const accountTypes = {
  giant: {
    share: 16,
    size: 2500,
    term: 12,
    contracts: () => 2,
    left: random => random.between(4, 11),
    price: 60_000,
    use: [16, 16],
    meetingsPerMonth: 2,
  },
  quietGiant: {
    share: 12,
    size: 2500,
    term: 12,
    contracts: () => 2,
    left: random => random.between(4, 11),
    price: 45_000,
    use: [4, 4],
    meetingsPerMonth: 0.05,
  },
  small: {
    share: 30,
    size: 12,
    term: 12,
    contracts: () => 2,
    left: random => random.between(4, 11),
    price: 2_000,
    use: [9, 9],
    meetingsPerMonth: 0.02,
  },
  atRisk: {
    share: 16,
    size: 150,
    term: 12,
    contracts: () => 2,
    left: random => random.between(0.5, 2.5),
    price: 12_000,
    use: [9, 1.5],
    meetingsPerMonth: 0.1,
  },
  lapsed: {
    share: 14,
    size: 150,
    term: 12,
    contracts: () => 1,
    left: random => -random.between(3, 10),
    price: 10_000,
    use: [0, 0],
    meetingsPerMonth: 0,
  },
  bound: {
    share: 12,
    size: 300,
    term: 36,
    contracts: () => 1,
    left: random => random.between(14, 30),
    price: 50_000,
    use: [9, 9],
    meetingsPerMonth: 0.4,
  },
} as const satisfies Record<string, AccountType>;

const names = Object.keys(accountTypes) as (keyof typeof accountTypes)[];
const day = 86_400_000;
const month = 30.4375 * day;
const end = Date.UTC(2026, 10, 1);

/** Writes customers.csv, orders.csv and events.csv of a supplier; returns the type of each account, by customer id. */
export async function writeAccounts(
  dir: string,
  { accounts, seed }: { accounts: number; seed: number },
): Promise<Map<string, string>> {
  const random = createRandom(seed);
  const truth = new Map<string, string>();
  const customers: string[] = [];
  const orders: string[] = [];
  const events: string[] = [];
  for (let a = 0; a < accounts; a++) {
    const name = names[random.weighted(names.map(key => accountTypes[key].share))]!;
    const type: AccountType = accountTypes[name];
    const id = `A${a}`;
    truth.set(id, name);
    customers.push(`${id},${Math.max(2, Math.round(random.logNormal(type.size, 0.4)))}`);
    const note = (time: number, what: string) => events.push(`E${events.length},${id},${iso(time)},${what}`);
    const last = end + type.left(random) * month;
    const price = random.logNormal(type.price, 0.25);
    for (let c = type.contracts(random); c > 0; c--) {
      const renews = last - (c - 1) * type.term * month;
      const signed = renews - type.term * month - random.below(10) * day;
      orders.push(`C${orders.length},${id},${iso(signed)},${price.toFixed(2)},EUR,${iso(renews)}`);
    }
    const own = random.gamma(0.2);
    for (let d = 84; d > 0; d--) {
      const days = d > 28 ? type.use[0] : type.use[1];
      if (random.chance((own * days) / 28)) note(end - d * day + 9 * 3_600_000, 'Logged In');
    }
    for (let m = random.poisson(6 * type.meetingsPerMonth); m > 0; m--)
      note(end - Math.ceil(random.between(1, 179)) * day, random.pick(['Meeting Held', 'Call Held']));
  }
  await writeCsv(dir, 'customers.csv', 'customer_id,account_size', customers);
  await writeCsv(dir, 'orders.csv', 'order_id,customer_id,ordered_at,total,currency,renews_at', orders);
  await writeCsv(dir, 'events.csv', 'event_id,customer_id,occurred_at,type', events);
  return truth;
}

const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
