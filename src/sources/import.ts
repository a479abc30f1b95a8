import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../errors.ts';
import type { Suppression } from '../governance/suppression.ts';
import type { Progress } from '../progress.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { canonicalTables } from '../warehouse/schema.ts';
import { type FileHead, inspectFile, readHead } from './file-bytes.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import { type MergeReport, mergeReport } from './identities.ts';
import { type FileReport, importFile } from './import-file.ts';
import { mendText, removeMended } from './mend-text.ts';
import { NotData } from './not-data.ts';
import type { Preset } from './preset.ts';
import { presets } from './presets/all.ts';
import { candidates, type Mapping, recognise, unrecognised } from './recognise.ts';
import { type Relation, relationsOf, type StoredText } from './relation.ts';

export type { MergeReport } from './identities.ts';
export type { FileReport } from './import-file.ts';

export interface ImportRequest {
  /** Files, folders and globs. */
  paths: readonly string[];
  /** Forces a format where the headers do not tell. */
  format?: string;
  /** The namespace of the ids; the format's own where absent. */
  source?: string;
  /** ISO time of the import; rows from after it are implausible. */
  importedAt: string;
  /** A folder for copies that live no longer than the import. */
  tempDir: string;
  /** Needed where anybody was erased: nothing is stored without it then. */
  suppression?: Suppression | null;
}

export interface ImportReport {
  files: FileReport[];
  /** Files that lay in a folder and are no data, each with the reason. */
  skipped: { file: string; reason: string }[];
  merges: MergeReport;
}

export interface Format {
  name: string;
  title: string;
  /** The headers it is recognised by. */
  headers: string;
}

/** What --format takes, each once. */
export const formats: readonly Format[] = presets
  .filter((preset, i) => presets.findIndex(other => other.name === preset.name) === i)
  .map(({ name, title, headers }) =>
    name === 'canonical'
      ? {
          name,
          title: "Kindred's own columns, a file per table",
          headers: presets
            .filter(preset => preset.name === name)
            .map(preset => preset.headers)
            .join(' | '),
        }
      : { name, title, headers },
  );

/**
 * Imports files into the warehouse, a transaction each: customers first, then what refers to them.
 * Throws InputError for a file that cannot be read or maps to nothing; files imported before it stay.
 */
export async function importPaths(
  warehouse: Warehouse,
  request: ImportRequest,
  progress: Progress,
): Promise<ImportReport> {
  const tried = candidates(request.format);
  // Profiles are named source/id, so that a slash would make two names of one or one of two.
  if (request.source !== undefined && !/^[^\s/]+$/.test(request.source))
    throw new InputError(
      `"${request.source}" cannot be the name of a source.`,
      'Use a name without spaces and slashes, such as shop or uk-shop.',
    );
  await mkdir(request.tempDir, { recursive: true });
  await removeMended(request.tempDir);
  const found = await findFiles(warehouse.reader, request.paths);
  progress({ stage: 'Looking at the files' });
  const { files, skipped } = await classify(warehouse, found, tried);
  const reports: FileReport[] = [];
  for (const file of files) {
    const stage = `Importing ${basename(file.path)}`;
    progress({ stage });
    const report = await importOne(warehouse, file, request);
    progress({ stage, rows: report.rowsIn });
    reports.push(report);
  }
  return { files: reports, skipped, merges: await mergeReport(warehouse) };
}

interface ClassifiedFile {
  path: string;
  head: FileHead;
  relation: Relation;
  mapping: Mapping;
}

/** All files are recognised before the first is stored, so that a wrong one is told at once. */
async function classify(
  warehouse: Warehouse,
  found: readonly FoundFile[],
  tried: readonly Preset[],
): Promise<{ files: ClassifiedFile[]; skipped: ImportReport['skipped'] }> {
  const files: ClassifiedFile[] = [];
  const skipped: ImportReport['skipped'] = [];
  let firstError: NotData | undefined;
  for (const { path, named } of found) {
    try {
      files.push(await classifyFile(warehouse, path, tried));
    } catch (error) {
      // A file that nobody named may be no data at all; one that is damaged is an error wherever it lies.
      if (named || !(error instanceof NotData)) throw error;
      firstError ??= error;
      skipped.push({ file: path, reason: error.message.slice(path.length).replace(/^(, line 1)?: /, '') });
    }
  }
  if (files.length === 0 && firstError)
    throw new InputError(
      `Of the files found (${found.length}), none is data of a known format. ${firstError.message}`,
      firstError.next,
    );
  const order = Object.keys(canonicalTables);
  const rank = (file: ClassifiedFile) =>
    Math.max(...Object.keys(file.mapping.preset.tables).map(table => order.indexOf(table)));
  return { files: files.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)), skipped };
}

async function classifyFile(
  warehouse: Warehouse,
  path: string,
  tried: readonly Preset[],
): Promise<ClassifiedFile> {
  const head = await readHead(path);
  const relations = await relationsOf(warehouse.reader, path, head);
  for (const relation of relations) {
    const mapping = recognise(relation.names, tried);
    if (mapping) return { path, head, relation, mapping };
  }
  const place = head.kind === 'delimited' ? 'line 1: the columns' : 'the columns';
  throw unrecognised(
    path,
    place,
    relations.map(({ names }) => names),
    tried,
  );
}

async function importOne(
  warehouse: Warehouse,
  { path, head, relation, mapping }: ClassifiedFile,
  request: ImportRequest,
): Promise<FileReport> {
  const { importedAt, tempDir, suppression = null } = request;
  const source = request.source ?? mapping.preset.source;
  const { hash, damage } = await inspectFile(path, head);
  const importId = createHash('sha256')
    .update(JSON.stringify([hash, mapping.preset.name, source]))
    .digest('hex')
    .slice(0, 16);
  const original: StoredText = { path, gzip: head.gzip };
  const read = (file: StoredText) =>
    importFile(warehouse, { path, file, relation, mapping, importedAt, source, importId, suppression });
  const mend = async (lineBreaks: boolean): Promise<StoredText> => ({
    path: await mendText({ ...original, damage, lineBreaks, tempDir }, importId),
    gzip: false,
  });
  try {
    return await read(damage ? await mend(false) : original);
  } catch (error) {
    if (!hasMixedLineBreaks(error)) throw error;
    return await read(await mend(true));
  } finally {
    if (head.kind !== 'parquet') await removeMended(tempDir);
  }
}

/** DuckDB refuses a file in which some lines end in \r\n and some in \n. */
function hasMixedLineBreaks(error: unknown): boolean {
  const cause = error instanceof InputError && error.cause instanceof Error ? error.cause.message : '';
  return /state machine|new_?line/i.test(cause);
}
