import { writeFeatures } from '../../features/compute.ts';
import type { State } from '../../state/state.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import { currentModel } from '../current.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { scores } from '../predictions/scores.ts';
import { settle } from '../refresh/settle.ts';
import { timestamp } from '../refresh/timestamp.ts';

/** What a standing question has to know of the shop before it can be written as a filter. */
export interface ShopFacts {
  /** Features of the shop, and scores that somebody has. */
  has(field: string): boolean;
  /** Mean over the buyers who have a value, to three decimals; null where nobody has one. */
  usualCartShare: number | null;
  usualPromotionShare: number | null;
  /** What somebody has spent who is just among the fifth who spent most. */
  topFifthRevenue: number | null;
}

/** As of the date on which the segments stand. */
export async function readShopFacts({
  warehouse,
  state,
}: {
  warehouse: Warehouse;
  state: State;
}): Promise<ShopFacts> {
  await settle(warehouse, state);
  return warehouse.transaction(async tx => {
    const model = await currentModel(state);
    const { table, features, asOf } = await writeFeatures(tx, model.describedAsOf, {
      sectors: sectorsOf(model),
    });
    const scored = `scores WHERE owner = ${literal(state.owner)} AND as_of = ${timestamp(asOf)}`;
    const [held] = await tx.query<Record<string, number>>(
      `SELECT ${scores.map(({ id }) => `count(${id}) AS ${id}`).join(', ')} FROM ${scored}`,
    );
    const fields = new Set([
      ...features.map(({ id }) => id),
      ...scores.map(({ id }) => id).filter(id => held![id]! > 0),
    ]);
    const promotion = fields.has('promotion_share')
      ? await usual(tx, 'promotion_share', scored)
      : await usualOf(tx, fields, 'discounted_order_share', table);
    return {
      has: field => fields.has(field),
      usualCartShare: await usualOf(tx, fields, 'cart_abandonment', table),
      usualPromotionShare: promotion,
      topFifthRevenue: fields.has('revenue') ? await topFifth(tx, 'revenue', table) : null,
    };
  });
}

async function usualOf(tx: Warehouse, fields: ReadonlySet<string>, field: string, table: string) {
  return fields.has(field) ? usual(tx, field, table) : null;
}

/** Summed in millionths, as sums of fractions depend on the order of rows. */
async function usual(tx: Warehouse, field: string, from: string): Promise<number | null> {
  const [row] = await tx.query<{ total: number | null; known: number }>(
    `SELECT sum(CAST(floor(${field} * 1000000 + 0.5) AS BIGINT)) AS total, count(${field}) AS known FROM ${from}`,
  );
  return row && row.known > 0 ? Math.round((row.total ?? 0) / row.known / 1000) / 1000 : null;
}

async function topFifth(tx: Warehouse, field: string, table: string): Promise<number | null> {
  const [row] = await tx.query<{ least: number | null }>(
    `SELECT percentile_disc(0.8) WITHIN GROUP (ORDER BY ${field}) AS least FROM ${table}`,
  );
  return row?.least ?? null;
}
