import { chmod, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { exportFormat } from '../warehouse/duckdb.ts';
import { type FileReader, identifier, literal } from '../warehouse/port.ts';
import type { Needles } from './needles.ts';

/** What became of files that may hold a person. */
export interface ErasedFiles {
  /** Rows that were taken out of lists. */
  rows: number;
  /** Files that name them and are no lists of rows: for a person to look at. */
  named: string[];
}

const lists = new Set(['.csv', '.parquet', '.json', '.jsonl', '.ndjson']);
const hiddenPrefix = '.kindred-erase-';

/**
 * Takes the rows of a person out of lists, which are written anew as a whole or not at all; other files that name them are
 * told.
 *
 * @param paths files, and folders that are gone through
 */
export async function eraseInFiles(
  reader: FileReader,
  paths: readonly string[],
  needles: Needles,
  carryOut = true,
): Promise<ErasedFiles> {
  const files = new Set<string>();
  for (const path of paths) for (const file of await filesIn(path)) files.add(file);
  const result: ErasedFiles = { rows: 0, named: [] };
  for (const file of [...files].sort()) {
    if (lists.has(extname(file).toLowerCase())) {
      const rows = await eraseRowsOf(reader, file, needles, carryOut).catch(() => null);
      if (rows !== null && rows > 0) {
        result.rows += rows;
        continue;
      }
      if (rows !== null && extname(file).toLowerCase() === '.parquet') continue;
    }
    if (await names(file, needles)) result.named.push(file);
  }
  return result;
}

async function filesIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) return [];
  if (found.isFile()) return [path];
  if (!found.isDirectory()) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name));
}

/** @returns how many rows were theirs */
async function eraseRowsOf(
  reader: FileReader,
  file: string,
  { cells }: Needles,
  carryOut: boolean,
): Promise<number> {
  const from = readFrom(file);
  const columns = await reader.query<{ column_name: string }>(`DESCRIBE SELECT * FROM ${from}`);
  const those = [...cells].map(literal).join(', ');
  const theirs = columns
    .map(({ column_name }) => `lower(CAST(${identifier(column_name)} AS VARCHAR)) IN (${those})`)
    .join(' OR ');
  if (theirs === '' || those === '') return 0;
  const [found] = await reader.query<{ rows: number }>(
    `SELECT count(*) AS rows FROM ${from} WHERE ${theirs}`,
  );
  if (found!.rows === 0 || !carryOut) return found!.rows;
  const { mode } = await stat(file);
  const hidden = await mkdtemp(join(dirname(file), hiddenPrefix));
  try {
    const anew = join(hidden, basename(file));
    await reader.execute(
      `COPY (SELECT * FROM ${from} WHERE NOT coalesce(${theirs}, false)) TO ${literal(anew)} (${exportFormat(file)})`,
    );
    await chmod(anew, mode & 0o777);
    await rename(anew, file);
  } finally {
    await rm(hidden, { recursive: true, force: true });
  }
  return found!.rows;
}

function readFrom(file: string): string {
  const path = literal(file);
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return `read_csv(${path}, header = true, all_varchar = true)`;
    case '.parquet':
      return `read_parquet(${path})`;
    default:
      return `read_json_auto(${path})`;
  }
}

async function names(file: string, { words }: Needles): Promise<boolean> {
  const content = await readFile(file).catch(() => null);
  if (!content) return false;
  // As bytes, so that also a file that is no text is looked through.
  const text = content.toString('latin1').toLowerCase();
  return words.some(word => text.includes(Buffer.from(word, 'utf8').toString('latin1')));
}
