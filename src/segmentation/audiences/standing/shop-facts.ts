import type { State } from '../../../state/state.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { inFilterShop } from '../asked.ts';
import { knownTable } from '../filter/known.ts';
import type { FilterShop } from '../filter/shop.ts';

/** What a standing question has to know of the shop before it can be written as a filter. */
export interface ShopFacts {
  /** What a filter may name here, and somebody has. */
  has(field: string): boolean;
  /** Mean over the buyers who have a value, to three decimals; null where nobody has one. */
  usualCartShare: number | null;
  usualPromotionShare: number | null;
  /** What somebody has spent who is just among the fifth who spent most. */
  topFifthRevenue: number | null;
}

/** As of the date on which the segments stand. */
export function readShopFacts(stores: { warehouse: Warehouse; state: State }): Promise<ShopFacts> {
  return inFilterShop(stores, async (tx, shop) => {
    const held = new Set<string>();
    for (const field of shop.fields.values()) if (await shop.isKnown(field)) held.add(field.id);
    const usual = async (field: string) => (held.has(field) ? await meanOf(tx, shop, field) : null);
    return {
      has: field => held.has(field),
      usualCartShare: await usual('cart_abandonment'),
      usualPromotionShare: (await usual('promotion_share')) ?? (await usual('discounted_order_share')),
      topFifthRevenue: held.has('revenue') ? await topFifth(tx, shop, 'revenue') : null,
    };
  });
}

/** Summed in millionths, as sums of fractions depend on the order of rows. */
async function meanOf(tx: Warehouse, shop: FilterShop, field: string): Promise<number | null> {
  const from = shop.fields.get(field)!.kind === 'score' ? knownTable : shop.features.table;
  const [row] = await tx.query<{ total: number | null; known: number }>(
    `SELECT sum(CAST(floor(${field} * 1000000 + 0.5) AS BIGINT)) AS total, count(${field}) AS known FROM ${from}`,
  );
  return row && row.known > 0 ? Math.round((row.total ?? 0) / row.known / 1000) / 1000 : null;
}

async function topFifth(tx: Warehouse, { features }: FilterShop, field: string): Promise<number | null> {
  const [row] = await tx.query<{ least: number | null }>(
    `SELECT percentile_disc(0.8) WITHIN GROUP (ORDER BY ${field}) AS least FROM ${features.table}`,
  );
  return row?.least ?? null;
}
