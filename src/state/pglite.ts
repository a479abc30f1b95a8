import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { OperatorError } from '../errors.ts';
import type { OpenDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import * as schema from './schema.ts';

const folderName = 'state';
/** The state holds kilobytes; PostgreSQL's usual 128 MB of buffers would only cost memory. */
const settings = ['-c', 'shared_buffers=4MB'];
/** An initialised database that the build left, because making one takes seconds and most of a gigabyte. */
export const builtTemplate = fileURLToPath(new URL('../../dist/state-template', import.meta.url));
/** Stands in the template's empty folders, which a package would lose, and without which PostgreSQL does not start. */
const placeholder = '.keep';

/**
 * Opens the state in `dataDir`/state. Where it is missing it is made, whole or not at all: from the template where
 * there is one, else by PostgreSQL itself.
 */
export async function openPglite(dataDir: string, template = builtTemplate): Promise<OpenDatabase> {
  const folder = join(dataDir, folderName);
  try {
    await mkdir(dataDir, { recursive: true });
    if (!existsSync(folder)) await make(folder, template);
    return await openFolder(folder);
  } catch (error) {
    throw new OperatorError(
      `The state in ${folder} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      'Check that the folder can be written and that its disk has space. If it is damaged, restore it from a backup.',
      { cause: error },
    );
  }
}

/** Made beside its place and moved there at the end: a half-made database could never be opened again. */
async function make(folder: string, template: string): Promise<void> {
  const prefix = `${folderName}.making`;
  for (const name of await readdir(dirname(folder)))
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true });
  const making = join(dirname(folder), `${prefix}-${process.pid}`);
  if (existsSync(template))
    await cp(template, making, { recursive: true, filter: path => basename(path) !== placeholder });
  else await makeDatabase(making);
  await rename(making, folder);
}

/** Makes the template, for the build. */
export async function makeTemplate(target: string): Promise<void> {
  const making = `${target}.making`;
  for (const folder of [target, making]) await rm(folder, { recursive: true, force: true });
  await makeDatabase(making);
  for (const entry of await readdir(making, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory() && (await readdir(path)).length === 0)
      await writeFile(join(path, placeholder), '');
  }
  await rename(making, target);
}

/** Initialises a database with all migrations. */
async function makeDatabase(folder: string): Promise<void> {
  const { close } = await openFolder(folder);
  await close();
}

async function openFolder(folder: string): Promise<OpenDatabase> {
  const client = await PGlite.create(folder, { startParams: [...PGlite.defaultStartParams, ...settings] });
  const db = drizzle(client, { schema });
  await migrate(db, migrations);
  return { db, place: `The state in ${folder}`, close: () => client.close() };
}
