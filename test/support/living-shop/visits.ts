import { weekday } from '../../../src/demo/calendar.ts';
import type { Random } from '../../../src/demo/random.ts';
import { channelOf, drawLine, type Order } from './orders.ts';
import type { Product } from './products.ts';
import { type Customer, type Phase, type Shop, write } from './shop.ts';
import { stream } from './streams.ts';

/** Visits and opened e-mails of those who buy no more, against those of before. */
const afterwards = 0.15;
/** Each newsletter goes to a part of the list. */
const mailed = 0.4;

/** Writes the visits that led to an order and those that did not, from a day on. */
export function writeVisits(
  shop: Shop,
  customer: Customer,
  orders: readonly Order[],
  key: number,
  earliest: number,
): void {
  const random = stream(shop.seed, key, 4);
  const bent = stream(shop.seed, key, 5);
  const { clock } = shop;
  const buying = stream(shop.seed, key, 8);
  for (const order of orders)
    if (!order.inStore && order.day >= earliest) writePurchase(shop, customer, order, buying, bent);
  let serial = 0;
  for (const phase of customer.phases) {
    const { behaviour, from, stops, until } = phase;
    for (const { begin, end, pace } of [
      { begin: from, end: Math.min(stops, until), pace: 1 },
      { begin: Math.min(stops, until), end: until, pace: afterwards },
    ]) {
      const wait = () => (-Math.log(1 - random.uniform()) * 30) / (behaviour.sessions * pace);
      let at = clock.clockOf(begin) + wait();
      for (; at < clock.clockOf(end); at += wait()) {
        const day = clock.dayOf(at);
        if (day >= earliest) writeVisit(shop, customer, phase, ++serial, day, random, bent);
      }
    }
  }
}

function writeVisit(
  shop: Shop,
  customer: Customer,
  { behaviour }: Phase,
  serial: number,
  day: number,
  random: Random,
  bent: Random,
): void {
  const hour = random.chance(behaviour.evening) ? random.between(18, 23) : random.between(8, 18);
  const at = Math.floor(day) + hour / 24;
  const visit = openVisit(shop, customer, `V${serial}`, at, behaviour.paidVisit, random, bent);
  let product: Product | undefined;
  for (let views = 1 + random.poisson(behaviour.views); views > 0; views--) {
    product = drawLine(shop, customer, behaviour, day, random, bent);
    visit('Product Viewed', product);
  }
  if (random.chance(behaviour.abandoned)) visit('Product Added', product!);
}

function writePurchase(shop: Shop, customer: Customer, order: Order, random: Random, bent: Random): void {
  const { behaviour } = customer.phases.at(order.day < customer.phases.at(-1)!.from ? 0 : -1)!;
  const visit = openVisit(shop, customer, order.id, order.day - 0.01, behaviour.paidVisit, random, bent);
  visit('Product Viewed', order.products[0]!);
  visit('Product Added', order.products[0]!);
  visit('Order Completed', order.products[0]!);
}

/** A function that writes the next event of one visit. */
function openVisit(
  shop: Shop,
  customer: Customer,
  name: string,
  day: number,
  paid: number,
  random: Random,
  bent: Random,
): (type: string, product: Product) => void {
  const session = `${customer.id}-${name}`;
  const usual = random.chance(paid) ? 'paid' : random.pick(['organic', 'organic', 'direct', 'email']);
  const origin = channelOf(shop, 'visits', usual, day, bent);
  let at = day;
  let serial = 0;
  return (type, product) => {
    serial++;
    write(shop, 'events', at, 'site', type, stamp => [
      `${session}-${serial}`,
      customer.id,
      customer.profile,
      stamp,
      type,
      session,
      product.category,
      product.sku,
      origin,
    ]);
    at += 0.0005;
  };
}

/** Writes the newsletters of a Tuesday and what became of them, from a day on. */
export function writeEmails(shop: Shop, customer: Customer, key: number, earliest: number): void {
  const random = stream(shop.seed, key, 6);
  const mail = (type: string, campaign: number, at: number) =>
    write(shop, 'events', at, 'klaviyo', type, stamp => [
      `${customer.id}-${type}-${campaign}`,
      customer.id,
      customer.profile,
      stamp,
      type,
      null,
      null,
      null,
      'newsletter',
    ]);
  const first = customer.phases[0]!.from;
  let day = Math.ceil(first);
  while (weekday(day) !== 1) day++;
  for (; day < shop.end; day += 7) {
    // Six numbers a week, whatever happens, so that no change moves the weeks after it.
    const [sent, hour, opens, waits, clicks, hesitates] = Array.from({ length: 6 }, random.uniform) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (day < earliest || sent >= mailed) continue;
    const { behaviour, stops } = customer.phases.findLast(({ from }) => from <= day) ?? customer.phases[0]!;
    const at = day + 9 / 24 + hour / 48;
    mail('Email Delivered', day, at);
    if (opens >= behaviour.opened * (day < stops ? 1 : afterwards)) continue;
    mail('Email Opened', day, at + 0.02 + 0.8 * waits);
    if (clicks < behaviour.clicked)
      mail('Email Link Clicked', day, at + 0.03 + 0.8 * waits + 0.01 * hesitates);
  }
}
