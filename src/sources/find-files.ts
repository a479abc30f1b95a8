import { readdir, stat } from 'node:fs/promises';
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
  if (facts) return [{ path, named: true }];
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

/** Hidden files and folders are the machine's own, not the shop's. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const facts = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
    if (facts?.isDirectory() && !entry.isSymbolicLink()) files.push(...(await filesUnder(path)));
    else if (facts?.isFile()) files.push(path);
  }
  return files;
}
