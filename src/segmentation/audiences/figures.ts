import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { setAsideKey } from '../refresh/record.ts';
import { type Asked, askedTable } from './asked.ts';
import type { AudienceFigures } from './audience.ts';
import { clauseEffects } from './clauses.ts';
import { type ExactSum, joinKnown } from './filter/known.ts';
import { filterInWords } from './filter/words/words.ts';
import { audienceTraits } from './traits.ts';

/** Counts, sums and traits of those who met the filter. */
export async function audienceFigures(tx: Warehouse, asked: Asked): Promise<AudienceFigures> {
  const { shop, parts, resolved } = asked;
  const { filter } = resolved;
  const clauses = 'all' in filter ? filter.all : [filter];
  const sums = await sumsOf(tx, asked);
  const counts = { members: sums.customers, others: sums.buyers - sums.customers };
  return {
    asOf: shop.asOf,
    currency: shop.model.population.currency,
    customers: sums.customers,
    buyers: sums.buyers,
    share: sums.buyers > 0 ? sums.customers / sums.buyers : 0,
    revenue: sums.revenue / 100,
    revenueLastYear: sums.revenueLastYear / 100,
    expectedOrders90: scaled(sums.orders, 1e6),
    lifetimeValue: scaled(sums.lifetime, 100),
    valueAtRisk: scaled(sums.risk, 100),
    traits: await audienceTraits(tx, asked, counts),
    segments: sums.segments,
    clauses: await clauseEffects(
      tx,
      parts.map((part, i) => ({ clause: clauses[i]!, says: filterInWords(part, shop) })),
    ),
  };
}

/** Of buyers who stand in the same segment, or in none. */
interface Group extends Record<ExactSum, number | null> {
  key: string | null;
  buyers: number;
  customers: number;
  hasLifetime: number;
  hasRisk: number;
  hasOrders: number;
}

interface Sums {
  buyers: number;
  customers: number;
  /** In cents. */
  revenue: number;
  revenueLastYear: number;
  /** In millionths; null where nobody has the score. */
  orders: number | null;
  /** In cents; null where nobody has the score. */
  lifetime: number | null;
  risk: number | null;
  segments: AudienceFigures['segments'];
}

/** One look at everybody, by where they stand. */
async function sumsOf(tx: Warehouse, { shop }: Asked): Promise<Sums> {
  const sum = (name: ExactSum) => `sum(k.${name}) FILTER (WHERE a.member) AS ${name}`;
  const groups = await tx.query<Group>(`SELECT k.segment_key AS key, count(*) AS buyers,
  count(*) FILTER (WHERE a.member) AS customers,
  ${sum('revenue_cents')}, ${sum('last_year_cents')},
  ${sum('lifetime_cents')}, count(k.lifetime_cents) AS "hasLifetime",
  ${sum('risk_cents')}, count(k.risk_cents) AS "hasRisk",
  ${sum('orders_millionths')}, count(k.orders_millionths) AS "hasOrders"
FROM ${askedTable} AS a ${joinKnown}
GROUP BY k.segment_key ORDER BY customers DESC, k.segment_key COLLATE "C"`);
  const all = (name: Exclude<keyof Group, 'key'>) =>
    groups.reduce((total, group) => total + (group[name] ?? 0), 0);
  // Null is "there is no such score here", which nobody's membership changes.
  const score = (name: ExactSum, has: 'hasLifetime' | 'hasRisk' | 'hasOrders') =>
    all(has) > 0 ? all(name) : null;
  return {
    buyers: all('buyers'),
    customers: all('customers'),
    revenue: all('revenue_cents'),
    revenueLastYear: all('last_year_cents'),
    orders: score('orders_millionths', 'hasOrders'),
    lifetime: score('lifetime_cents', 'hasLifetime'),
    risk: score('risk_cents', 'hasRisk'),
    segments: segmentsOf(groups, shop.model),
  };
}

const scaled = (sum: number | null, unit: number) => (sum === null ? null : sum / unit);

/** Where members stand, largest first; those who stand nowhere have come since the segments were last looked at. */
function segmentsOf(groups: readonly Group[], { segments }: Model): AudienceFigures['segments'] {
  const names = new Map(segments.map(({ key, persona }) => [key, persona.name]));
  names.set(setAsideKey, 'Set aside');
  return groups.flatMap(({ key, customers, buyers }) =>
    key === null || customers === 0 ? [] : [{ key, name: names.get(key) ?? key, customers, of: buyers }],
  );
}
