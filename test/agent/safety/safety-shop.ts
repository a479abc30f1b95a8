import type { ToolContext } from '../../../src/tools/tool.ts';
import { createTurns } from '../../../src/turns.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { madeContext } from '../../tools/made-context.ts';

export interface SafetyShop {
  shop: LivedShop;
  context: ToolContext;
  /** Whatever says who somebody is, or what somebody alone did. */
  secrets: string[];
}

/** What so few go with that it tells of them: each is given to three customers at most. */
export const rare = {
  coupon: 'FOR-JANE-HOLLOWAY',
  campaign: 'call-back-otto-brandvold',
  kind: 'wedding of the Okonkwos',
  channel: 'stall of Ms Quill',
  category: 'engraved for Ines',
  product: 'Ring “Ines & Tom 2024”',
  sku: 'SKU-ENGRAVED-77123',
  country: 'TUVALU',
} as const;

/**
 * A shop of a few dozen, so that segments and most audiences have fewer than ten: with an address, a number to call and a
 * name of their own for everybody, and names of goods that only a few go with.
 */
export async function safetyShop(plant: (warehouse: Warehouse) => Promise<void> = async () => {}) {
  const shop = await livedShop({ customers: 64, ahead: 3 });
  const { warehouse } = shop.context;
  await giveNames(warehouse);
  await plant(warehouse);
  await shop.refresh(1);
  await shop.refresh(2);
  const turns = createTurns();
  const context = madeContext({ ...shop.context, turn: (name, work) => turns.take(name, work) });
  return { shop, context, secrets: await secretsOf(warehouse) };
}

async function giveNames(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    `UPDATE customers SET email = 'rowan.' || lower(customer_id) || '@letterbox.example',
       phone = '+44 20 7946 0' || (100 + length(customer_id)), external_id = 'loyalty-card-' || customer_id`,
  );
  const few = `profile_id IN ('shop/C3', 'shop/C5', 'shop/C8')`;
  for (const [table, column, value] of [
    ['orders', 'coupon_code', rare.coupon],
    ['orders', 'channel', rare.channel],
    ['order_lines', 'category', rare.category],
    ['order_lines', 'product', rare.product],
    ['order_lines', 'sku', rare.sku],
    ['tickets', 'kind', rare.kind],
    ['customers', 'country', rare.country],
  ] as const)
    await warehouse.execute(`UPDATE ${table} SET ${column} = $1 WHERE ${few}`, [value]);
  await warehouse.execute(`UPDATE events SET campaign_id = $1 WHERE ${few} AND campaign_id IS NOT NULL`, [
    rare.campaign,
  ]);
}

async function secretsOf(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.query<{ id: string | null }>(
    `SELECT profile_id AS id FROM identities UNION SELECT email AS id FROM customers UNION SELECT phone AS id FROM customers
     UNION SELECT external_id AS id FROM customers UNION SELECT order_id AS id FROM orders
     UNION SELECT line_id AS id FROM order_lines UNION SELECT session_id AS id FROM events
     UNION SELECT ticket_id AS id FROM tickets`,
  );
  const ids = rows.flatMap(({ id }) => (id === null ? [] : [id]));
  return [...new Set([...ids, ...Object.values(rare), 'HOLLOWAY', 'brandvold', 'Okonkwo', 'Quill', 'Ines'])];
}
