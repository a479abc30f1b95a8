import { dateOf, dayOf, timestamp } from '../../../src/demo/calendar.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { type BehaviourType, shares } from './behaviours.ts';
import { dayAt, shopClock } from './calendar.ts';
import type { Changes } from './changes.ts';
import { channelOf, writeOrders } from './orders.ts';
import { categoryNames, productsOf } from './products.ts';
import { createRows } from './rows.ts';
import { begins, type Customer, phasesOf, type Shop } from './shop.ts';
import { stream } from './streams.ts';
import { writeEmails, writeVisits } from './visits.ts';

export interface LivingShopOptions {
  seed: number;
  /** How many have ordered by the start, on average. */
  customers?: number;
  /** Weeks of trade before the start, and after it. */
  past?: number;
  ahead?: number;
  /** Weeks before the start for which visits and e-mails are kept. */
  eventsKept?: number;
  /** 'YYYY-MM-DD': week 0, the as-of date of a first segmentation. */
  start?: string;
  /** How much busier or quieter than usual a week may be for everybody: the coefficient of variation of its pace. */
  unrest?: number;
  changes?: Changes;
}

export interface LivingShop {
  /** The date that is so many weeks after the start. */
  asOf(week: number): string;
  /** What each profile was when it arrived. */
  types: ReadonlyMap<string, BehaviourType>;
}

const typeNames = Object.keys(shares) as BehaviourType[];
const typeWeights = typeNames.map(name => shares[name]);

/**
 * Writes a made shop that goes on week after week: customers of a few types arrive at a steady rate from its first day,
 * each type at rates that never change, so that nothing but its planted changes, and its growing older, sets one week
 * apart from another. All weeks are written at once; an as-of date hides those after it. Same options, same rows.
 */
export async function writeLivingShop(
  warehouse: Warehouse,
  {
    seed,
    customers = 2000,
    past = 104,
    ahead = 26,
    eventsKept = 27,
    start = '2026-06-01',
    unrest = 0,
    changes = {},
  }: LivingShopOptions,
): Promise<LivingShop> {
  const opened = dayAt(start, -past);
  const end = dayAt(start, ahead);
  const categories = categoryNames.map(productsOf);
  const shop: Shop = {
    seed,
    start,
    end,
    clock: shopClock(opened, end, {
      festive: changes.december ?? false,
      unrest,
      random: stream(seed, 0),
    }),
    changes,
    categories,
    newCategory: productsOf(changes.newCategory?.name ?? 'none'),
    gifts: categories[categoryNames.indexOf('gifts')]!,
    rows: createRows(),
  };
  const types = new Map<string, BehaviourType>();
  const arrivals = stream(seed);
  const perDay = customers / (7 * past);
  const { clock } = shop;
  for (let key = 1, at = clock.clockOf(opened); ; key++) {
    at -= Math.log(1 - arrivals.uniform()) / perDay;
    const first = clock.dayOf(at);
    if (first >= end) break;
    const type = typeNames[arrivals.weighted(typeWeights)]!;
    const { dissolve } = changes;
    const gone = dissolve?.type === type && first >= begins(shop, dissolve.fromWeek);
    if (gone && dissolve.into === undefined) continue;
    const profile = writeCustomer(
      shop,
      key,
      gone ? dissolve.into! : type,
      first,
      dayOf(start) - 7 * eventsKept,
    );
    types.set(profile, type);
  }
  await shop.rows.appendTo(warehouse);
  return { asOf: week => dateOf(Math.floor(dayAt(start, week))), types };
}

function writeCustomer(
  shop: Shop,
  key: number,
  type: BehaviourType,
  first: number,
  eventsFrom: number,
): string {
  const random = stream(shop.seed, key, 1);
  const country = random.pick(['GB', 'GB', 'GB', 'IE', 'DE']);
  const usual = random.pick(['search', 'search', 'social', 'friends']);
  const created = first - 0.2 - random.gamma(1) * 4;
  const phases = phasesOf(shop, type, first, random);
  const homes = Array.from({ length: phases[0]!.behaviour.homes }, () => random.pick(shop.categories));
  const customer: Customer = { id: `C${key}`, profile: `shop/C${key}`, phases, homes };
  const channel = channelOf(shop, 'customers', usual, created, stream(shop.seed, key, 7));
  const { id, profile } = customer;
  const createdAt = timestamp(Math.floor(created * 86_400));
  shop.rows.add('customers', 'shop', id, profile, createdAt, country, channel);
  const orders = writeOrders(shop, customer, key);
  writeVisits(shop, customer, orders, key, eventsFrom);
  writeEmails(shop, customer, key, eventsFrom);
  return profile;
}
