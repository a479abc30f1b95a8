import type { FileReader } from '../../warehouse/port.ts';

/**
 * Rejects the second and later copies of a row that is the same in every cell and belongs to the same order: where the
 * cells of the order are blank on its further rows, those of two orders can look alike.
 */
export async function rejectExactRepeats(reader: FileReader, order: string): Promise<void> {
  await reader.execute(`
    UPDATE import_cells SET reason = 'repeats an earlier row exactly'
    FROM (SELECT rowid AS r, row_number() OVER (PARTITION BY ${order}, fingerprint ORDER BY rowid) AS copy
          FROM import_cells
          WHERE reason IS NULL AND fingerprint IN (
            SELECT fingerprint FROM import_cells WHERE reason IS NULL GROUP BY ${order}, fingerprint HAVING count(*) > 1)) d
    WHERE d.copy > 1 AND d.r = import_cells.rowid`);
}
