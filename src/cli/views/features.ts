import type { Feature } from '../../features/feature.ts';
import { textTable } from './table.ts';

export function featuresView(
  rows: readonly (Feature & { missingBecause: string | null })[],
  width: number,
): string {
  const table = textTable(
    [
      { head: 'Feature' },
      { head: 'Class' },
      { head: 'Unit' },
      { head: 'What it says' },
      { head: 'Here', grows: true },
    ],
    rows.map(row => [
      row.id,
      row.class,
      row.unit,
      row.label + (row.sensitivity === 'none' ? '' : ` (sensitive: ${row.sensitivity})`),
      row.missingBecause ?? (row.clusters ? 'used' : 'describes only'),
    ]),
    width,
  );
  return table;
}
