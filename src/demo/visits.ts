import { dateOf, momentOf, timestamp, weekday } from './calendar.ts';
import { type Customer, drawMoment, type Shop } from './customer.ts';
import type { Order } from './orders.ts';
import { categories, type Product } from './products.ts';

/** Shops keep what people look at for about half a year. */
export const daysKept = 200;

type EventType = 'Product Viewed' | 'Product Added' | 'Checkout Started' | 'Order Completed';

/** Writes the visits that led to an order and, among them, those that did not. */
export function writeVisits(shop: Shop, customer: Customer, orders: readonly Order[]): void {
  const { random, end } = shop;
  const { behaviour, created } = customer;
  for (const order of orders)
    if (!order.inStore && order.moment >= momentOf(end - daysKept, 0, 0))
      writePurchase(shop, customer, order);
  const days = Math.min(daysKept, end - created);
  for (let n = random.poisson((behaviour.sessions * days) / 30); n > 0; n--)
    writeVisit(
      shop,
      customer,
      drawMoment(shop, customer, end - days * random.uniform()),
      random.poisson(behaviour.views),
    );
}

/** One visit without an order: 1 + `moreViews` pages, and at times a cart that is left behind. */
export function writeVisit(shop: Shop, customer: Customer, moment: number, moreViews: number): void {
  const { random } = shop;
  const session = openSession(shop, customer, moment);
  let product = customer.favourite;
  for (let view = 0; view <= moreViews; view++) {
    product = drawView(shop, customer);
    session('Product Viewed', product);
  }
  if (!random.chance(customer.behaviour.abandoned)) return;
  session('Product Added', product);
  if (random.chance(0.75)) session('Checkout Started', product);
}

function writePurchase(shop: Shop, customer: Customer, order: Order): void {
  const session = openSession(shop, customer, order.moment - 1200);
  for (let view = shop.random.poisson(0.5 * customer.behaviour.views); view > 0; view--)
    session('Product Viewed', drawView(shop, customer));
  for (const product of order.products) session('Product Viewed', product);
  for (const product of order.products) session('Product Added', product);
  session('Checkout Started', order.products[0]!);
  session('Order Completed', order.products[0]!);
}

/** A function that writes the next event of one visit. */
function openSession({ files, random }: Shop, { accounts, behaviour }: Customer, moment: number) {
  const origin = random.chance(behaviour.paidVisit)
    ? 'paid'
    : random.pick(['organic', 'organic', 'direct', 'email']);
  const first = files.counts.events + 1;
  const account = accounts[0]!;
  let at = moment;
  return (type: EventType, product: Product) => {
    // The session is named after its first event, which needs no counter of its own.
    files.add(
      'events',
      `E${files.counts.events + 1},${account},${timestamp(at)},${type},S${first},${product.category},${product.sku},${origin},`,
    );
    at += 20 + random.below(60);
  };
}

function drawView({ random }: Shop, { homes, behaviour }: Customer): Product {
  const category = random.pick(random.chance(behaviour.stray + 0.12) ? categories : homes);
  return random.pick(category.products);
}

/** Writes the weekly newsletter, what became of it, and the consents. */
export function writeEmails({ files, random, end }: Shop, customer: Customer): void {
  const { behaviour, created, acceptsMarketing } = customer;
  const account = customer.accounts[0]!;
  const consent = (channel: string, state: string, moment: number) =>
    files.add(
      'consents',
      `K${files.counts.consents + 1},${account},${channel},marketing,${state},${timestamp(moment)}`,
    );
  const event = (moment: number, type: string, campaign: string) =>
    files.add(
      'events',
      `E${files.counts.events + 1},${account},${timestamp(moment)},${type},,,,newsletter,${campaign}`,
    );

  const joined = momentOf(created, 9, random.below(3600));
  consent('email', acceptsMarketing ? 'granted' : 'denied', joined);
  if (random.chance(0.2)) consent('sms', 'granted', joined);
  if (!acceptsMarketing) return;

  // Some mail programs open everything by themselves.
  const opens = random.chance(0.1) ? 0.97 : behaviour.opened;
  const leaves = random.chance(behaviour.unsubscribed)
    ? end - random.between(0, daysKept)
    : Number.POSITIVE_INFINITY;
  let day = Math.max(created + 1, end - daysKept);
  day += (8 - weekday(day)) % 7;
  for (; day < end; day += 7) {
    const campaign = `NEWS-${dateOf(day)}`;
    const sent = momentOf(day, 9, random.below(3600));
    event(sent, 'Email Delivered', campaign);
    if (day + 7 > leaves) {
      event(sent + 300, 'Unsubscribed', campaign);
      consent('email', 'withdrawn', sent + 300);
      return;
    }
    if (!random.chance(opens)) continue;
    const opened = sent + 600 + random.below(30_000);
    event(opened, 'Email Opened', campaign);
    if (random.chance((behaviour.clicked * behaviour.opened) / opens))
      event(opened + 5 + random.below(60), 'Email Link Clicked', campaign);
  }
}
