import type { FeatureTable } from '../features/feature.ts';

/** Net revenue of each row of the table, in the shop's currency; 0 where the data has no order totals. */
export function revenueOf(table: FeatureTable): Float64Array {
  const column = table.features.findIndex(feature => feature.id === 'revenue');
  const values = table.values[column] ?? new Float64Array(table.profileIds.length);
  return values.map(value => (Number.isNaN(value) ? 0 : value));
}
