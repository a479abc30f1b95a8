import { readdir, realpath, stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { InputError } from '../errors.ts';
import { type FileReader, literal } from '../warehouse/port.ts';

export interface FoundFile {
  path: string;
  /** Whether the asker named it; a file that only lies in a folder may turn out to be no data. */
  named: boolean;
}

/** The files behind paths, folders and globs, each once, in the order of their names within each path. */
export async function findFiles(reader: FileReader, paths: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    for (const file of await expand(reader, path)) {
      const key = normalize(file.path);
      found.set(key, { path: key, named: file.named || found.get(key)?.named === true });
    }
  }
  return [...found.values()];
}

async function expand(reader: FileReader, path: string): Promise<FoundFile[]> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory()) {
    const files = await filesUnder(path);
    if (files.length === 0)
      throw new InputError(`${path}: the folder is empty.`, 'Put data files in it, or name another folder.');
    return files.map(file => ({ path: file, named: false }));
  }
  if (facts?.isFile()) return [{ path, named: true }];
  if (facts)
    throw new InputError(
      `${path}: this is neither a file nor a folder.`,
      'A file is read more than once, so what comes through a pipe must be written to one first.',
    );
  if (/[*?[]/.test(path)) {
    const matches = await reader.query<{ file: string }>(
      `SELECT file FROM glob(${literal(path)}) ORDER BY file`,
    );
    if (matches.length > 0) return matches.map(({ file }) => ({ path: file, named: false }));
    throw new InputError(
      `${path}: no file matches.`,
      'Check the pattern; quote it so that the shell leaves it alone.',
    );
  }
  throw new InputError(`${path}: there is no such file or folder.`, 'Check the path.');
}

/** What Kindred itself keeps in its data folder, in which a shop's files may lie too. */
const ownStores = /^(state|tmp|warehouse\.duckdb.*|kindred\.lock.*)$/;

/**
 * Hidden files and folders are the machine's own, not the shop's. Links are followed, each folder once, so that one
 * that leads back to a folder above it has an end.
 */
async function filesUnder(folder: string, seen = new Set<string>()): Promise<string[]> {
  const place = await realpath(folder);
  if (seen.has(place)) return [];
  seen.add(place);
  const names = await readdir(folder).catch(error => {
    throw new InputError(
      `${folder}: the folder cannot be read (${error instanceof Error ? error.message : error}).`,
      'Check its permissions.',
      { cause: error },
    );
  });
  const holdsStores = names.includes('warehouse.duckdb') || names.includes('kindred.lock');
  const files: string[] = [];
  for (const name of names.sort()) {
    if (name.startsWith('.') || name === 'node_modules' || (holdsStores && ownStores.test(name))) continue;
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isDirectory()) files.push(...(await filesUnder(path, seen)));
    else if (facts?.isFile()) files.push(path);
  }
  return files;
}
