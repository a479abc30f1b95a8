import { articleOf, type Words as SectorWords } from '../../../overlays/words.ts';
import { fence } from '../../../wording.ts';
import { plainName } from '../nearest-names.ts';
import { either } from '../resolve/errors.ts';
import type { EventsClause, OrdersClause, Period, Range, Words } from '../resolved.ts';
import { rangeInWords, timesInWords } from './range.ts';

/** "placed at least 2 orders in “Outerwear” within 365 days". */
export function ordersInWords(clause: OrdersClause, words: SectorWords, currency: string | null): string {
  const { count, value, category, product, channel, coupon, discounted } = clause;
  const never = isNever(count);
  const times = count && !never ? timesInWords(count, 'count') : null;
  const noun =
    times === null
      ? `${articleOf(words.order)} ${words.order}`
      : `${times} ${words.order}${/\b1$/.test(times) ? '' : 's'}`;
  const of = [
    value ? ` of ${rangeInWords(value, 'money', currency)}` : '',
    category ? ` in ${fenced(category)}` : '',
    product ? ` with ${fenced(product)}` : '',
    channel ? ` through ${fenced(channel)}` : '',
    coupon ? ` with the coupon ${fenced(coupon)}` : '',
    discounted === null ? '' : discounted ? ' at a discount' : ' without a discount',
    clause.period ? periodInWords(clause.period) : '',
  ].join('');
  return `${never ? 'did not place' : 'placed'} ${noun}${of}`;
}

/** What a customer did, and did not do; `of` is what comes before a category or product. */
const happenings: Readonly<Record<string, { did: string; didNot: string; of: string }>> = {
  'product viewed': { did: 'viewed a product', didNot: 'view a product', of: 'in' },
  'product list viewed': { did: 'viewed a list of products', didNot: 'view a list of products', of: 'in' },
  'product clicked': { did: 'clicked on a product', didNot: 'click on a product', of: 'in' },
  'products searched': { did: 'searched for products', didNot: 'search for products', of: 'in' },
  'product added': { did: 'put a product into the cart', didNot: 'put a product into the cart', of: 'in' },
  'product removed': {
    did: 'took a product out of the cart',
    didNot: 'take a product out of the cart',
    of: 'in',
  },
  'cart viewed': { did: 'looked at the cart', didNot: 'look at the cart', of: 'with' },
  'checkout started': { did: 'started a checkout', didNot: 'start a checkout', of: 'with' },
  'order completed': {
    did: 'completed an order on the site',
    didNot: 'complete an order on the site',
    of: 'in',
  },
  'email delivered': { did: 'got an e-mail', didNot: 'get an e-mail', of: 'about' },
  'email opened': { did: 'opened an e-mail', didNot: 'open an e-mail', of: 'about' },
  'email link clicked': { did: 'clicked in an e-mail', didNot: 'click in an e-mail', of: 'about' },
  unsubscribed: { did: 'unsubscribed', didNot: 'unsubscribe', of: 'about' },
  'email unsubscribed': { did: 'unsubscribed', didNot: 'unsubscribe', of: 'about' },
  'email marked as spam': { did: 'marked an e-mail as spam', didNot: 'mark an e-mail as spam', of: 'about' },
  subscribed: { did: 'subscribed', didNot: 'subscribe', of: 'about' },
};

/** "clicked in an e-mail within 30 days"; types that nobody knows are fenced. */
export function eventsInWords(clause: EventsClause): string {
  const { type, count, category, product, campaign, period } = clause;
  const never = isNever(count);
  const known = type.said.map(said => happenings[plainName(said)]);
  const word = known[0]?.of ?? 'in';
  const does = type.said.map((said, i) => {
    const happening = known[i];
    if (happening) return never ? happening.didNot : happening.did;
    return `${never ? 'do' : 'did'} ${fence(said)}`;
  });
  return [
    `${never ? 'did not ' : ''}${either([...new Set(does)])}`,
    category ? ` ${word} ${fenced(category)}` : '',
    product ? ` (${fenced(product)})` : '',
    campaign ? ` of the campaign ${fenced(campaign)}` : '',
    count && !never ? ` ${timesInWords(count, 'times')}` : '',
    period ? periodInWords(period) : '',
  ].join('');
}

/** With a space before it: " within 30 days", " from 2026-01-01 until before 2026-02-01". */
export function periodInWords({ within, since, until }: Period): string {
  if (within !== null) return ` within ${within === 1 ? '1 day' : `${within.toLocaleString('en-GB')} days`}`;
  const parts = [since ? ` since ${since}` : '', until ? ` before ${until}` : ''];
  return parts.join(since && until ? ' and' : '');
}

function isNever(count: Range | null): boolean {
  if (!count || (count.atLeast ?? 0) > 0 || count.above !== undefined) return false;
  return count.atMost === 0 || (count.below !== undefined && count.below <= 1 && count.below > 0);
}

const fenced = ({ said }: Words) => either(said.map(fence));
