import { setAsideKey } from '../../../../src/segmentation/refresh/record.ts';

export const asOf = '2026-06-01';
/** Dates of records: a fit, refreshes, and a promotion, whose changes of segment are no moves. */
export const dates = {
  fit: '2026-03-02',
  refreshes: ['2026-04-06', '2026-05-04', asOf],
  promotion: '2026-05-11',
} as const;
export const owner = "o'wner";
export const segmentKeys = ['loyal', 'lapsed-but-recoverable', 'new-buyers', setAsideKey] as const;

export interface OrderRow {
  source: string;
  order_id: string;
  profile_id: string | null;
  ordered_at: string;
  total: number | null;
  discount: number | null;
  refunded: number | null;
  refunded_at: string | null;
  channel: string | null;
  coupon_code: string | null;
  status: string | null;
}
export interface LineRow {
  source: string;
  line_id: string;
  order_id: string;
  profile_id: string | null;
  ordered_at: string;
  sku: string | null;
  product: string | null;
  category: string | null;
}
export interface EventRow {
  event_id: string;
  profile_id: string | null;
  occurred_at: string;
  type: string;
  category: string | null;
  sku: string | null;
  campaign_id: string | null;
}
export interface CustomerRow {
  source: string;
  customer_id: string;
  profile_id: string | null;
  created_at: string | null;
  country: string | null;
  acquisition_channel: string | null;
  accepts_marketing: boolean | null;
}
export interface IdentityRow {
  source: string;
  source_id: string;
  profile_id: string;
}
export interface ScoreRow {
  profile_id: string;
  churn_probability: number | null;
  lifetime_value: number | null;
  days_overdue: number | null;
  favourite_category: string | null;
}
export interface PlacementRow {
  profile_id: string;
  segment_key: string;
  confidence: number | null;
}
export interface StayRow {
  profile_id: string;
  segment_key: string;
  valid_from: string;
  valid_to: string | null;
}
export interface Rows {
  customers: CustomerRow[];
  orders: OrderRow[];
  order_lines: LineRow[];
  events: EventRow[];
  identities: IdentityRow[];
  scores: ScoreRow[];
  placements: PlacementRow[];
  memberships: StayRow[];
}

/** What names may be said, some of them as an attacker or a careless file would write them. */
export const spelled = {
  category: ['Outerwear', 'outerwear', "Kids' $1 & toys", 'x"; DROP TABLE orders; --'],
  product: ['Coat', 'Hat', "'; DROP TABLE events; --", 'Größe “XL” 🧥'],
  sku: ['S1', 'S2', 's-3', '$2'],
  channel: ['web', 'Store'],
  coupon: ['SPRING', "5%'off"],
  type: ['Email Link Clicked', 'email link clicked', 'Product Viewed', 'Something "Else"'],
  campaign: ['NEWS-1', 'news 2'],
  country: ['GB', 'gb', "Côte d'Ivoire"],
  acquisition: ['ads', 'friends'],
};

/**
 * A small shop with all kinds of holes in it; the same seed gives the same rows.
 *
 * @param joined whether profiles were joined after the last refresh
 */
export function filterRows(seed: number, joined = true): Rows {
  const customers = 30;
  const random = generator(seed);
  const below = (n: number) => Math.floor(random() * n);
  const chance = (p: number) => random() < p;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const maybe = <T>(value: T, missing = 0.2): T | null => (chance(missing) ? null : value);
  const blank = (value: string) => (chance(0.1) ? '' : maybe(value));
  const moment = () =>
    new Date(Date.UTC(2025, 6, 1) + below(350) * 86_400_000 + (chance(0.3) ? 0 : below(86_400) * 1000))
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
  const rows: Rows = {
    customers: [],
    orders: [],
    order_lines: [],
    events: [],
    identities: [],
    scores: [],
    placements: [],
    memberships: [],
  };
  let serial = 0;
  for (let c = 0; c < customers; c++) {
    const named = `shop/${chance(0.2) ? 'é' : 'C'}${c}`;
    // Some were joined to another profile after the last refresh: either two of one, or one under a new name.
    const renamed = chance(0.15) ? `a-mail/${c}` : chance(0.1) && c > 0 ? `shop/C${below(c)}` : named;
    const profile_id = joined ? renamed : named;
    const someone = chance(0.03) ? null : profile_id;
    rows.identities.push({ source: 'shop', source_id: named.slice(5), profile_id });
    for (let r = below(3); r > 0; r--)
      rows.customers.push({
        source: `s${r}`,
        customer_id: named.slice(5),
        profile_id: someone,
        created_at: maybe(moment()),
        country: blank(pick(spelled.country)),
        acquisition_channel: blank(pick(spelled.acquisition)),
        accepts_marketing: maybe(chance(0.6)),
      });
    for (let o = below(6); o > 0; o--) {
      const order_id = `O${++serial}`;
      const ordered_at = moment();
      rows.orders.push({
        source: 'shop',
        order_id,
        profile_id: someone,
        ordered_at,
        total: maybe(below(20_000) / 100, 0.1),
        discount: maybe(chance(0.5) ? 0 : below(500) / 100),
        refunded: chance(0.3) ? below(9000) / 100 : null,
        refunded_at: maybe(moment(), 0.5),
        channel: blank(pick(spelled.channel)),
        coupon_code: chance(0.5) ? null : blank(pick(spelled.coupon)),
        status: pick(['paid', null, 'Cancelled', 'refunded']),
      });
      for (let l = below(3); l > 0; l--) {
        const product = below(4);
        rows.order_lines.push({
          source: 'shop',
          line_id: `L${++serial}`,
          order_id,
          profile_id: someone,
          ordered_at,
          sku: maybe(spelled.sku[product]!),
          product: maybe(spelled.product[product]!),
          category: blank(pick(spelled.category)),
        });
      }
    }
    for (let e = below(10); e > 0; e--)
      rows.events.push({
        event_id: `E${++serial}`,
        profile_id: someone,
        occurred_at: moment(),
        type: pick(spelled.type),
        category: blank(pick(spelled.category)),
        sku: blank(pick(spelled.sku)),
        campaign_id: blank(pick(spelled.campaign)),
      });
    if (chance(0.85))
      rows.scores.push({
        profile_id: named,
        churn_probability: maybe(below(11) / 10),
        lifetime_value: maybe(below(5000) / 100),
        days_overdue: chance(0.1) ? Number.NaN : maybe(below(100) - 50),
        favourite_category: blank(pick(spelled.category)),
      });
    stay(rows, named, { chance, pick });
  }
  return rows;
}

/** Where a profile stood from date to date. */
function stay(
  rows: Rows,
  profile_id: string,
  { chance, pick }: { chance(p: number): boolean; pick<T>(list: readonly T[]): T },
): void {
  const begun = [dates.fit, ...dates.refreshes, dates.promotion].sort();
  let open = null as StayRow | null;
  for (const date of begun) {
    if (open ? !chance(0.4) : !chance(0.5)) continue;
    const segment_key = pick(segmentKeys);
    if (open?.segment_key === segment_key) continue;
    if (open) open.valid_to = date;
    open = { profile_id, segment_key, valid_from: date, valid_to: null };
    rows.memberships.push(open);
  }
  if (open)
    rows.placements.push({
      profile_id,
      segment_key: open.segment_key,
      confidence: chance(0.2) ? null : Math.floor(pick([30, 60, 90])) / 100,
    });
}

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
