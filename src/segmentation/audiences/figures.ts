import { cents } from '../../features/expressions.ts';
import type { StoredFeatures } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { setAsideKey } from '../refresh/record.ts';
import { type Asked, askedTable } from './asked.ts';
import type { AudienceFigures } from './audience.ts';
import { clauseEffects } from './clauses.ts';
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
    segments: await segmentsOf(tx, asked),
    clauses: await clauseEffects(
      tx,
      parts.map((part, i) => ({ clause: clauses[i]!, says: filterInWords(part, shop) })),
    ),
  };
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
}

async function sumsOf(tx: Warehouse, { shop, known }: Asked): Promise<Sums> {
  const ofMembers = (exact: string) => `coalesce(sum(${exact}) FILTER (WHERE a.member), 0)`;
  const money = (id: string) => (has(shop.features, id) ? ofMembers(cents(`f.${id}`)) : '0');
  // Null is "there is no such score here", which nobody's membership changes.
  const score = (id: string, exact: string) => `CASE WHEN count(s.${id}) > 0 THEN ${ofMembers(exact)} END`;
  const [row] = await tx.query<Sums>(`SELECT count(*) AS buyers,
  count(*) FILTER (WHERE a.member) AS customers,
  ${money('revenue')} AS revenue,
  ${money('revenue_last_year')} AS "revenueLastYear",
  ${score('expected_orders_90', 'CAST(floor(s.expected_orders_90 * 1000000 + 0.5) AS BIGINT)')} AS orders,
  ${score('lifetime_value', cents('s.lifetime_value'))} AS lifetime,
  ${score('value_at_risk', cents('s.value_at_risk'))} AS risk
FROM ${askedTable} AS a JOIN ${shop.features.table} AS f ON f.place = a.place ${known.scores(['expected_orders_90', 'lifetime_value', 'value_at_risk'])}`);
  return row!;
}

const has = ({ features }: StoredFeatures, id: string) => features.some(feature => feature.id === id);

const scaled = (sum: number | null, unit: number) => (sum === null ? null : sum / unit);

/** Where members stand, largest first; those who stand nowhere have come since the segments were last looked at. */
async function segmentsOf(tx: Warehouse, { shop, known }: Asked): Promise<AudienceFigures['segments']> {
  const rows = await tx.query<{
    key: string;
    customers: number;
    of: number;
  }>(`SELECT p.segment_key AS key, count(*) FILTER (WHERE a.member) AS customers, count(*) AS "of"
FROM ${askedTable} AS a ${known.standing}
WHERE p.segment_key IS NOT NULL
GROUP BY p.segment_key HAVING count(*) FILTER (WHERE a.member) > 0
ORDER BY customers DESC, p.segment_key COLLATE "C"`);
  const names = new Map(shop.model.segments.map(({ key, persona }) => [key, persona.name]));
  names.set(setAsideKey, 'Set aside');
  return rows.map(({ key, ...counts }) => ({ key, name: names.get(key) ?? key, ...counts }));
}
