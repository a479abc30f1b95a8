import { timestamp, weekday } from '../../../src/demo/calendar.ts';
import type { Random } from '../../../src/demo/random.ts';
import type { Behaviour } from './behaviours.ts';
import { drawProduct, type Product } from './products.ts';
import { type Customer, type Shop, since, write } from './shop.ts';
import { stream } from './streams.ts';

export interface Order {
  id: string;
  day: number;
  inStore: boolean;
  products: readonly Product[];
}

/** Writes a customer's orders with their lines, returns and tickets, oldest first. */
export function writeOrders(shop: Shop, customer: Customer, key: number): Order[] {
  const random = stream(shop.seed, key, 2);
  const bent = stream(shop.seed, key, 3);
  const orders: Order[] = [];
  for (const { behaviour, from, until, stops } of customer.phases) {
    const gap = () => Math.max(0.8, behaviour.gap * random.gamma(behaviour.gapVariation));
    const { clock } = shop;
    // Whoever changes has been waiting for a while.
    let at =
      from === customer.phases[0]!.from ? from : clock.dayOf(clock.clockOf(from) + gap() * random.uniform());
    do {
      if (at >= until) break;
      const id = `${customer.id}-${orders.length + 1}`;
      orders.push(writeOrder(shop, customer, behaviour, id, at, random, bent));
      at = clock.dayOf(clock.clockOf(at) + gap());
    } while (at < stops);
  }
  return orders;
}

function writeOrder(
  shop: Shop,
  customer: Customer,
  behaviour: Behaviour,
  id: string,
  day: number,
  random: Random,
  bent: Random,
): Order {
  const { changes } = shop;
  const at = momentOf(day, behaviour, random);
  const products: Product[] = [];
  let gross = 0;
  for (let line = 1 + random.poisson(behaviour.moreLines); line > 0; line--) {
    const product = drawLine(shop, customer, behaviour, at, random, bent);
    const quantity = 1 + random.poisson(0.2);
    const factor = since(shop, changes.priceRise, at) ? changes.priceRise!.factor : 1;
    const price = Math.round(product.price * factor);
    gross += quantity * price;
    products.push(product);
    write(shop, 'order_lines', at, 'shop', '', stamp => [
      `${id}-${line}`,
      id,
      customer.profile,
      stamp,
      product.sku,
      product.name,
      product.category,
      quantity,
      price / 100,
    ]);
  }
  const discount = random.chance(behaviour.discounted)
    ? Math.round(gross * Math.min(0.6, random.logNormal(behaviour.depth, 0.25)))
    : 0;
  const refunded = random.chance(behaviour.returned) ? gross - discount : 0;
  const back = at + random.between(3, 15);
  const inStore = random.chance(behaviour.store);
  const usual = inStore ? 'store' : random.chance(behaviour.app) ? 'app' : 'web';
  write(shop, 'orders', at, 'shop', '', stamp => [
    id,
    customer.id,
    customer.profile,
    stamp,
    (gross - discount) / 100,
    'GBP',
    channelOf(shop, 'orders', usual, at, bent),
    discount / 100,
    refunded / 100,
    refunded > 0 ? timestamp(Math.floor(back * 86_400)) : null,
    'paid',
  ]);
  for (let ticket = random.poisson(behaviour.ticketsPerOrder); ticket > 0; ticket--)
    writeTicket(shop, customer, behaviour, `${id}-${ticket}`, at + random.between(0.1, 8), random);
  return { id, day: at, inStore, products };
}

/** The name that a planted channel gives to a share of what would have been called otherwise. */
export function channelOf(
  shop: Shop,
  of: 'orders' | 'customers' | 'visits',
  usual: string,
  day: number,
  bent: Random,
): string {
  const planted = shop.changes.newChannel;
  if (planted?.of !== of || !since(shop, planted, day)) return usual;
  return bent.chance(planted.share) ? planted.name : usual;
}

/** A visitor's eyes and hands: mostly at home, before Christmas often among the presents. */
export function drawLine(
  shop: Shop,
  { homes }: Customer,
  { price }: Behaviour,
  day: number,
  random: Random,
  bent: Random,
): Product {
  const { changes, clock, categories, gifts, newCategory } = shop;
  const home = random.chance(0.12) ? random.pick(categories) : random.pick(homes);
  const usual = drawProduct(home, price, random);
  if (since(shop, changes.newCategory, day) && bent.chance(changes.newCategory!.share))
    return drawProduct(newCategory, price, bent);
  if (clock.isFestive(day) && bent.chance(0.35)) return drawProduct(gifts, price, bent);
  return usual;
}

/** Some orders wait for the weekend. */
function momentOf(day: number, { evening }: Behaviour, random: Random): number {
  let whole = Math.floor(day);
  if (random.chance(0.15)) while (weekday(whole) < 5) whole++;
  return whole + (random.chance(evening) ? random.between(18, 23) : random.between(8, 18)) / 24;
}

function writeTicket(
  shop: Shop,
  customer: Customer,
  behaviour: Behaviour,
  id: string,
  at: number,
  random: Random,
): void {
  const kind = random.chance(behaviour.complaint)
    ? 'complaint'
    : random.pick(['query', 'delivery', 'return']);
  const score = Math.min(5, Math.max(1, Math.round(behaviour.satisfaction + 0.8 * random.normal())));
  const scored = random.chance(0.7);
  write(shop, 'tickets', at, 'desk', kind, stamp => [
    id,
    customer.id,
    customer.profile,
    stamp,
    kind,
    scored ? score : null,
  ]);
}
