import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptWords } from '../../../../src/segmentation/audiences/filter/vocabulary.ts';
import { openDuckDb } from '../../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';

let warehouses: Warehouse[];
beforeAll(async () => {
  warehouses = [
    await openDuckDb({ file: ':memory:', threads: 1 }),
    await openDuckDb({ file: ':memory:', threads: 1 }),
  ];
});
afterAll(() => Promise.all(warehouses.map(warehouse => warehouse.close())));

test('words are kept as long as the rows of their warehouse and the date are the same', () => {
  const [one, other] = warehouses as [Warehouse, Warehouse];
  const kept = keptWords(one, 'mark', '2026-11-01');
  expect(keptWords(one, 'mark', '2026-11-01')).toBe(kept);
  expect(keptWords(other, 'mark', '2026-11-01')).not.toBe(kept);
  expect(keptWords(one, 'mark', '2026-11-08')).not.toBe(kept);
  expect(keptWords(one, 'after an import', '2026-11-08')).not.toBe(kept);
  // Rows that leave no trace of a change may be others each time.
  const unmarked = keptWords(one, null, '2026-11-08');
  expect(keptWords(one, null, '2026-11-08')).not.toBe(unmarked);
});
