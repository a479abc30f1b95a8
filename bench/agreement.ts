import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { adjustedRandIndex } from '../src/clustering/metrics.ts';
import { connect, overConnection } from '../src/warehouse/duckdb.ts';
import { literal } from '../src/warehouse/port.ts';

/**
 * How well exported memberships agree with the planted types of a shop: the adjusted Rand index over all customers
 * of a planted type. One who is missing from the memberships counts as a group of their own kind, not as a match.
 *
 * @returns undefined where the shop has no truth/truth.csv
 */
export async function agreement(shop: string, memberships: string): Promise<number | undefined> {
  const truth = join(shop, 'truth', 'truth.csv');
  if (!existsSync(truth)) return undefined;
  const reader = overConnection(await connect({ file: ':memory:' }));
  try {
    const rows = await reader.query<{ type: string; segment: string }>(`
      SELECT t.type AS type, coalesce(m.segment_key, 'missing') AS segment
      FROM read_csv(${literal(truth)}, header = true, all_varchar = true) t
      LEFT JOIN read_csv(${literal(memberships)}, header = true, all_varchar = true) m
        ON m.customer_id = t.customer_id
      WHERE NOT starts_with(t.type, 'noise_')`);
    return adjustedRandIndex(numbered(rows.map(row => row.type)), numbered(rows.map(row => row.segment)));
  } finally {
    await reader.close();
  }
}

/** Labels as whole numbers from 0, in order of appearance. */
function numbered(labels: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(labels, label => {
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label)!;
  });
}
