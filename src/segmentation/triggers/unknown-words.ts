import type { Warehouse } from '../../warehouse/port.ts';
import { nearestNames } from '../audiences/filter/nearest-names.ts';
import { isOrder } from './signals.ts';
import type { TriggerRule } from './trigger.ts';

const columns = [
  { name: 'type', what: 'event type' },
  { name: 'category', what: 'category' },
  { name: 'sku', what: 'SKU' },
] as const;

/**
 * Names in a rule that no event (or, for orders, no line) has, with those that are most like them. They are no error: the
 * first event of a kind may be on its way.
 */
export async function unknownWords(warehouse: Warehouse, { all }: TriggerRule): Promise<string[]> {
  const warnings: string[] = [];
  for (const { name, what } of columns) {
    const asked = all.filter(
      condition => condition[name] !== undefined && !(name === 'type' && isOrder(condition)),
    );
    if (asked.length === 0) continue;
    const known = await wordsOf(warehouse, name, name !== 'type' && asked.some(isOrder));
    const same = new Set(known.map(word => word.toLowerCase()));
    for (const word of new Set(asked.map(condition => condition[name]!))) {
      if (same.has(word.toLowerCase())) continue;
      const near = nearestNames(word, known);
      const hint = near.length > 0 ? ` Did you mean ${near.map(other => `"${other}"`).join(' or ')}?` : '';
      warnings.push(`No event so far has the ${what} "${word}".${hint}`);
    }
  }
  return warnings;
}

async function wordsOf(warehouse: Warehouse, column: string, lines: boolean): Promise<string[]> {
  const of = (table: string) =>
    `SELECT DISTINCT ${column} AS word FROM ${table} WHERE ${column} <> '' AND profile_id IS NOT NULL`;
  const rows = await warehouse.query<{ word: string }>(
    `${of('events')}${lines ? ` UNION ${of('order_lines')}` : ''} ORDER BY word`,
  );
  return rows.map(({ word }) => word);
}
