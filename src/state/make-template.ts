/**
 * Run by the build, as a process of its own for the sake of memory: leaves an initialised database where
 * pglite.ts looks for it.
 */
import { rename, rm } from 'node:fs/promises';
import { makeDatabase, template } from './pglite.ts';

const making = `${template}.making`;
for (const folder of [template, making]) await rm(folder, { recursive: true, force: true });
await makeDatabase(making);
await rename(making, template);
