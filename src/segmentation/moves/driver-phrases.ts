import { featureById } from '../../features/catalogue.ts';
import type { Unit } from '../../features/feature.ts';
import type { Driver } from '../refresh/record.ts';
import { fence, formatValue, listed } from '../wording.ts';

/** What somebody did whose value rose, and whose value fell; each follows "they". */
type Phrase = readonly [rose: string, fell: string];

/** By feature id; a feature without a phrase is told by its label. */
const phrases: Readonly<Record<string, Phrase>> = {
  orders_per_month: ['ordered more often', 'ordered less often'],
  days_between_orders: ['left more time between orders', 'left less time between orders'],
  gap_variation: ['ordered at less regular intervals', 'ordered at more regular intervals'],
  order_value: ['spent more an order', 'spent less an order'],
  basket_items: ['bought more at a time', 'bought less at a time'],
  basket_products: ['bought more products at a time', 'bought fewer products at a time'],
  category_entropy: ['bought across more categories', 'kept to fewer categories'],
  top_category_share: ['bought more from one category', 'bought less from one category'],
  repeat_product_share: ['bought the same products more', 'bought the same products less'],
  product_variety: ['bought more different products', 'bought fewer different products'],
  channel_variety: ['ordered through more channels', 'kept to fewer channels'],
  offline_share: ['bought more in the shop', 'bought less in the shop'],
  discounted_order_share: ['used discounts more', 'used discounts less'],
  discount_depth: ['had more taken off', 'had less taken off'],
  coupon_share: ['used coupons more', 'used coupons less'],
  return_rate: ['sent more back', 'sent less back'],
  evening_share: ['ordered more in the evening', 'ordered less in the evening'],
  weekend_share: ['ordered more at the weekend', 'ordered less at the weekend'],
  holiday_share: ['ordered more for the holidays', 'ordered less for the holidays'],
  sessions: ['visited more', 'visited less'],
  session_depth: ['looked at more pages a visit', 'looked at fewer pages a visit'],
  browse_breadth: ['looked around more categories', 'looked around fewer categories'],
  cart_abandonment: ['left more carts behind', 'left fewer carts behind'],
  browse_to_buy: ['ordered on more of their visits', 'ordered on fewer of their visits'],
  days_since_visit: ['had not visited for longer', 'visited again'],
  open_rate: ['opened more e-mails', 'opened fewer e-mails'],
  click_rate: ['clicked more in e-mails', 'clicked less in e-mails'],
  days_since_click: ['had not clicked in an e-mail for longer', 'clicked in e-mails again'],
  tickets_per_order: ['needed more support', 'needed less support'],
  complaint_share: ['complained more', 'complained less'],
  recency: ['had not ordered for longer', 'ordered again'],
  overdue_ratio: ['fell further behind their usual gap', 'came back closer to their usual gap'],
  active_month_share: ['ordered in more of the months', 'ordered in fewer of the months'],
  stays: ['stayed more', 'stayed less'],
  nights_per_stay: ['stayed longer', 'stayed for shorter'],
  price_per_night: ['paid more a night', 'paid less a night'],
  cancellation_share: ['cancelled more', 'cancelled less'],
  usage_days: ['used it on more days', 'used it on fewer days'],
  failed_payments: ['had more payments that failed', 'had fewer payments that failed'],
  meetings: ['met us more', 'met us less'],
};

/** Told beside the strongest only where they made at least this part of the change. */
const WORTH_TELLING = 0.15;
const MOST_TOLD = 2;

/** "they ordered more often (1.2 to 2.9 a month)"; "" where nothing can be told. */
export function reasonOf(drivers: readonly Driver[], currency: string | null): string {
  const told = drivers
    .filter(({ share }, i) => i === 0 || share >= WORTH_TELLING)
    .flatMap(driver => phraseOf(driver, currency) ?? []);
  const parts = [...new Map(told.map(part => [part.words, part])).values()].slice(0, MOST_TOLD);
  const [first, ...others] = parts;
  if (!first) return '';
  const words = (part: Told, again: boolean) => (part.they && !again ? `they ${part.words}` : part.words);
  return listed([words(first, false), ...others.map(part => words(part, first.they))]);
}

interface Told {
  words: string;
  they: boolean;
}

/** null where the change does not show in figures as they are written. */
function phraseOf({ feature, label, before, after }: Driver, currency: string | null): Told | null {
  // Directions of the space of categories have no value that means something by itself.
  if (feature.startsWith('category_mix_')) return { words: 'bought in other categories', they: true };
  const known = featureById(feature);
  const values = changeOf(before, after, known?.unit ?? 'score', currency);
  if (values === null) return null;
  const rose = after > before;
  const phrase = phrases[feature];
  if (phrase) return { words: `${phrase[rose ? 0 : 1]} (${values})`, they: true };
  const name = known ? label : fence(label);
  return { words: `their ${name} ${rose ? 'rose' : 'fell'} (${values})`, they: false };
}

/** "1.2 to 2.9 a month": what follows the figure is written once. */
function changeOf(before: number, after: number, unit: Unit, currency: string | null): string | null {
  const [from, to] = [formatValue(before, unit, currency), formatValue(after, unit, currency)];
  if (from === to || !Number.isFinite(before) || !Number.isFinite(after)) return null;
  const suffix = / (?:%|days|times|a month)$/.exec(to)?.[0] ?? '';
  return `${suffix !== '' && from.endsWith(suffix) ? from.slice(0, -suffix.length) : from} to ${to}`;
}
