import { type FileReader, literal } from '../warehouse/port.ts';
import type { TableRows } from './preset.ts';
import type { Reading } from './read-cells.ts';

/**
 * Rejects rows of `import_cells` whose id another row of the file has as well: of equal rows the first is kept, of
 * different ones the last.
 */
export async function rejectRepeatedIds(reader: FileReader, id: string, table: TableRows): Promise<void> {
  const expression = table.columns[id]!;
  const repeated = `SELECT hash(${expression}) AS h FROM import_cells WHERE reason IS NULL GROUP BY h HAVING count(*) > 1`;
  // Hashes take little memory on millions of ids; the few rows that share one are compared by the ids themselves.
  await reader.execute(`CREATE OR REPLACE TEMP TABLE import_repeated AS ${repeated}`);
  const content = `row(${Object.values(table.columns).join(', ')})`;
  await reader.execute(`
    UPDATE import_cells SET reason = d.reason
    FROM (
      SELECT r, CASE WHEN content IS DISTINCT FROM kept THEN ${literal(`same ${id} as a later row, which was kept`)}
                     WHEN copy > 1 THEN 'repeats an earlier row exactly' END AS reason
      FROM (SELECT r, content, kept, row_number() OVER (PARTITION BY id, content ORDER BY r) AS copy
            FROM (SELECT rowid AS r, ${expression} AS id, ${content} AS content,
                    first_value(${content}) OVER (PARTITION BY ${expression} ORDER BY rowid DESC) AS kept
                  FROM import_cells
                  WHERE reason IS NULL AND hash(${expression}) IN (SELECT h FROM import_repeated)))) d
    WHERE d.reason IS NOT NULL AND d.r = import_cells.rowid`);
  await reader.execute('DROP TABLE import_repeated');
}

/** Rejects the given rows (counted from 1), found elsewhere. */
export async function rejectRows(
  reader: FileReader,
  rowNumbers: ArrayLike<number>,
  reason: string,
): Promise<void> {
  await reader.execute('CREATE OR REPLACE TEMP TABLE import_refused (r BIGINT)');
  const chunk = 10_000;
  for (let start = 0; start < rowNumbers.length; start += chunk) {
    const values: string[] = [];
    for (let i = start; i < Math.min(start + chunk, rowNumbers.length); i++)
      values.push(`(${rowNumbers[i]! - 1})`);
    await reader.execute(`INSERT INTO import_refused VALUES ${values.join(', ')}`);
  }
  await reader.execute(
    `UPDATE import_cells SET reason = ${literal(reason)} WHERE rowid IN (SELECT r FROM import_refused)`,
  );
  await reader.execute('DROP TABLE import_refused');
}

/**
 * Makes `import_rejects` (row_number, reason, content). The file is read once more for the content of the rows, so that
 * nothing but their number had to be kept until here.
 */
export async function collectRejects(reader: FileReader, { relation, file }: Reading): Promise<void> {
  await reader.execute(`
    CREATE OR REPLACE TEMP TABLE import_rejects AS
    SELECT position + good_before AS row_number, reason, content FROM import_malformed`);
  const [found] = await reader.query<{ rows: number }>(
    'SELECT count(*) AS rows FROM import_cells WHERE reason IS NOT NULL',
  );
  if (found!.rows > 0)
    await reader.execute(`
      INSERT INTO import_rejects
      SELECT rejected."kindred row" + coalesce(m.position, 0), rejected."kindred reason", rejected.content
      FROM (SELECT "kindred row", "kindred reason", ${relation.content} AS content
            FROM (SELECT *, row_number() OVER () AS "kindred file row" FROM ${relation.from(file)})
            JOIN (SELECT rowid + 1 AS "kindred row", reason AS "kindred reason" FROM import_cells WHERE reason IS NOT NULL)
              ON "kindred file row" = "kindred row") rejected
      ASOF LEFT JOIN import_malformed m ON m.good_before < rejected."kindred row"`);
}

/** The number of rows of `import_rejects` for each reason, most first. */
export async function countRejects(reader: FileReader): Promise<{ reason: string; rows: number }[]> {
  return reader.query(
    'SELECT reason, count(*) AS rows FROM import_rejects GROUP BY reason ORDER BY rows DESC, reason',
  );
}
