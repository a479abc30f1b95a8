import { beforeChristmas, dateOf, dayOf, momentOf, saleOn, timestamp } from './calendar.ts';
import { type Customer, daysToSecondAccount, drawMoment, type Shop } from './customer.ts';
import { categories, drawProduct, festive, type Product } from './products.ts';

export interface Order {
  moment: number;
  inStore: boolean;
  products: readonly Product[];
}

export interface OrderStyle {
  /** The quantity of a line, in place of one or two. */
  carton?: boolean;
  /** A present: festive and dearer than usual. */
  gift?: boolean;
}

const codes = ['WELCOME10', 'NEWS15', 'FRIEND', 'FLASH'];
const secondsPerDay = 86_400;

/** Writes a customer's orders, lines, returns and tickets, oldest first. */
export function writeOrders(shop: Shop, customer: Customer, carton = false): Order[] {
  const days = orderDays(shop, customer).map(({ day, gift }) => ({
    moment: drawMoment(shop, customer, day),
    gift,
  }));
  days.sort((a, b) => a.moment - b.moment);
  return days.map(({ moment, gift }, i) => writeOrder(shop, customer, moment, i === 0, { carton, gift }));
}

function orderDays(
  { random, end }: Shop,
  { behaviour, first, last }: Customer,
): { day: number; gift: boolean }[] {
  const days: { day: number; gift: boolean }[] = [];
  let day = first;
  do {
    days.push({ day, gift: false });
    const pace = beforeChristmas(Math.floor(day)) ? behaviour.december : 1;
    const gap =
      behaviour.gapVariation < 0.2
        ? 1 + behaviour.gapVariation * random.normal()
        : random.gamma(behaviour.gapVariation);
    day += Math.max(0.9, (behaviour.gap / pace) * gap);
  } while (day < last);
  for (let year = Number(dateOf(Math.floor(first)).slice(0, 4)); ; year++) {
    const christmas = dayOf(`${year}-12-20`);
    if (christmas - 20 >= end) break;
    for (let gifts = random.poisson(behaviour.gifts); gifts > 0; gifts--) {
      const gift = christmas - random.between(0, 20);
      if (gift > first && gift < last) days.push({ day: gift, gift: true });
    }
  }
  return days;
}

/** Writes one order. The first of a customer is never cancelled: whoever is a buyer has bought. */
export function writeOrder(
  shop: Shop,
  customer: Customer,
  moment: number,
  isFirst: boolean,
  style: OrderStyle,
): Order {
  const { files, random, end } = shop;
  const { behaviour, created, first } = customer;
  const order = `O${files.counts.orders + 1}`;
  const day = Math.floor(moment / secondsPerDay);
  const position = (day - first) / Math.max(1, end - first);
  const count = 1 + random.poisson(behaviour.moreLines);
  const value =
    100 *
    random.logNormal(behaviour.basket, behaviour.basketSpread) *
    Math.exp(behaviour.growth * position) *
    (style.gift ? 1.3 : 1);
  const back = Math.round(moment + random.between(3, 20) * secondsPerDay);
  const canReturn = back < momentOf(end, 0, 0);

  let gross = 0;
  let returnedGross = 0;
  const products: Product[] = [];
  for (let line = 0; line < count; line++) {
    const quantity = style.carton ? 12 * (1 + random.poisson(2)) : 1 + random.poisson(0.25);
    const product = drawLine(
      shop,
      customer,
      (value / count / quantity) * Math.exp(0.15 * random.normal()),
      style,
    );
    const returned = random.chance(behaviour.returned) && canReturn ? 1 + random.below(quantity) : 0;
    gross += quantity * product.price;
    returnedGross += returned * product.price;
    products.push(product);
    files.add(
      'order_lines',
      `L${files.counts.order_lines + 1},${order},${product.sku},${product.name},${product.category},${quantity},${money(product.price)},${returned},${returned > 0 ? timestamp(back) : ''}`,
    );
  }

  const sale = saleOn(day);
  const isDiscounted = random.chance(behaviour.discounted + (sale ? 0.3 * (1 - behaviour.discounted) : 0));
  const discount = isDiscounted
    ? Math.round(gross * Math.min(0.6, Math.max(0.05, random.logNormal(behaviour.depth, 0.3))))
    : 0;
  const total = gross - discount;
  const refunded = Math.round((returnedGross / gross) * total);
  const coupon = isDiscounted && random.chance(behaviour.coupon) ? (sale ?? random.pick(codes)) : '';
  const inStore = random.chance(behaviour.store);
  const channel = inStore ? 'store' : random.chance(behaviour.app) ? 'app' : 'web';
  const status = !isFirst && random.chance(0.01) ? 'cancelled' : statusAfter(refunded, total);
  const account =
    day > created + daysToSecondAccount ? random.pick(customer.accounts) : customer.accounts[0]!;
  files.add(
    'orders',
    `${order},${account},${timestamp(moment)},${channel},GBP,${money(total)},${money(discount)},${money(refunded)},${refunded > 0 ? timestamp(back) : ''},${coupon},${status}`,
  );
  writeTickets(shop, customer, account, moment);
  return { moment, inStore, products };
}

function drawLine(
  { random }: Shop,
  { behaviour, favourite, homes }: Customer,
  pence: number,
  style: OrderStyle,
) {
  if (style.gift) return drawProduct(random.pick(festive), pence, random);
  if (random.chance(behaviour.favourite)) return favourite;
  return drawProduct(random.pick(random.chance(behaviour.stray) ? categories : homes), pence, random);
}

function writeTickets(
  { files, random, end }: Shop,
  { behaviour }: Customer,
  account: string,
  moment: number,
): void {
  for (let n = random.poisson(behaviour.ticketsPerOrder); n > 0; n--) {
    const at = Math.round(moment + random.between(0.1, 10) * secondsPerDay);
    if (at >= momentOf(end, 0, 0)) continue;
    const kind = random.chance(behaviour.complaint)
      ? 'complaint'
      : random.pick(['query', 'query', 'delivery', 'return']);
    const score = Math.min(5, Math.max(1, Math.round(behaviour.satisfaction + 0.8 * random.normal())));
    files.add(
      'tickets',
      `T${files.counts.tickets + 1},${account},${timestamp(at)},${kind},${random.chance(0.7) ? score : ''}`,
    );
  }
}

function statusAfter(refunded: number, total: number): string {
  if (refunded === 0) return 'paid';
  return refunded >= total ? 'refunded' : 'partially_refunded';
}

/** Exact pounds from whole pence. */
const money = (pence: number) => `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
