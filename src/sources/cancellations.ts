import type { FileReader } from '../warehouse/port.ts';

interface Movement {
  r: number;
  customer_id: string;
  sku: string;
  /** Ten-thousandths, so that the arithmetic is exact; negative where it cancels. */
  quantity: number;
  cancels: boolean;
}

/**
 * Matches each cancelled quantity to the latest earlier sales of the same product to the same customer that have
 * something left to return, and leaves `import_matches` (cancellation, sale, quantity; the first two are rowids of
 * `import_cells`).
 */
export async function matchCancellations(reader: FileReader): Promise<void> {
  await reader.execute(
    'CREATE OR REPLACE TEMP TABLE import_matches (cancellation BIGINT, sale BIGINT, quantity DECIMAL(18,4))',
  );
  const movements = await reader.query<Movement>(`
    SELECT rowid AS r, customer_id, sku, CAST(quantity * 10000 AS BIGINT) AS quantity, cancels
    FROM import_cells
    WHERE reason IS NULL AND (customer_id, sku) IN (
      SELECT (customer_id, sku) FROM import_cells WHERE reason IS NULL AND cancels)
    ORDER BY customer_id, sku, invoiced_at, cancels, invoice, quantity, unit_price, product, rowid`);
  const matches = matchLatestFirst(movements);
  for (let i = 0; i < matches.length; i += 1000) {
    const values = matches
      .slice(i, i + 1000)
      .map(match => `(${match.cancellation}, ${match.sale}, ${match.quantity / 10000})`);
    await reader.execute(`INSERT INTO import_matches VALUES ${values.join(', ')}`);
  }
}

interface Match {
  cancellation: number;
  sale: number;
  quantity: number;
}

function matchLatestFirst(movements: readonly Movement[]): Match[] {
  const matches: Match[] = [];
  let open: { r: number; left: number }[] = [];
  let previous: Movement | undefined;
  for (const movement of movements) {
    if (movement.customer_id !== previous?.customer_id || movement.sku !== previous.sku) open = [];
    previous = movement;
    if (!movement.cancels) {
      open.push({ r: movement.r, left: movement.quantity });
      continue;
    }
    let left = -movement.quantity;
    while (left > 0 && open.length > 0) {
      const sale = open.at(-1)!;
      const quantity = Math.min(left, sale.left);
      matches.push({ cancellation: movement.r, sale: sale.r, quantity });
      left -= quantity;
      sale.left -= quantity;
      if (sale.left === 0) open.pop();
    }
  }
  return matches;
}
